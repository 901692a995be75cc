using System.Text.RegularExpressions;

using Microsoft.CodeAnalysis.CSharp.Syntax;
using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>docs/security.md says what is held by which test; a renamed or removed one would leave it a claim.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_that_the_table_names_is_there()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "security.md"));
        var table = page[page.IndexOf("| attack |", StringComparison.Ordinal)..];
        var named = table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n')[2..]
            .SelectMany(row => Name().Matches(row.TrimEnd('|', ' ').Split('|')[^1]).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.InRange(named.Count, 10, 100);

        var declared = SourceFile.All.Where(file => file.Name.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => file.Tree.GetRoot().DescendantNodes())
            .Select(node => node switch
            {
                MethodDeclarationSyntax { AttributeLists.Count: > 0 } method => method.Identifier.Text,
                ClassDeclarationSyntax type => type.Identifier.Text,
                _ => null,
            });
        Assert.Equal([], named.Except(declared));
    }

    [GeneratedRegex("`(\\w+)`", RegexOptions.None, 1_000)]
    private static partial Regex Name();
}
