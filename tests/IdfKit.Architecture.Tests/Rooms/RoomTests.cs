using System.Globalization;
using System.Text;

namespace IdfKit.Architecture.Tests.Rooms;

/// <summary>Folders are rooms, and rooms form no cycle, as assemblies form none.</summary>
public sealed class RoomTests
{
    private const int Examples = 12;

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(TestBed.Repository.PathOf("src"))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Projects))]
    public void Rooms_of_an_assembly_form_no_cycle(string project)
    {
        var edges = RoomMap.Of(project).Edges;
        // Files beside the project may use each other both ways; with a folder in it, it is a cycle.
        var cycles = Cycles.In(edges.Keys).Where(cycle => cycle.Any(room => room.EndsWith('/')));
        Assert.True(!cycles.Any(), string.Concat(cycles.Select(cycle => Told(project, cycle, edges))));
    }

    [Fact]
    public void Cycle_is_found()
    {
        var cycles = Cycles.In([("A", "B"), ("B", "C"), ("C", "B"), ("C", "D"), ("E", "A")]);
        Assert.Equal([["B", "C"]], cycles);
    }

    [Fact]
    public void Uses_between_rooms_are_seen() =>
        Assert.Contains(("Running/", "Children/"), RoomMap.Of("IdfKit.Engine").Edges.Keys);

    private static string Told(
        string project, IReadOnlyList<string> cycle, IReadOnlyDictionary<(string From, string To), SortedSet<string>> edges)
    {
        var text = new StringBuilder($"{project}: {string.Join(", ", cycle)} use each other:\n");
        var within = edges.Where(edge => cycle.Contains(edge.Key.From) && cycle.Contains(edge.Key.To));
        foreach (var (edge, uses) in within.OrderBy(edge => edge.Value.Count))
        {
            var more = uses.Count > Examples ? $" and {uses.Count - Examples} more" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {edge.From} -> {edge.To}: {string.Join(", ", uses.Take(Examples))}{more}\n");
        }
        return text.ToString();
    }
}
