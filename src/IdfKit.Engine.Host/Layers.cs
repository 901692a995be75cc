namespace IdfKit.Engine.Host;

/// <summary>
/// What confines EnergyPlus. What cannot be entered stops the program, but for Landlock where the kernel has none and
/// nobody requires it.
/// </summary>
[Flags]
internal enum Layers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="SystemCallFilter"/>.</summary>
    Filter = 1,

    /// <summary><see cref="Host.Landlock"/>.</summary>
    Landlock = 2,
}
