namespace IdfKit.Studies.Variants;

/// <summary>A value cannot be put into a model.</summary>
/// <param name="what">Why, as the end of a sentence.</param>
/// <param name="column">The heading of its column; null: it is about the whole row.</param>
internal sealed class VariantFault(string what, string? column = null) : Exception(what)
{
    public string? Column => column;

    /// <summary>Whether it is about the heading, whatever values stand below it.</summary>
    public bool IsOfHeading { get; init; }
}
