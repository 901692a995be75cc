using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TestBed;

namespace IdfKit.Architecture.Tests.Rooms;

/// <summary>
/// Which room of an assembly uses which. A room is a folder directly below the project; each file beside the project is
/// a room of its own. What a name means is asked of the compiler, so that constants and inferred types count too.
/// </summary>
internal sealed class RoomMap
{
    private readonly Dictionary<(string From, string To), SortedSet<string>> _edges = [];
    private readonly string _folder;

    private RoomMap(string project) => _folder = Repository.PathOf("src", project);

    /// <summary>From room to room, with every use: "JobRun.cs uses Simulator".</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Edges => _edges;

    public static RoomMap Of(string project)
    {
        var map = new RoomMap(project);
        var compilation = SourceProject.Compile(project);
        foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)) map.Add(compilation.GetSemanticModel(tree));
        return map;
    }

    private void Add(SemanticModel model)
    {
        var from = RoomOf(model.SyntaxTree.FilePath);
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes().Where(CanUse))
        {
            foreach (var (used, place) in TypesOf(model, node).SelectMany(Places))
            {
                var to = RoomOf(place);
                if (to == from) continue;
                if (!_edges.TryGetValue((from, to), out var uses)) _edges[(from, to)] = uses = new(StringComparer.Ordinal);
                uses.Add($"{Path.GetFileName(model.SyntaxTree.FilePath)} uses {used}");
            }
        }
    }

    private static bool CanUse(SyntaxNode node) => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax;

    private static IEnumerable<INamedTypeSymbol> TypesOf(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);
        var symbols = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        foreach (var found in symbols)
            if ((found as INamedTypeSymbol ?? found.ContainingType) is { } type) yield return type;
        if (node is SimpleNameSyntax { Identifier.Text: "var" } && model.GetTypeInfo(node).Type is INamedTypeSymbol inferred)
            yield return inferred;
    }

    /// <summary>The type's files in this project; a type of another assembly has none.</summary>
    private IEnumerable<(string Type, string Path)> Places(INamedTypeSymbol type)
    {
        var outermost = type.OriginalDefinition;
        while (outermost.ContainingType is { } outer) outermost = outer;
        var paths = outermost.Locations.Where(location => location.IsInSource).Select(location => location.SourceTree!.FilePath).ToList();
        var rooms = paths.Where(path => path.StartsWith(_folder, StringComparison.Ordinal)).DistinctBy(RoomOf).ToList();
        // A type in parts (X.cs, X.Reading.cs beside the project) lives where its shortest file name is.
        var home = rooms.All(path => Path.GetDirectoryName(path) == _folder) ? rooms.OrderBy(path => path.Length).Take(1) : rooms;
        return home.Select(path => (outermost.Name, path));
    }

    private string RoomOf(string path)
    {
        var relative = Path.GetRelativePath(_folder, path).Replace('\\', '/');
        var slash = relative.IndexOf('/', StringComparison.Ordinal);
        // The parts of a type beside the project (Simulator.Batch.cs) are one room.
        return slash < 0 ? relative[..relative.IndexOf('.', StringComparison.Ordinal)] + ".cs" : relative[..slash] + "/";
    }
}
