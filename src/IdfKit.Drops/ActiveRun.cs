using IdfKit.Drops.Inputs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Records;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>One run under way: its record as it grows, and where the time went.</summary>
internal sealed class ActiveRun
{
    private readonly TimeProvider _time;
    private readonly RunStopwatch _watch;

    public ActiveRun(TimeProvider time, DroppedObject drop, Delivery invocation, string folder, IAsyncFileSystem output)
    {
        (_time, Drop, Delivery, Folder, Output) = (time, drop, invocation, folder, output);
        _watch = new(time);
        var now = time.GetUtcNow();
        Record = new()
        {
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new(drop.Bucket, drop.Key.Value) { VersionId = drop.VersionId, ETag = drop.ETag, SizeBytes = drop.SizeBytes, LastModified = drop.EventTime is { } at && at > DateTimeOffset.MinValue ? at : null },
            TimingsMs = new() { Queued = drop.EventTime is { } put && put > DateTimeOffset.MinValue ? Math.Max(0, (long)(now - put).TotalMilliseconds) : null },
            RequestId = invocation.RequestId,
            FunctionVersion = invocation.FunctionVersion,
            Sequencer = drop.Sequencer,
            StartedAt = now,
        };
    }

    public DroppedObject Drop { get; }
    public Delivery Delivery { get; }
    public string Folder { get; }
    public IAsyncFileSystem Output { get; }
    public RunRecord Record { get; set; }

    /// <summary>Notes the time since the last lap under the name of what has just ended.</summary>
    public void Lap(bool stage = false, bool preprocess = false, bool simulate = false, bool upload = false)
    {
        var elapsed = _watch.LapMs();
        var timings = Record.TimingsMs;
        Record = Record with
        {
            TimingsMs = timings with
            {
                Stage = stage ? elapsed : timings.Stage,
                Preprocess = preprocess ? elapsed : timings.Preprocess,
                Simulate = simulate ? elapsed : timings.Simulate,
                Upload = upload ? elapsed : timings.Upload,
            },
        };
    }

    public void Apply(StagedRun staged) => Record = Record with
    {
        Input = staged.Input,
        Weather = staged.Weather,
        Options = staged.Choices,
        Label = staged.Job?.Label,
        Tags = staged.Job?.Tags ?? Record.Tags,
    };

    public EnergySummary Apply(EngineRun ended, string outputs, Model? model, RunLimit limit)
    {
        (Record, var summary) = EndedRun.Describe(Record, ended, new(outputs), model, limit);
        return summary;
    }

    public RunRecord Finish(IReadOnlyList<RunFile> files) => Record = Record with
    {
        Phase = null,
        Files = files,
        FinishedAt = _time.GetUtcNow(),
        ExpiresAt = null,
        TimingsMs = Record.TimingsMs with { Total = _watch.TotalMs },
    };
}
