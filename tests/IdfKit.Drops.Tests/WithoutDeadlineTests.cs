using TestBed;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>
/// Runs that nobody kills at a deadline: what they take up, how they keep their claim, what they leave when they are
/// interrupted.
/// </summary>
public sealed class WithoutDeadlineTests : IDisposable
{
    private readonly TemporaryFolder _signs = new();

    public void Dispose() => _signs.Dispose();

    [Fact]
    public async Task Model_that_the_deadline_stopped_is_finished_by_who_has_more_time_and_then_left_alone()
    {
        await using var bed = new PipelineBed(settings => settings with { HandOver = true });
        var model = await bed.PutAsync("inputs/slow.idf", bed.EnergyPlus.CountedModel($"[ -f '{_signs["ready"]}' ] || sleep 60"));
        Assert.Equal((RunStatus.TimedOut, RunReason.Deadline), Ending(await bed.DeliverAsync(model, timeLeft: TimeSpan.FromSeconds(4))));
        Assert.Equal(RunResultKind.Duplicate, (await bed.DeliverAsync(model)).Single().Kind);
        var note = Assert.Single(await NotesAsync(bed));

        await File.WriteAllTextAsync(_signs["ready"], "", Token);
        Assert.Equal((RunStatus.Completed, null), Ending(await TakeUpAsync(bed, note)));
        Assert.Empty(await NotesAsync(bed));
        Assert.Equal(model.Sequencer, (await bed.RecordAsync("slow")).Sequencer);

        // Late copies of every message, and a second try by hand.
        Assert.Equal(RunResultKind.Duplicate, (await bed.DeliverAsync(model)).Single().Kind);
        Assert.Equal(RunResultKind.Duplicate, (await TakeUpAsync(bed, note)).Single().Kind);
        Assert.Equal(RunResultKind.Duplicate, (await TakeUpAsync(bed, "inputs/slow.idf")).Single().Kind);
        Assert.Equal(2, bed.EnergyPlus.Runs);
    }

    [Theory, InlineData(4, true), InlineData(null, false)]
    public async Task Series_are_left_out_and_told_of_where_the_deadline_stopped_the_run(int? secondsLeft, bool isLeft)
    {
        await using var bed = new PipelineBed(settings => settings with { TimeSeries = true });
        const string Eso = "Program Version,EnergyPlus\\n10,1,Z,T [C] !Hourly\\nEnd of Data Dictionary\\n1,RUN,0,0,0,0\\n"
            + "2,1,1,1,0,1,0.00,60.00,Sunday\\n10,5\\n";
        var model = ScriptedEnergyPlus.Model($"printf '{Eso}' > $out/eplusout.eso" + (isLeft ? "; sleep 60" : ""));
        var timeLeft = secondsLeft is { } seconds ? TimeSpan.FromSeconds(seconds) : default(TimeSpan?);
        var ended = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/slow.idf", model), timeLeft: timeLeft)).Record!;

        Assert.Equal(isLeft, ended.Notices.Contains(RunSentences.SeriesLeftForDeadline));
        Assert.Equal(!isLeft, ended.Files.Any(file => file.Path == "timeseries.hourly.parquet"));
        Assert.Equal((true, true), (ended.Options.Timeseries, ended.Options.ReportMeters));
    }

    [Fact]
    public async Task Models_own_time_limit_is_an_answer_that_nobody_takes_up()
    {
        await using var bed = new PipelineBed(settings => settings with { HandOver = true });
        await bed.PutAsync("inputs/slow.job.json", """{"timeout_seconds": 0.5}""");
        var model = await bed.PutAsync("inputs/slow.idf", bed.EnergyPlus.CountedModel("sleep 60"));
        Assert.Equal((RunStatus.TimedOut, RunReason.Timeout), Ending(await bed.DeliverAsync(model)));
        Assert.Empty(await NotesAsync(bed));
        Assert.Equal(RunResultKind.Duplicate, (await TakeUpAsync(bed, "inputs/slow.idf")).Single().Kind);
        Assert.Equal(1, bed.EnergyPlus.Runs);
    }

