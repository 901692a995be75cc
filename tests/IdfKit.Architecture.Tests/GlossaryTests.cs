using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>One word, one meaning: the glossary of docs/architecture.md, and the names that it retired.</summary>
public sealed class GlossaryTests
{
    private static readonly string[] Words =
    [
        "drop", "run", "job", "claim", "lease", "fence", "commit", "companion", "note", "leftover", "hand-over", "bundle",
        "replay", "host", "study", "part", "segment", "seam",
    ];

    /// <summary>Names of types that stood beside another word for the same thing.</summary>
    private static readonly HashSet<string> Retired = ["RunDirectory", "RunFolder", "StagedRun", "StagedJob", "RunChoices", "RunCall"];

    [Fact]
    public void Every_word_has_one_meaning()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));
        var rows = page[page.IndexOf("## Words", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| **", StringComparison.Ordinal))
            .Select(line => line.Split("**")[1]);
        Assert.Equal(Words, rows);
    }

    [Fact]
    public void Retired_names_do_not_come_back()
    {
        var found = SourceFile.All.Where(file => file.Name.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => file.Tree.GetRoot().DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && Retired.Contains(token.Text))
                .Select(token => $"{file.Name}: {token.Text}"));
        Assert.Equal([], found.Distinct());
    }
}
