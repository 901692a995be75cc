using System.Security.Cryptography;
using TestBed;

using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>
/// Processes that stand still and go on when another run has been there, storage that stalls, and attempts that may be dead: whoever
/// goes on changes nothing, and no model is left to nobody.
/// </summary>
public sealed class FrozenRunTests : IDisposable
{
    private const string Record = "outputs/office/run.json";

    private readonly TemporaryFolder _signs = new();

    private int Runs => File.Exists(_signs["count"]) ? File.ReadAllLines(_signs["count"]).Length : 0;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _signs.Dispose();

    [Theory] // C2
    [InlineData("Upload outputs/office/eplusout.eso")]
    [InlineData("Upload outputs/office/eplusmtr.csv")]
    [InlineData("Upload outputs/office/summary.json")]
    [InlineData("Write outputs/office/run.json")]
    public async Task Process_that_is_thawed_after_another_run_has_committed_changes_nothing(string pending)
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", OtherEachTime());
        var others = new List<RunResult>();
        bed.Seen.Before = async request =>
        {
            if (request != pending || Runs == 0) return; // not the claim itself
            bed.Seen.Before = null;
            others.AddRange(await DeliverAsync(bed, drop, "request")); // as Lambda does once it thinks the first attempt dead
        };
        var frozen = await DeliverAsync(bed, drop, "request");