    [Fact]
    public async Task Note_is_left_only_where_somebody_takes_it_up()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(
            await bed.PutAsync("inputs/slow.idf", ScriptedEnergyPlus.Model("sleep 60")), timeLeft: TimeSpan.FromSeconds(4));
        Assert.Empty(await NotesAsync(bed));
    }

    [Fact]
    public async Task Note_stays_until_its_model_has_ended()
    {
        await using var bed = new PipelineBed(settings => settings with { HandOver = true });
        await bed.DeliverAsync(
            await bed.PutAsync("inputs/slow.idf", ScriptedEnergyPlus.Model($"[ -f '{_signs["ready"]}' ] || sleep 60")),
            timeLeft: TimeSpan.FromSeconds(4));
        var note = Assert.Single(await NotesAsync(bed));
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TakeUpAsync(bed, note, stop.Token));
        Assert.Equal([note], await NotesAsync(bed));
    }

    [Fact]
    public async Task Newer_content_takes_over_and_the_note_is_left_to_it()
    {
        await using var bed = new PipelineBed(settings => settings with { HandOver = true });
        var model = $"[ -f '{_signs["handed over"]}' ] && touch '{_signs["started"]}'; sleep 60";
        await bed.DeliverAsync(await bed.PutAsync("inputs/slow.idf", ScriptedEnergyPlus.Model(model)), timeLeft: TimeSpan.FromSeconds(4));
        var note = Assert.Single(await NotesAsync(bed));
        await File.WriteAllTextAsync(_signs["handed over"], "", Token);
        var run = TakeUpAsync(bed, note);
        await ScriptedEnergyPlus.WaitForAsync(_signs["started"]);
        Assert.Equal((RunStatus.Completed, null),
            Ending(await bed.DeliverAsync(await bed.PutAsync("inputs/slow.idf", ScriptedEnergyPlus.Model()))));

        Assert.Equal(RunResultKind.Superseded, (await run).Single().Kind);
        Assert.Equal([note], await NotesAsync(bed));
        Assert.Equal(RunResultKind.Duplicate, (await TakeUpAsync(bed, note)).Single().Kind);
        Assert.Empty(await NotesAsync(bed));
    }

    [Fact]
    public async Task Claim_is_renewed_while_EnergyPlus_runs()
    {
        await using var bed = new PipelineBed(settings => settings with { Lease = TimeSpan.FromSeconds(1) });
        await bed.PutAsync("inputs/long.idf",
            ScriptedEnergyPlus.Model($"touch '{_signs["started"]}'; while [ ! -f '{_signs["end"]}' ]; do sleep 0.05; done"));
        var run = TakeUpAsync(bed, "inputs/long.idf");
        await ScriptedEnergyPlus.WaitForAsync(_signs["started"]);
        var first = (await bed.RecordAsync("long")).ExpiresAt!.Value;
        while ((await bed.RecordAsync("long")).ExpiresAt < first + TimeSpan.FromSeconds(1)) await Task.Delay(20, Token);
        await File.WriteAllTextAsync(_signs["end"], "", Token);
        Assert.Equal((RunStatus.Completed, null), Ending(await run));
        Assert.Null((await bed.RecordAsync("long")).ExpiresAt);
    }

    [Fact]
    public async Task Interrupted_run_gives_its_claim_back_at_once()
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/long.idf",
            bed.EnergyPlus.CountedModel($"touch '{_signs["started"]}'; [ -f '{_signs["again"]}' ] || sleep 60"));
        using var stop = new CancellationTokenSource();
        var run = TakeUpAsync(bed, "inputs/long.idf", stop.Token);
        await ScriptedEnergyPlus.WaitForAsync(_signs["started"]);
        await File.WriteAllTextAsync(_signs["again"], "", Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(RunStatus.Running, (await bed.RecordAsync("long")).Status);

        Assert.Equal((RunStatus.Completed, null), Ending(await TakeUpAsync(bed, "inputs/long.idf")));
        Assert.Equal(2, bed.EnergyPlus.Runs);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<RunResult>> TakeUpAsync(PipelineBed bed, string key, CancellationToken cancellationToken = default) =>
        bed.Pipeline.RunAsync(new("bucket", ObjectKey.FromText(key)), new Delivery(RequestId: null, Deadline: null), cancellationToken);

    private static async Task<IReadOnlyList<string>> NotesAsync(PipelineBed bed) =>
        await bed.Files.GlobAsync("outputs/.timed-out", "*", Token).ToListAsync(Token);

    private static (RunStatus, string?) Ending(IReadOnlyList<RunResult> results) =>
        (results.Single().Record!.Status, results.Single().Record!.Reason);
}
