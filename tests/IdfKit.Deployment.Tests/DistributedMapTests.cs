using System.Text.Json;
using TestBed;

using IdfKit.Runs;

namespace IdfKit.Deployment.Tests;

/// <summary>The sweep of examples/distributed-map: its template and its state machine.</summary>
public sealed class DistributedMapTests
{
    [Fact]
    public async Task Template_and_state_machine_are_clean_under_cfn_lint()
    {
        await Tool.RequireAsync(Needs.CfnLint, "cfn-lint", "--version");
        var result = await Tool.RunAsync("cfn-lint", Repository.Root, "--include-checks", "I", "--", SweepTemplate.Path);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Template_names_no_partition_of_its_own() =>
        Assert.DoesNotContain("arn:aws", File.ReadAllText(SweepTemplate.Path), StringComparison.Ordinal);

    [Fact]
    public async Task Every_state_is_reached_and_every_way_ends()
    {
        var machine = await MachineAsync();
        CheckStates(machine);
        CheckStates(machine.GetProperty("States").GetProperty("EveryModel").GetProperty("ItemProcessor"));
    }

    [Fact]
    public async Task Each_model_is_a_direct_call_that_is_retried_and_judged_by_its_record()
    {
        var map = (await MachineAsync()).GetProperty("States").GetProperty("EveryModel");
        Assert.Equal("DISTRIBUTED", map.GetProperty("ItemProcessor").GetProperty("ProcessorConfig").GetProperty("Mode").GetString());
        Assert.InRange(map.GetProperty("MaxConcurrency").GetInt32(), 1, 1000);
        Assert.InRange(map.GetProperty("ToleratedFailurePercentage").GetInt32(), 1, 50);
        Assert.True(map.TryGetProperty("ResultWriter", out _) && map.TryGetProperty("ItemReader", out _));

        var states = map.GetProperty("ItemProcessor").GetProperty("States");
        var call = states.GetProperty("RunModel");
        Assert.Equal("""{"input.$": "$.input"}""", call.GetProperty("Parameters").GetProperty("Payload").GetRawText());
        Assert.True(call.GetProperty("TimeoutSeconds").GetInt32() > 900, "the function's own longest time");
        var retried = call.GetProperty("Retry")
            .EnumerateArray()
            .SelectMany(retry => retry.GetProperty("ErrorEquals").EnumerateArray())
            .Select(error => error.GetString());
        foreach (var error in new[] { "Lambda.TooManyRequestsException", "Lambda.ServiceException", "States.TaskFailed" })
            Assert.Contains(error, retried);

        // The record as the function would answer with it.
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            var record = RunRecordFile.ToJson(new RunRecord
            {
                RunId = "run", Status = status, Message = "why", Input = new("bucket", "inputs/a.idf"),
                StartedAt = DateTimeOffset.UnixEpoch
            });
            using var answer = JsonDocument.Parse(record);
            Assert.Equal("run", answer.RootElement.GetProperty("run_id").GetString());
            Assert.Equal("why", answer.RootElement.GetProperty("message").GetString());
            var expected = status switch
            {
                RunStatus.Completed => "Completed", RunStatus.Running => "WaitForTheOther", _ => "NotCompleted"
            };
            Assert.Equal(expected, Choose(states.GetProperty("HowDidItEnd"), answer.RootElement.GetProperty("status").GetString()));
        }
        Assert.Equal("NoModel", Choose(states.GetProperty("HowDidItEnd"), status: null));
    }

    private static string? Choose(JsonElement choice, string? status)
    {
        foreach (var rule in choice.GetProperty("Choices").EnumerateArray())
        {
            var holds = rule.TryGetProperty("Not", out _) ? status is null : rule.GetProperty("StringEquals").GetString() == status;
            if (holds) return rule.GetProperty("Next").GetString();
        }
        return choice.GetProperty("Default").GetString();
    }

    private static void CheckStates(JsonElement machine)
    {
        var states = machine.GetProperty("States").EnumerateObject().ToDictionary(
            state => state.Name, state => state.Value, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([machine.GetProperty("StartAt").GetString()!]);
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name)) continue;
            Assert.True(states.TryGetValue(name, out var state), $"there is no state {name}");
            var next = NextOf(state).ToList();
            Assert.True(
                next.Count > 0 || state.TryGetProperty("End", out _) || state.GetProperty("Type").GetString() is "Fail" or "Succeed",
                $"{name} leads nowhere");
            next.ForEach(open.Push);
        }
        Assert.Equal(states.Keys.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NextOf(JsonElement state)
    {
        if (state.TryGetProperty("Next", out var next)) yield return next.GetString()!;
        if (state.TryGetProperty("Default", out var other)) yield return other.GetString()!;
        if (state.TryGetProperty("Choices", out var choices))
            foreach (var choice in choices.EnumerateArray()) yield return choice.GetProperty("Next").GetString()!;
    }

    private static async Task<JsonElement> MachineAsync() => (await SweepTemplate.MachineAsync()).GetProperty("Definition");
}
