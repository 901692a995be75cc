using IdfKit.Runs.Claims;
using IdfKit.Runs.Inputs;
using IdfKit.Simulation.Records;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Runs.Tests.Claims;

public sealed class RunClaimTests : IDisposable
{
    private readonly IAsyncFileSystem _output = new MemoryFileSystem().AsAsync();
    private readonly TemporaryFolder _scratch = new();

    [Fact]
    public async Task Acquire_has_one_winner_among_sixteen()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(racer => AcquireAsync($"run{racer}", "0A")));
        Assert.Single(answers, answer => answer.Claim is not null);
        Assert.All(answers.Where(answer => answer.Claim is null), answer => Assert.Equal(ClaimVerdict.AlreadyRunning, answer.Verdict));
    }

    [Fact]
    public async Task Update_fails_once_newer_content_has_taken_over()
    {
        var older = (await AcquireAsync("older", "0A")).Claim!;
        Assert.True(await older.IsHeldAsync(TestContext.Current.CancellationToken));
        var newer = (await AcquireAsync("newer", "0B")).Claim!;

        Assert.False(await older.IsHeldAsync(TestContext.Current.CancellationToken));
        Assert.False(await older.TryUpdateAsync(older.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
        Assert.True(await newer.TryUpdateAsync(newer.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
        Assert.Equal(ClaimVerdict.Later, (await AcquireAsync("newest", "0C")).Verdict);
    }

    [Fact]
    public async Task Committed_record_is_never_put_back_to_running()
    {
        var claim = (await AcquireAsync("run", "0A")).Claim!;
        var twin = (await AcquireAsync("run", "0A")).Claim!; // the same run, as after a lost answer
        Assert.True(await claim.TryUpdateAsync(claim.Record with { Status = RunStatus.Completed, Phase = null }, TestContext.Current.CancellationToken));

        Assert.False(await twin.TryUpdateAsync(twin.Record with { ExpiresAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken));
        Assert.Equal(RunStatus.Completed, RunRecordFile.FromJson(await _output.ReadBytesAsync("outputs/office/run.json", TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task Unreadable_record_is_claimed_over()
    {
        await _output.WriteTextAsync("outputs/office/run.json", "not a record", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull((await AcquireAsync("run", "0A")).Claim);
    }

    public void Dispose() => _scratch.Dispose();

    private Task<(RunClaim? Claim, ClaimVerdict Verdict, RunRecord? Existing)> AcquireAsync(string runId, string sequencer)
    {
        var record = new RunRecord
        {
            RunId = runId,
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new("bucket", "inputs/office.idf"),
            RequestId = "request of " + runId,
            Sequencer = sequencer,
            StartedAt = DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(5),
        };
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/office.idf")) { Sequencer = sequencer };
        return RunClaim.AcquireAsync(_output, "outputs/office", _scratch[Guid.NewGuid().ToString("N")], drop, record, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