        Assert.Equal((RunResultKind.Committed, 2), (Assert.Single(others).Kind, Runs));
        Assert.Equal((RunResultKind.Superseded, null), (Assert.Single(frozen).Kind, frozen[0].Record));
        var record = await bed.RecordAsync("office");
        Assert.Equal(others[0].Record!.RunId, record.RunId);
        await ExpectAsync(bed, record);
    }

    [Fact] // C2: over an earlier run, whose files are there under the same names
    public async Task Process_that_is_thawed_overwrites_and_removes_nothing_where_an_earlier_run_left_the_same_names()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", OtherEachTime()));
        var drop = await bed.PutAsync("inputs/office.idf", OtherEachTime() + "!again\n");
        bed.Seen.Before = async request =>
        {
            if (request != "Remove outputs/office/eplusmtr.csv") return;
            bed.Seen.Before = null;
            await DeliverAsync(bed, drop, "request");
        };
        Assert.Equal(RunResultKind.Superseded, Assert.Single(await DeliverAsync(bed, drop, "request")).Kind);
        await ExpectAsync(bed, await bed.RecordAsync("office"));
    }

    [Fact] // C3
    public async Task Uploads_by_parts_that_nobody_knows_of_are_ended_before_the_commit()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(
            await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("head -c 6000000 /dev/zero > $out/eplusout.eso")));
        var requests = bed.Seen.Requests.ToList();
        var ended = Assert.Single(Enumerable.Range(0, requests.Count), at => requests[at] == "Abort outputs/office");
        Assert.InRange(ended,
            requests.FindLastIndex(request => request.StartsWith("Upload ", StringComparison.Ordinal)) + 1,
            requests.LastIndexOf("Write " + Record) - 1);
    }

    [Fact] // C3
    public async Task Process_that_is_thawed_ends_no_uploads_of_the_run_that_has_taken_over()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync(
            "inputs/office.idf", ScriptedEnergyPlus.Model("head -c 6000000 /dev/zero > $out/eplusout.eso"));
        var others = new List<RunResult>();
        bed.Seen.Before = async request =>
        {
            // All is stored, and nothing is committed yet.
            if (!bed.Seen.Requests.Contains("Upload outputs/office/eplusout.eso")
                || request is not ("Stat outputs/office/run.json" or "Abort outputs/office")) return;
            bed.Seen.Before = null;
            others.AddRange(await DeliverAsync(bed, drop, "request"));
        };
        Assert.Equal(RunResultKind.Superseded, Assert.Single(await DeliverAsync(bed, drop, "request")).Kind);
        Assert.Equal(RunResultKind.Committed, Assert.Single(others).Kind);
        Assert.Equal(2, bed.Seen.Requests.Count(request => request == "Abort outputs/office")); // both by that run: fence, end
        await ExpectAsync(bed, await bed.RecordAsync("office"));
    }

    [Fact] // C4
    public async Task Run_whose_files_storage_was_slow_to_give_is_tried_again_and_does_not_time_out()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("sleep 60"));
        bed.Seen.Before = request =>
            request == "Download inputs/office.idf" ? Task.Delay(TimeSpan.FromSeconds(3), Token) : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<RunDeferredException>(() => bed.DeliverAsync(drop, timeLeft: TimeSpan.FromSeconds(5)));
        Assert.Contains("to give what s3://bucket/inputs/office.idf needs", error.Message, StringComparison.Ordinal);
        var record = await bed.RecordAsync("office");
        Assert.Equal(RunStatus.Running, record.Status);
        Assert.True(record.ExpiresAt <= TimeProvider.System.GetUtcNow(), "the claim was not given back");

        bed.Seen.Before = null;
        var again = Assert.Single(await bed.DeliverAsync(drop, timeLeft: TimeSpan.FromSeconds(4)));
        Assert.Equal((RunStatus.TimedOut, RunReason.Deadline), (again.Record!.Status, again.Record.Reason));
    }

    [Fact] // C5
    public async Task Retry_under_another_id_neither_runs_beside_an_attempt_that_may_live_nor_answers_for_one_that_is_dead()
    {
        await using var bed = new PipelineBed(settings => settings with { ClaimGrace = TimeSpan.Zero });
        var drop = await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel());
        var (arrived, dead) = (new TaskCompletionSource(), new TaskCompletionSource());
        bed.Seen.Before = request =>
        {
            if (request != "Download inputs/office.idf") return Task.CompletedTask;
            bed.Seen.Before = null;
            arrived.SetResult();
            return dead.Task;
        };
        var first = bed.DeliverAsync(drop, timeLeft: TimeSpan.FromSeconds(10));
        await arrived.Task;

        await Assert.ThrowsAsync<RunDeferredException>(() => bed.DeliverAsync(drop));
        var held = await bed.RecordAsync("office");
        Assert.Equal((RunStatus.Running, 0), (held.Status, bed.EnergyPlus.Runs));
        while (TimeProvider.System.GetUtcNow() <= held.ExpiresAt) await Task.Delay(50, Token);
        var second = Assert.Single(await bed.DeliverAsync(drop));
        Assert.Equal((RunResultKind.Committed, 1), (second.Kind, bed.EnergyPlus.Runs));

        dead.SetResult(); // it was not dead after all
        Assert.Equal(RunResultKind.Superseded, Assert.Single(await first).Kind);
        Assert.Equal(second.Record!.RunId, (await bed.RecordAsync("office")).RunId);
        await ExpectAsync(bed, await bed.RecordAsync("office"));
    }

    [Theory] // C5: what is seen to live needs no second event, and one that sees its end is answered by that
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Completed)]
    public async Task Event_of_a_model_whose_run_is_seen_to_live_is_answered(RunStatus seen)
    {
        await using var bed = new PipelineBed(settings => settings with
        {
            SignOfLife = TimeSpan.FromMinutes(1), ProgressInterval = TimeSpan.FromMilliseconds(200)
        });
        var (started, goesOn) = (_signs["started"], _signs["goes on"]);
        var drop = await bed.PutAsync("inputs/office.idf",
            bed.EnergyPlus.CountedModel("echo Warming up", $"touch '{started}'", $"until [ -e '{goesOn}' ]; do sleep 0.1; done"));
        var first = bed.DeliverAsync(drop);
        await ScriptedEnergyPlus.WaitForAsync(started);
        bed.Seen.Before = request => request == "Stat outputs/office/progress.json" && seen is RunStatus.Completed
            ? File.WriteAllTextAsync(goesOn, "", Token) // it ends while the second one looks
            : Task.CompletedTask;

        var second = Assert.Single(await bed.DeliverAsync(drop));
        Assert.Equal((RunResultKind.Duplicate, seen), (second.Kind, second.Record!.Status));
        await File.WriteAllTextAsync(goesOn, "", Token);
        Assert.Equal(RunResultKind.Committed, Assert.Single(await first).Kind);
        Assert.Equal(1, bed.EnergyPlus.Runs);
    }

    /// <summary>Other bytes in each run; the first one writes a file that no later one does.</summary>
    private string OtherEachTime()
    {
        var (count, isFirst) = (_signs["count"], _signs["first"]);
        return ScriptedEnergyPlus.Model(
            $"echo x >> '{count}'; wc -l < '{count}' > $out/eplusout.eso",
            $"[ -f '{isFirst}' ] || echo first > $out/eplusmtr.csv", $"touch '{isFirst}'");
    }

    private static Task<IReadOnlyList<RunResult>> DeliverAsync(PipelineBed bed, DroppedObject drop, string requestId) =>
        bed.Pipeline.RunAsync(drop, new Delivery(requestId, TimeProvider.System.GetUtcNow().AddMinutes(5), "1"), Token);

    /// <summary>The committed files are there, byte for byte, and nothing else.</summary>
    private static async Task ExpectAsync(PipelineBed bed, RunRecord record)
    {
        Assert.Equal(RunStatus.Completed, record.Status);
        foreach (var file in record.Files)
        {
            var bytes = await bed.Files.ReadBytesAsync($"outputs/office/{file.Path}", Token);
            Assert.Equal((file.Path, file.Sha256), (file.Path, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }
        Assert.Equal(
            record.Files.Select(file => $"outputs/office/{file.Path}").Append(Record).Order(StringComparer.Ordinal),
            (await bed.Files.GlobAsync("outputs/office", "**", Token).ToListAsync(Token)).Order(StringComparer.Ordinal));
    }
}
