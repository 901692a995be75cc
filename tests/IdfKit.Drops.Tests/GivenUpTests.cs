using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>An event that nobody will try again ends in the record, unless that has ended or a living run holds it.</summary>
public sealed class GivenUpTests
{
    private const string Attempts = "request-of-the-attempts";
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    private static readonly GivenUp Stopped = new(GivenUpCause.TimedOut) { Attempts = 3, After = TimeSpan.FromSeconds(900) };

    [Fact]
    public async Task Model_that_no_attempt_has_claimed_gets_a_record()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model());
        var result = Assert.Single(await GiveUpAsync(bed, drop));
        Assert.Equal(RunResultKind.Committed, result.Kind);
        var record = await bed.RecordAsync("a/office");
        Assert.Equal((RunStatus.Failed, RunReason.GaveUp, Attempts), (record.Status, record.Reason, record.RequestId));
        Assert.Equal("s3://bucket/inputs/a/office.idf was given up after 3 attempts: the function was stopped after 900 s; "
            + "the function's owner can raise Timeout or use AWS Batch. Then drop the model again.", record.Message);
        Assert.NotNull(record.FinishedAt);
        Assert.Null(record.ExpiresAt);
    }

    [Fact]
    public async Task Model_put_again_runs_anew_and_a_late_copy_of_the_event_does_not()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel());
        await GiveUpAsync(bed, drop);
        Assert.Equal(RunResultKind.Duplicate, Assert.Single(await bed.DeliverAsync(drop)).Kind);
        Assert.Equal(0, bed.EnergyPlus.Runs);
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel()));
        Assert.Equal((RunStatus.Completed, 1), ((await bed.RecordAsync("office")).Status, bed.EnergyPlus.Runs));
    }

    [Theory]
    [InlineData(Attempts, 10)] // the attempts' own claim, whose lease has not run out
    [InlineData("of a process that is gone", -1)]
    public async Task Claim_that_nobody_alive_holds_is_ended_and_what_it_left_is_removed(string holder, int minutesLeft)
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
        await bed.Files.WriteTextAsync("outputs/office/eplusout.err", "half of it");
        await bed.Files.WriteTextAsync("outputs/office/progress.json", "{}");
        await ClaimAsync(bed, drop, holder, minutesLeft);
        await GiveUpAsync(bed, drop);
        Assert.Equal(RunReason.GaveUp, (await bed.RecordAsync("office")).Reason);
        Assert.Equal(
            ["outputs/office/report.html", "outputs/office/run.json"], await bed.Files.GlobAsync("outputs", "**").ToListAsync());
        Assert.Contains("Given up", await bed.Files.ReadTextAsync("outputs/office/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_of_a_living_run_is_left_alone_and_looked_at_again()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
        var claim = await ClaimAsync(bed, drop, "another request", minutesLeft: 10);
        await Assert.ThrowsAsync<RunDeferredException>(() => GiveUpAsync(bed, drop));
        Assert.Equal(claim, await bed.Files.ReadTextAsync("outputs/office/run.json"));
    }

    [Fact]
    public async Task Record_that_has_ended_stays_as_it_is()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("echo x > $out/eplusout.eso"));
        await bed.DeliverAsync(drop);
        var before = await bed.Files.ReadTextAsync("outputs/office/run.json");
        bed.Seen.Clear();
        Assert.Equal(RunResultKind.Duplicate, Assert.Single(await GiveUpAsync(bed, drop)).Kind);
        Assert.Equal(RunResultKind.Superseded, Assert.Single(await GiveUpAsync(bed, drop with { Sequencer = "0" })).Kind);
        Assert.Empty(bed.Seen.Writes);
        Assert.Equal(before, await bed.Files.ReadTextAsync("outputs/office/run.json"));
    }

    [Fact]
    public async Task Newer_content_that_is_given_up_takes_the_place_of_the_results_of_the_older()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("echo x > $out/eplusout.eso")));
        var newer = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
        await GiveUpAsync(bed, newer);
        var record = await bed.RecordAsync("office");
        Assert.Equal((RunReason.GaveUp, newer.Sequencer), (record.Reason, record.Sequencer));
        Assert.Equal(
            ["outputs/office/report.html", "outputs/office/run.json"], await bed.Files.GlobAsync("outputs", "**").ToListAsync());
        Assert.Contains("Given up", await bed.Files.ReadTextAsync("outputs/office/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newer_content_that_arrives_at_any_moment_of_it_has_the_last_word()
    {
        await using var bed = new PipelineBed();
        for (var moment = 0; ; moment++)
        {
            foreach (var path in await bed.Files.GlobAsync("", "**").ToListAsync()) await bed.Files.RemoveAsync(path);
            var left = moment;
            var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
            await ClaimAsync(bed, drop, Attempts, minutesLeft: -1);
            var newer = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
            var isLate = false;
            bed.Seen.Before = async _ =>
            {
                if (left-- != 0) return;
                bed.Seen.Before = null;
                try { await bed.DeliverAsync(newer); }
                catch (RunDeferredException) { isLate = true; } // it is delivered again
            };
            await GiveUpAsync(bed, drop);
            if (bed.Seen.Before is not null)
            {
                bed.Seen.Before = null;
                Assert.True(moment > 3, $"It took only {moment} requests.");
                return;
            }
            if (isLate) await bed.DeliverAsync(newer);
            var record = await bed.RecordAsync("office");
            Assert.True((record.Status, record.Sequencer) == (RunStatus.Completed, newer.Sequencer),
                $"before request {moment}: {record.Message}");
        }
    }

    [Fact]
    public async Task Event_of_a_companion_ends_the_records_of_the_models_that_waited_for_it()
    {
        await using var bed = new PipelineBed();
        foreach (var name in new[] { "one", "two" })
            await bed.DeliverAsync(await bed.PutAsync($"inputs/{name}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        var weather = await bed.PutAsync("inputs/site.epw", Weather.Text(20));
        Assert.Equal(2, (await GiveUpAsync(bed, weather)).Count);
        foreach (var name in new[] { "one", "two" }) Assert.Equal(RunReason.GaveUp, (await bed.RecordAsync(name)).Reason);
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
        Assert.Equal(RunResultKind.Ignored, Assert.Single(await GiveUpAsync(bed, weather)).Kind);
        Assert.Equal(RunResultKind.Ignored, Assert.Single(await GiveUpAsync(bed, await bed.PutAsync("inputs/readme.txt", "x"))).Kind);
        Assert.Equal(0, bed.EnergyPlus.Runs);
    }

    [Fact]
    public async Task Run_without_a_deadline_takes_up_what_was_given_up()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel());
        await GiveUpAsync(bed, drop);
        await bed.Pipeline.RunAsync(drop, new Delivery("job-1", Deadline: null));
        Assert.Equal((RunStatus.Completed, 1), ((await bed.RecordAsync("office")).Status, bed.EnergyPlus.Runs));
    }

    [Fact]
    public async Task Job_that_fails_ends_the_record_that_it_holds_and_not_the_one_that_the_deadline_ended()
    {
        await using var bed = new PipelineBed(settings => settings with { HandOver = true });
        var drop = await bed.PutAsync("inputs/slow.idf", ScriptedEnergyPlus.Model("sleep 20"));
        await bed.DeliverAsync(drop, timeLeft: TimeSpan.FromSeconds(4));
        Assert.Equal(RunReason.Deadline, (await bed.RecordAsync("slow")).Reason);
        var note = new DroppedObject("bucket",
            ObjectKey.FromText(Assert.Single(await bed.Files.GlobAsync("outputs/.timed-out", "*").ToListAsync())));
        Assert.Equal(RunResultKind.Duplicate, Assert.Single(await GiveUpAsync(bed, note)).Kind);

        await ClaimAsync(bed, drop, Attempts, minutesLeft: 5);
        await GiveUpAsync(bed, note);
        Assert.Equal(RunReason.GaveUp, (await bed.RecordAsync("slow")).Reason);
    }

    [Fact]
    public async Task Record_that_cannot_be_written_is_no_answer()
    {
        await using var bed = new PipelineBed();
        var drop = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model());
        bed.Seen.Before = request => request.StartsWith("Write", StringComparison.Ordinal)
            ? throw new StorageException(StorageErrorKind.AccessDenied, "Write", "outputs/office/run.json")
            : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageException>(() => GiveUpAsync(bed, drop));
    }

    [Fact]
    public void Sentences_hold_with_the_longest_of_names_and_errors()
    {
        var longest = new string('n', 400) + "\r\n.idf";
        foreach (var cause in Enum.GetValues<GivenUpCause>())
            foreach (var after in new TimeSpan?[] { null, TimeSpan.FromSeconds(3), TimeSpan.FromHours(6) })
            {
                var message = DropSentences.GaveUp(longest, new(cause) { Attempts = 12_345, After = after, Said = longest });
                Assert.True(message.Length <= 300, $"{message.Length} characters: {message}");
                Assert.EndsWith(".", message, StringComparison.Ordinal);
                Assert.DoesNotContain(message, char.IsControl);
            }
    }

    private static Task<IReadOnlyList<RunResult>> GiveUpAsync(PipelineBed bed, DroppedObject drop)
    {
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1);
        return bed.Pipeline.GiveUpAsync(drop, Stopped, new Delivery(Attempts, deadline));
    }

    private static async Task<string> ClaimAsync(PipelineBed bed, DroppedObject drop, string holder, int minutesLeft)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claim = new RunRecord
        {
            RunId = "a-run",
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new(drop.Bucket, drop.Key.Value),
            RequestId = holder,
            Sequencer = drop.Sequencer,
            StartedAt = now.AddMinutes(-15),
            ExpiresAt = now.AddMinutes(minutesLeft),
        };
        await bed.Files.WriteBytesAsync($"outputs/{Path.GetFileNameWithoutExtension(drop.Key.Name)}/run.json", RunRecordFile.ToJson(claim));
        return await bed.Files.ReadTextAsync($"outputs/{Path.GetFileNameWithoutExtension(drop.Key.Name)}/run.json");
    }
}
