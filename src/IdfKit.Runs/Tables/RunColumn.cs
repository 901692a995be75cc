namespace IdfKit.Runs;

/// <summary>A column of a <see cref="RunTable"/>.</summary>
/// <param name="Name">In snake case: letters, digits and <c>_</c>.</param>
/// <param name="Kind">What its values are.</param>
public sealed record RunColumn(string Name, RunColumnKind Kind);

/// <summary>What the values of a column are.</summary>
public enum RunColumnKind
{
    /// <summary>Text: <see cref="string"/>.</summary>
    Text,

    /// <summary>Whole numbers: <see cref="long"/>.</summary>
    Whole,

    /// <summary>Numbers: <see cref="double"/>, as the record has them.</summary>
    Number,

    /// <summary>True or false: <see cref="bool"/>.</summary>
    Flag,

    /// <summary>Moments, UTC: <see cref="DateTimeOffset"/>.</summary>
    Time,
}
