using Microsoft.Extensions.Time.Testing;
using TestBed;

using IdfKit.Drops.Claims;
using IdfKit.Drops.Objects;
using IdfKit.Runs;
using RunBed;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Claims;

/// <summary>The lease of a run without a deadline, on a clock that the test moves.</summary>
public sealed class ClaimRenewalTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3), AThird = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordingFileSystem _output = new(new MemoryFileSystem().AsAsync());
    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Claim_outlives_its_lease_as_long_as_its_owner_lives_and_no_longer()
    {
        var claim = (await AcquireAsync("owner")).Claim!;
        await using (var renewal = new ClaimRenewal(claim, Lease, _time))
        {
            for (var minute = 0; minute < 10; minute++)
            {
                _time.Advance(AThird);
                await UntilAsync(() => claim.Record.ExpiresAt == _time.GetUtcNow() + Lease);
            }
            Assert.Equal(ClaimVerdict.AlreadyRunning, (await AcquireAsync("another")).Verdict);
            Assert.False(renewal.Lost.IsCancellationRequested);
        }
        _time.Advance(Lease);
        Assert.Equal(ClaimVerdict.Take, (await AcquireAsync("another")).Verdict);
    }

    [Fact]
    public async Task Owner_is_told_when_newer_content_has_taken_over()
    {
        await using var renewal = new ClaimRenewal((await AcquireAsync("owner")).Claim!, Lease, _time);
        Assert.NotNull((await AcquireAsync("newer", "0B")).Claim);
        _time.Advance(AThird);
        await UntilAsync(() => renewal.Lost.IsCancellationRequested);
        Assert.Null(renewal.Failure);
    }

    [Fact]
    public async Task Renewal_that_fails_is_tried_again_until_the_lease_is_about_to_end()
    {
        var claim = (await AcquireAsync("owner")).Claim!;
        var tries = 0;
        _output.Before = _ =>
        {
            Interlocked.Increment(ref tries);
            throw new StorageException(StorageErrorKind.Unavailable, "Write", "outputs/office/run.json");
        };
        await using var renewal = new ClaimRenewal(claim, Lease, _time);
        _time.Advance(AThird);
        await UntilAsync(() => tries == 2); // the write, and the read that tells whether it arrived
        Assert.False(renewal.Lost.IsCancellationRequested);
        _time.Advance(AThird);
        await UntilAsync(() => renewal.Lost.IsCancellationRequested);
        Assert.Equal(StorageErrorKind.Unavailable, renewal.Failure?.Kind);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private async Task<(RunClaim? Claim, ClaimVerdict Verdict)> AcquireAsync(string runId, string sequencer = "0A")
    {
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/office.idf")) { Sequencer = sequencer };
        var record = new RunRecord
        {
            RunId = runId, Status = RunStatus.Running, Phase = RunPhase.Simulating,
            Input = new("bucket", drop.Key.Value), Sequencer = sequencer, StartedAt = _time.GetUtcNow(),
            ExpiresAt = _time.GetUtcNow() + Lease
        };
        var scratch = _scratch[Guid.NewGuid().ToString("N")];
        var attempt = await RunClaim.AcquireAsync(
            _output, "outputs/office", scratch, new DropRule(drop), record, _time, TestContext.Current.CancellationToken);
        return attempt is ClaimAttempt.Held held ? (held.Claim, ClaimVerdict.Take) : (null, ((ClaimAttempt.Declined)attempt).Verdict);
    }
}
