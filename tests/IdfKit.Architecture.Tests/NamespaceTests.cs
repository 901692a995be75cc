using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>Who reads a name sees the folder. A public type may stand in the assembly's root, so that one using serves a caller.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Projects => Rooms.RoomTests.Projects;

    [Theory, MemberData(nameof(Projects))]
    public void Namespace_is_the_folder(string project)
    {
        var wrong = SourceFile.OfProject(project)
            .SelectMany(file => Types(file).Select(type => (file, type)))
            .Where(found => !IsInPlace(project, found.file, found.type))
            .Select(found => $"{found.file.Name}: {found.type.Identifier.Text} is in {NamespaceOf(found.type)}");
        Assert.Equal([], wrong);
    }

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>();

    private static bool IsInPlace(string project, SourceFile file, BaseTypeDeclarationSyntax type)
    {
        var folder = Path.GetRelativePath(Repository.PathOf("src", project), Path.GetDirectoryName(file.Path)!)
            .Replace('\\', '.')
            .Replace('/', '.');
        var place = folder == "." ? project : $"{project}.{folder}";
        var name = NamespaceOf(type);
        return name == place || (type.Modifiers.Any(SyntaxKind.PublicKeyword) && name == project);
    }

    private static string NamespaceOf(SyntaxNode type) =>
        type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "(none)";
}
