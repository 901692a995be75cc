using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Tables;

/// <summary>Runs that failed for one cause are told as one.</summary>
public sealed class RunFailureTests
{
    [Fact]
    public async Task Messages_that_differ_in_names_and_numbers_are_one_cause_the_most_frequent_first()
    {
        var files = new MemoryFileSystem().AsAsync();
        await PutAsync(files, "ok", RunStatus.Completed, null, null);
        await PutAsync(files, "under way", RunStatus.Running, null, null);
        await PutAsync(files, "slow", RunStatus.TimedOut, "timeout", "stopped after 12 s.");
        foreach (var name in (string[])["a", "b", "büro 1", "d"])
        {
            var message = $"no s3://m/inputs/{name}.epw, for '{name}.idf' (line {name.Length}).";
            await PutAsync(files, name, RunStatus.Rejected, "no_weather", message);
        }
        var table = await RunTable.CollectAsync("", files);
        Assert.Equal([("no_weather", 4), ("timeout", 1)], table.Failures.Select(failure => (failure.Reason, failure.Count)));
        Assert.Equal(["a", "b", "büro 1"], table.Failures[0].Examples);
        Assert.Equal("no s3://m/inputs/a.epw, for 'a.idf' (line 1).", table.Failures[0].Sentence);
    }

    [Theory]
    [InlineData("Zone=ROOM 1 has no floor. Correct this.", "Zone=ROOM 1 has negative volume. Correct this.", 2)]
    [InlineData("Zone=ROOM 1 has no floor. Correct this.", "Zone=ATTIC has no floor. Correct this.", 1)]
    [InlineData("Lights=A, no schedule.", "Lights=B C, no schedule.", 1)]
    [InlineData("Its reader's find: no roof; mend the user's file.", "Its reader's find: no wall; mend the user's file.", 2)]
    [InlineData("Zone \"A\" has no floor.", "Zone \"A\" has no roof.", 2)]
    public async Task Two_causes_with_one_reason_are_two(string one, string other, int causes)
    {
        var files = new MemoryFileSystem().AsAsync();
        await PutAsync(files, "a", RunStatus.Failed, "fatal", one);
        await PutAsync(files, "b", RunStatus.Failed, "fatal", other);
        Assert.Equal(causes, (await RunTable.CollectAsync("", files)).Failures.Count);
    }

    /// <summary>A model that is called like a letter of the sentence, another status, another line end.</summary>
    [Fact]
    public async Task Causes_that_a_reader_cannot_tell_apart_are_one()
    {
        const string Sentence = "EnergyPlus's reader stopped, and the model's author should look at it.";
        var files = new MemoryFileSystem().AsAsync();
        await PutAsync(files, "office", RunStatus.Failed, "fatal", Sentence);
        await PutAsync(files, "s", RunStatus.Failed, "fatal", Sentence);
        await PutAsync(files, "hotel", RunStatus.Rejected, "fatal", Sentence);
        await PutAsync(files, "shop", RunStatus.Failed, "fatal", Sentence.Replace(", ", ",\n", StringComparison.Ordinal));
        await PutAsync(files, "twice", RunStatus.TimedOut, "timeout", "stopped after 12 s.");
        await PutAsync(files, "thrice", RunStatus.TimedOut, "timeout", "stopped after 30 s.");
        var failures = (await RunTable.CollectAsync("", files)).Failures;
        Assert.Equal([("fatal", 4), ("timeout", 2)], failures.Select(failure => (failure.Reason, failure.Count)));
    }

    private static Task PutAsync(IAsyncFileSystem files, string name, RunStatus status, string? reason, string? message) =>
        files.WriteBytesAsync(name + "/run.json", RunRecordFile.ToJson(new RunRecord
        {
            RunId = name, Status = status, Reason = reason, Message = message, Input = new("m", $"inputs/{name}.idf"),
            StartedAt = DateTimeOffset.UnixEpoch,
        }));
}
