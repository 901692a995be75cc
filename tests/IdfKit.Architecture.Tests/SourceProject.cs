using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IdfKit.Architecture.Tests;

/// <summary>
/// A project of src as the compiler understands it: what each name means. Parts that generators add are missing, which
/// leaves those names unknown and all others as they are.
/// </summary>
internal static class SourceProject
{
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly ConcurrentDictionary<string, CSharpCompilation> Compiled = new(StringComparer.Ordinal);

    public static CSharpCompilation Compile(string project) => Compiled.GetOrAdd(project, CompileNow);

    private static CSharpCompilation CompileNow(string project)
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
        var usings = CSharpSyntaxTree.ParseText(ImplicitUsings, new CSharpParseOptions(LanguageVersion.CSharp14));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
        IEnumerable<SyntaxTree> trees = [usings, .. SourceFile.OfProject(project).Select(file => file.Tree)];
        return CSharpCompilation.Create(project, trees, references, options);
    }
}
