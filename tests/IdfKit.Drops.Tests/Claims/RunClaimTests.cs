using TestBed;

using IdfKit.Drops.Claims;
using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Claims;

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
        Assert.True(await claim.TryUpdateAsync(
            claim.Record with { Status = RunStatus.Completed, Phase = null }, TestContext.Current.CancellationToken));

        Assert.False(await twin.TryUpdateAsync(
            twin.Record with { ExpiresAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken));
        Assert.Equal(RunStatus.Completed,
            RunRecordFile.FromJson(await _output.ReadBytesAsync("outputs/office/run.json", TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task Claim_whose_renewal_was_answered_to_nobody_is_still_held()
    {
        var claim = (await AcquireAsync("run", "0A")).Claim!;
        var twin = (await AcquireAsync("run", "0A")).Claim!; // writes, as a request does whose answer is lost
        Assert.True(await twin.TryRenewAsync(DateTimeOffset.UnixEpoch.AddYears(200), TestContext.Current.CancellationToken));

        Assert.True(await claim.IsHeldAsync(TestContext.Current.CancellationToken));
        Assert.True(await claim.TryUpdateAsync(claim.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Renewal_neither_undoes_a_commit_nor_takes_back_what_was_taken_over()
    {
        var older = (await AcquireAsync("older", "0A")).Claim!;
        var newer = (await AcquireAsync("newer", "0B")).Claim!;
        Assert.False(await older.TryRenewAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken));

        Assert.True(await newer.TryUpdateAsync(
            newer.Record with { Status = RunStatus.Completed, Phase = null, ExpiresAt = null },
            TestContext.Current.CancellationToken));
        Assert.True(await newer.TryRenewAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken));
        Assert.Equal((RunStatus.Completed, null), await StoredAsync());
    }

    [Fact]
    public async Task Claim_without_a_sequencer_keeps_that_of_the_same_object()
    {
        var first = (await AcquireAsync("first", "0B")).Claim!;
        Assert.True(await first.TryUpdateAsync(
            first.Record with { ExpiresAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken));
        var direct = (await AcquireAsync("direct", sequencer: null)).Claim!;
        Assert.Equal("0B", direct.Record.Sequencer);
        Assert.Equal(ClaimVerdict.AlreadyRunning, (await AcquireAsync("late copy of the event", "0B")).Verdict);
    }

    [Theory] // C1: what cannot be written has been taken over by nobody
    [InlineData(StorageErrorKind.Unavailable)]
    [InlineData(StorageErrorKind.OutOfSpace)] // failed at its first try
    public async Task Update_that_the_store_refuses_each_time_throws_as_long_as_the_record_is_still_ours(StorageErrorKind why)
    {
        var refusing = new RefusingFileSystem(_output);
        var claim = (await AcquireAsync("run", "0A", refusing)).Claim!;
        refusing.Refusal = path => new StorageException(why, "Write", path);

        var error = await Assert.ThrowsAsync<StorageException>(
            () => claim.TryUpdateAsync(claim.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
        Assert.Equal((true, 8), (error.IsTransient, refusing.Refused));
        Assert.Contains("could not be written in 8 tries", error.Message, StringComparison.Ordinal);
        Assert.Contains("to be run again", error.Message, StringComparison.Ordinal);
    }

    [Fact] // C1: as a bucket with versions on Ceph 16 does
    public async Task Store_that_refuses_a_condition_which_holds_is_named_in_the_error()
    {
        var refusing = new RefusingFileSystem(_output);
        var claim = (await AcquireAsync("run", "0A", refusing)).Claim!;
        refusing.Refusal = path => new StorageException(StorageErrorKind.PreconditionFailed, "Write", path);

        var error = await Assert.ThrowsAsync<StorageException>(
            () => claim.TryUpdateAsync(claim.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
        Assert.StartsWith("The store refuses conditional writes of outputs/office/run.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("idfkit doctor --bucket", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 300);
        error = await Assert.ThrowsAsync<StorageException>(() => AcquireAsync("newer", "0B", refusing));
        Assert.StartsWith("The store refuses conditional writes", error.Message, StringComparison.Ordinal);
    }

    [Fact] // C1: a record that has gone belongs to nobody, so that nobody else would answer for the model
    public async Task Update_of_a_record_that_has_gone_throws()
    {
        var claim = (await AcquireAsync("run", "0A")).Claim!;
        await _output.RemoveAsync("outputs/office/run.json", TestContext.Current.CancellationToken);
        Assert.True(await claim.IsHeldAsync(TestContext.Current.CancellationToken));
        var error = await Assert.ThrowsAsync<StorageException>(
            () => claim.TryUpdateAsync(claim.Record with { Phase = RunPhase.Uploading }, TestContext.Current.CancellationToken));
        Assert.Contains("was removed while its run was under way", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_record_is_claimed_over()
    {
        await _output.WriteTextAsync("outputs/office/run.json", "not a record", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull((await AcquireAsync("run", "0A")).Claim);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(RunStatus Status, DateTimeOffset? ExpiresAt)> StoredAsync()
    {
        var record = RunRecordFile.FromJson(
            await _output.ReadBytesAsync("outputs/office/run.json", TestContext.Current.CancellationToken))!;
        return (record.Status, record.ExpiresAt);
    }

    private async Task<(RunClaim? Claim, ClaimVerdict Verdict)> AcquireAsync(
        string runId, string? sequencer, IAsyncFileSystem? output = null)
    {
        var record = new RunRecord
        {
            RunId = runId,
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new("bucket", "inputs/office.idf") { VersionId = sequencer is null ? "0B" : sequencer },
            RequestId = "request of " + runId,
            Sequencer = sequencer,
            StartedAt = DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(5),
        };
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/office.idf"))
        {
            Sequencer = sequencer, VersionId = sequencer ?? "0B"
        };
        var scratch = _scratch[Guid.NewGuid().ToString("N")];
        var attempt = await RunClaim.AcquireAsync(
            output ?? _output, "outputs/office", scratch, new DropRule(drop), record, TimeProvider.System,
            TestContext.Current.CancellationToken);
        return attempt is ClaimAttempt.Held held ? (held.Claim, ClaimVerdict.Take) : (null, ((ClaimAttempt.Declined)attempt).Verdict);
    }
}
