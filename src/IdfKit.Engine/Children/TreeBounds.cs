namespace IdfKit.Engine.Children;

/// <summary>What a child and all that it starts may use together. Watched on Linux; without effect elsewhere.</summary>
/// <param name="Processes">How many may live at once.</param>
/// <param name="MemoryBytes">How much they may hold; null: no bound.</param>
internal sealed record TreeBounds(int Processes, long? MemoryBytes)
{
    /// <summary>EnergyPlus starts a shell that starts one helper; code in an unsafe model may want a few more.</summary>
    public const int UsualProcesses = 64;

    public static TreeBounds Usual { get; } = new(UsualProcesses, MemoryBytes: null);
}
