namespace IdfKit.Architecture.Tests.Rooms;

/// <summary>Sets of rooms that reach each other.</summary>
internal static class Cycles
{
    public static IReadOnlyList<IReadOnlyList<string>> In(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        var rooms = next.Select(group => group.Key).ToList();
        var reached = rooms.ToDictionary(room => room, room => ReachedFrom(room, next));
        return [.. rooms
            .Where(room => reached[room].Contains(room))
            .GroupBy(room => string.Join('|', reached[room].Where(other => reached.GetValueOrDefault(other)?.Contains(room) == true)))
            .Select(group => group.Order(StringComparer.Ordinal).ToList())];
    }

    private static SortedSet<string> ReachedFrom(string room, ILookup<string, string> next)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(next[room]);
        while (open.TryPop(out var here))
            if (reached.Add(here)) foreach (var there in next[here]) open.Push(there);
        return reached;
    }
}
