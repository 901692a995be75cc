using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Studies;

/// <summary>What a call of a study takes itself, from its first request to the write of the study's record.</summary>
internal sealed class OwnUsage
{
    private readonly RequestCounts _counts;
    private readonly TimeProvider _time;
    private readonly int? _memoryMegabytes;
    private readonly long _began;

    private OwnUsage(RequestCounts counts, TimeProvider time, int? memoryMegabytes)
    {
        (_counts, _time, _memoryMegabytes) = (counts, time, memoryMegabytes);
        _began = time.GetTimestamp();
    }

    /// <summary>Counts what the current asynchronous method does from here on.</summary>
    public static OwnUsage Begin(TimeProvider time, int? memoryMegabytes) => new(RequestCounts.Begin(), time, memoryMegabytes);

    /// <summary>What has been taken, with the write that is about to tell of it, added to what other calls have told.</summary>
    public RunUsage AddedTo(RunUsage? others)
    {
        var gbSeconds = _memoryMegabytes / 1024.0 * _time.GetElapsedTime(_began).TotalSeconds;
        var sum = gbSeconds is null ? others?.GbSeconds : Math.Round(gbSeconds.Value + (others?.GbSeconds ?? 0), 3);
        return new(
            _counts.Puts + 1 + (others?.Puts ?? 0), _counts.Gets + (others?.Gets ?? 0), _counts.Lists + (others?.Lists ?? 0),
            _counts.Deletes + (others?.Deletes ?? 0), _counts.BytesIn + (others?.BytesIn ?? 0), _counts.BytesOut + (others?.BytesOut ?? 0),
            sum);
    }
}
