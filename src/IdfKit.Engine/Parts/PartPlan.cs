namespace IdfKit.Engine.Parts;

/// <summary>A part of a model's simulation: the model's text as this process gets it, and what it is called.</summary>
/// <param name="Name">The run period.</param>
/// <param name="Text">The whole model, with this part's run period alone.</param>
internal sealed record RunPart(string Name, ReadOnlyMemory<byte> Text);

/// <summary>The parts of a model in the order in which their results are joined; or why it has none.</summary>
internal sealed record PartPlan
{
    /// <summary>At least two; empty: the model is run whole.</summary>
    public IReadOnlyList<RunPart> Parts { get; private init; } = [];

    /// <summary>Why there are none, as the rest of a sentence; null where there are parts, and where nobody would expect any.</summary>
    public string? WhyNot { get; private init; }

    /// <summary>How many of them may run at once.</summary>
    public int AtOnce { get; private init; }

    /// <summary>The model is run whole, and that is nothing to tell.</summary>
    public static PartPlan Whole { get; } = new();

    public static PartPlan Of(IReadOnlyList<RunPart> parts, int atOnce) => new() { Parts = parts, AtOnce = Math.Min(atOnce, parts.Count) };

    public static PartPlan Refused(string why) => new() { WhyNot = why };
}
