namespace IdfKit.Engine.Host;

/// <summary>
/// What confines EnergyPlus. The caller knows what the kernel has: a layer that it asks for is entered, or nothing is run.
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
