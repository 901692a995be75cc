namespace IdfKit.Pages.Tests.Browser;

/// <summary>What is wrong with a page.</summary>
/// <param name="Kind">One of the words that <see cref="Examination"/> and <c>examine.js</c> use, e.g. <c>overflow</c>.</param>
/// <param name="What">What, and where in the page.</param>
public sealed record Fault(string Kind, string What)
{
    public override string ToString() => $"{Kind}: {What}";
}
