using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Simulation.Tests.Samples;

/// <summary>The samples of docs/simulation.md are cut from compiled code; this fails when they drift apart.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task Samples_of_the_page_are_the_compiled_ones()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "simulation.md"), TestContext.Current.CancellationToken);
        var compiled = new Dictionary<string, string>();
        foreach (var path in Directory.GetFiles(Repository.PathOf("tests", "IdfKit.Simulation.Tests", "Samples"), "*.cs"))
            foreach (Match cut in Cut().Matches(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)))
                compiled.Add(cut.Groups["name"].Value, cut.Groups["code"].Value.Replace("\n" + cut.Groups["indent"].Value, "\n", StringComparison.Ordinal)[cut.Groups["indent"].Length..]);

        var shown = Shown().Matches(page).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["code"].Value);
        Assert.Equal(page.Split("```csharp").Length - 1, shown.Count);
        Assert.Equal(compiled.Keys.Order(), shown.Keys.Order());
        Assert.All(shown, sample => Assert.Equal(compiled[sample.Key], sample.Value));
    }

    [GeneratedRegex(@"^(?<indent> +)// <(?<name>\w+)>\n(?<code>.*?)^ +// </\k<name>>\n", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex Cut();

    [GeneratedRegex(@"<!-- sample: (?<name>\w+) -->\n```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex Shown();
}
