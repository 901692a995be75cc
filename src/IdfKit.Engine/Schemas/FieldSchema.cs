namespace IdfKit.Engine.Schemas;

/// <summary>What EnergyPlus's schema says about one field of a class.</summary>
/// <param name="Key">Its name in epJSON.</param>
/// <param name="Label">Its name in IDF files, without the number of a group.</param>
internal sealed record FieldSchema(string Key, string Label)
{
    /// <summary>Of a field of a group: its label in the first group, with the number; null where it is not known.</summary>
    public string? NumberedLabel { get; init; }

    /// <summary>Whether an object must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether a number is one of its values.</summary>
    public bool TakesNumbers { get; init; }

    /// <summary>Whether its numbers are whole ones.</summary>
    public bool IsInteger { get; init; }

    /// <summary>Whether any text is one of its values.</summary>
    public bool TakesText { get; init; }

    /// <summary>The only texts that it takes; empty: it takes any, or none.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The only numbers that it takes; empty: it takes any, or none.</summary>
    public IReadOnlyList<double> Numbers { get; init; } = [];

    /// <summary>The least number; null: there is none.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; null: there is none.</summary>
    public double? Maximum { get; init; }

    public bool IsMinimumExcluded { get; init; }

    public bool IsMaximumExcluded { get; init; }

    /// <summary>Whether a number lies where the schema wants it.</summary>
    public bool IsInRange(double number) =>
        !(number < Minimum) && !(number > Maximum) && (Numbers.Count == 0 || Numbers.Contains(number))
        && !(IsMinimumExcluded && number == Minimum) && !(IsMaximumExcluded && number == Maximum);
}
