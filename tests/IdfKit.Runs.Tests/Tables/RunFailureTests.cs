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

    private static Task PutAsync(IAsyncFileSystem files, string name, RunStatus status, string? reason, string? message) =>
        files.WriteBytesAsync(name + "/run.json", RunRecordFile.ToJson(new RunRecord
        {
            RunId = name, Status = status, Reason = reason, Message = message, Input = new("m", $"inputs/{name}.idf"),
            StartedAt = DateTimeOffset.UnixEpoch,
        }));
}
