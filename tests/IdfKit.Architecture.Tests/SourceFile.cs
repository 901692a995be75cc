using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>A file of C# of this repository, parsed.</summary>
internal sealed class SourceFile
{
    private static readonly string[] Places = ["src", "tests", "bench", "eng", "examples"];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private SourceFile(string path) => (Path, Text) = (path, File.ReadAllText(path));

    public string Path { get; }

    public string Text { get; }

    /// <summary>From the root of the repository, with slashes.</summary>
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    public SyntaxTree Tree => field ??= CSharpSyntaxTree.ParseText(Text, Options, Path);

    public static IEnumerable<SourceFile> All => Places.SelectMany(place => Of(Repository.PathOf(place)));

    public static IEnumerable<SourceFile> OfProject(string project) => Of(Repository.PathOf("src", project));

    private static IEnumerable<SourceFile> Of(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return Directory.EnumerateFiles(folder, "*.cs", options)
            .Where(path => !IsMade(System.IO.Path.GetRelativePath(folder, path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path));
    }

    private static bool IsMade(string path) => path.Split('/', '\\').Any(folder => folder is "bin" or "obj");
}
