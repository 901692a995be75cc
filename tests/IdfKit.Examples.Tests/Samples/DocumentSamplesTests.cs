using TestBed;

namespace IdfKit.Examples.Tests;

/// <summary>
/// Every C# sample in the README and the docs stands, line for line, in the code of a test; so it compiles; most are
/// run.
/// </summary>
public sealed class DocumentSamplesTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetDirectories(Repository.PathOf("src"))
                .Select(project => Path.Combine(project, "README.md"))
                .Where(File.Exists))
            .Append(Repository.PathOf("README.md"))
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Order()];

    private static readonly Lazy<string[]> TestCode = new(() =>
        [.. Directory.GetFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => file.EndsWith("Samples.cs", StringComparison.Ordinal)
                || Path.GetFileName(Path.GetDirectoryName(file)) == "Samples").Select(file => Normal(File.ReadAllLines(file)))]);

    [Theory, MemberData(nameof(Pages))]
    public void Samples_are_cut_from_tests(string page)
    {
        foreach (var sample in Samples(File.ReadAllLines(Repository.PathOf(page))))
            Assert.True(TestCode.Value.Any(code => code.Contains(sample, StringComparison.Ordinal)),
                $"{page} has a sample that stands in no file named *Samples.cs and in no folder Samples:\n{sample}");
    }

    [Fact]
    public void A_sample_that_no_test_has_is_noticed() =>
        Assert.DoesNotContain(TestCode.Value,
            code => code.Contains(Assert.Single(Samples(["```csharp", "nobody.Runs(this);", "```"])), StringComparison.Ordinal));

    private static IEnumerable<string> Samples(string[] page)
    {
        for (var at = 0; at < page.Length; at++)
        {
            if (page[at] != "```csharp") continue;
            var end = Array.IndexOf(page, "```", at);
            yield return Normal(page[(at + 1)..end]);
            at = end;
        }
    }

    // Indentation and empty lines may differ.
    private static string Normal(IEnumerable<string> lines) =>
        "\n" + string.Concat(lines.Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line + "\n"));
}
