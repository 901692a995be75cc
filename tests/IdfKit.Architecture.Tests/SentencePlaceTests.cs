using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IdfKit.Architecture.Tests;

/// <summary>
/// What a modeller reads stands in one catalogue per library, <c>XSentences.cs</c> with its parts <c>XSentences.Part.cs</c>, so that it
/// can be read and judged as text.
/// </summary>
public sealed class SentencePlaceTests
{
    /// <summary>Types whose text goes to a modeller as it is.</summary>
    private static readonly HashSet<string> Messages =
        ["Rejection", "ModelRefusal", "ModelSyntaxException", "Notice", "StudyFault", "VariantFault", "ExpressionFault"];

    private static readonly string[] Libraries = ["IdfKit.Engine", "IdfKit.Runs", "IdfKit.Simulation", "IdfKit.Studies", "IdfKit.Drops"];

    public static TheoryData<string> Projects => [.. Libraries];

    [Theory, MemberData(nameof(Projects))]
    public void Sentences_for_modellers_stand_in_the_library_s_one_catalogue(string project)
    {
        var compilation = SourceProject.Compile(project);
        var astray = compilation.SyntaxTrees
            .Where(tree => tree.FilePath.Length > 0 && !IsOfSentences(tree.FilePath))
            .SelectMany(tree => Written(compilation.GetSemanticModel(tree)));
        Assert.Equal([], astray.Select(text => $"{Place(text)}: {text}"));
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_library_has_at_most_one_catalogue_of_sentences(string project)
    {
        var catalogues = SourceFile.OfProject(project).Where(file => IsOfSentences(file.Path)).Select(file => TypeOf(file.Path)).Distinct();
        Assert.InRange(catalogues.Count(), 0, 1);
    }

    private static bool IsOfSentences(string path) => TypeOf(path).EndsWith("Sentences", StringComparison.Ordinal);

    /// <summary>The type that a file is named for: what stands before the first dot.</summary>
    private static string TypeOf(string path) => Path.GetFileName(path).Split('.')[0];

    /// <summary>Texts of at least three words that are given to a message where it is made.</summary>
    private static IEnumerable<SyntaxNode> Written(SemanticModel model) => model.SyntaxTree.GetRoot().DescendantNodes()
        .OfType<BaseObjectCreationExpressionSyntax>()
        .Where(made => model.GetTypeInfo(made).Type is { } type && Messages.Contains(type.Name))
        .SelectMany(made => made.DescendantNodes())
        .Where(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax)
        .Where(text => text.ToString().Split(' ').Length >= 3);

    private static string Place(SyntaxNode node)
    {
        var place = node.GetLocation().GetLineSpan();
        return $"{Path.GetRelativePath(TestBed.Repository.Root, place.Path)}:{place.StartLinePosition.Line + 1}";
    }
}
