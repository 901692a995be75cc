using IdfKit.Engine.Results;

namespace IdfKit.Engine.Preparation;

/// <summary>What ExpandObjects left in its folder; gone when disposed.</summary>
internal sealed class Expansion(ScratchFolder scratch) : IDisposable
{
    /// <summary>Whether there was something to expand.</summary>
    public bool HasExpanded { get; } = File.Exists(scratch["expanded.idf"]);

    /// <summary>The expanded model; the one that was given where there was nothing to expand.</summary>
    public string ModelPath { get; } = File.Exists(scratch["expanded.idf"]) ? scratch["expanded.idf"] : scratch["in.idf"];

    /// <summary>The input of Slab; null when the model needs none.</summary>
    public string? SlabInput { get; } = Existing(scratch["GHTIn.idf"]);

    /// <summary>The input of Basement; null when the model needs none.</summary>
    public string? BasementInput { get; } = Existing(scratch["BasementGHTIn.idf"]);

    /// <summary>What is wrong with the model; null when it is expanded, or there was nothing to expand.</summary>
    public string? Complaint { get; } = File.Exists(scratch["expanded.idf"]) ? Complaints.In(scratch["expanded.idf"], "ExpandObjects")
        : File.Exists(scratch["expandedidf.err"]) ? BoundedLines.Tail(scratch["expandedidf.err"])
        : null;

    public void Dispose() => scratch.Dispose();

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
