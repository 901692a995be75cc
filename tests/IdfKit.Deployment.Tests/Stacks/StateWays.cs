using System.Text.Json.Nodes;

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>The ways through a state machine: every state is reached, every name that is named is there, and every way ends.</summary>
internal static class StateWays
{
    public static void Check(JsonObject machine)
    {
        var states = machine["States"]!.AsObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([machine["StartAt"]!.GetValue<string>()]);
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name)) continue;
            Assert.True(states.ContainsKey(name), $"there is no state {name}");
            var state = states[name]!.AsObject();
            var next = NextOf(state).ToList();
            var ends = state.ContainsKey("End") || state["Type"]!.GetValue<string>() is "Fail" or "Succeed";
            Assert.True(next.Count > 0 || ends, $"{name} leads nowhere");
            next.ForEach(open.Push);
        }
        Assert.Equal(states.Select(state => state.Key).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NextOf(JsonObject state)
    {
        foreach (var way in new[] { state["Next"], state["Default"] })
            if (way is not null) yield return way.GetValue<string>();
        foreach (var ways in new[] { state["Choices"], state["Catch"] })
            foreach (var way in ways?.AsArray() ?? []) yield return way!["Next"]!.GetValue<string>();
    }
}
