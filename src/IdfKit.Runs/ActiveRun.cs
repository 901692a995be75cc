using IdfKit.Engine;
using IdfKit.Runs.Inputs;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>One run under way: its record as it grows, and where the time went.</summary>
internal sealed class ActiveRun
{
    private const int FirstErrors = 10;

    private readonly TimeProvider _time;
    private readonly long _began;
    private long _lapped;

    public ActiveRun(TimeProvider time, DroppedObject drop, Invocation invocation, string folder, IAsyncFileSystem output)
    {
        (_time, Drop, Invocation, Folder, Output) = (time, drop, invocation, folder, output);
        _began = _lapped = time.GetTimestamp();
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
    public Invocation Invocation { get; }
    public string Folder { get; }
    public IAsyncFileSystem Output { get; }
    public RunRecord Record { get; set; }

    /// <summary>Notes the time since the last lap under the name of what has just ended.</summary>
    public void Lap(bool stage = false, bool preprocess = false, bool simulate = false, bool upload = false)
    {
        var now = _time.GetTimestamp();
        var elapsed = (long)_time.GetElapsedTime(_lapped, now).TotalMilliseconds;
        _lapped = now;
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

    public void Apply(EngineRun ended, string outputs, EnergySummary summary, string limit, TimeSpan timeout)
    {
        var errors = ReadErrors(outputs);
        var (status, reason, message) = Describe(ended, errors, limit, timeout);
        Record = Record with
        {
            Status = status,
            Reason = reason,
            Message = message,
            ExitCode = ended.ExitCode,
            Signal = ended.Signal,
            PeakMemoryBytes = ended.PeakMemoryBytes,
            CpuMs = (long)ended.CpuTime.TotalMilliseconds,
            Diagnostics = new(
                errors?.Warnings ?? summary.Warnings ?? 0,
                errors?.Severe ?? summary.Severe ?? 0,
                errors?.FatalMessage is null ? 0 : 1,
                [.. (errors?.Messages ?? []).Where(message => message.Severity is ErrSeverity.Severe or ErrSeverity.Fatal).Select(message => message.Text).Take(FirstErrors)]),
        };
    }

    public RunRecord Finish(IReadOnlyList<RunFile> files) => Record = Record with
    {
        Phase = null,
        Files = files,
        FinishedAt = _time.GetUtcNow(),
        ExpiresAt = null,
        TimingsMs = Record.TimingsMs with { Total = (long)_time.GetElapsedTime(_began).TotalMilliseconds },
    };

    private static (RunStatus Status, string? Reason, string? Message) Describe(EngineRun ended, ErrReport? errors, string limit, TimeSpan timeout) => ended.Outcome switch
    {
        RunOutcome.Completed => (RunStatus.Completed, null, errors is { Severe: > 0 } ? $"EnergyPlus completed with {errors.Severe} severe errors; read them in eplusout.err before you trust the results." : null),
        RunOutcome.Failed => (RunStatus.Failed, RunReason.Fatal, $"EnergyPlus stopped with a fatal error: {errors?.FatalMessage ?? "it did not say which; see eplusout.err."}{FirstSevere(errors)}"),
        RunOutcome.TimedOut when limit == RunReason.Timeout => (RunStatus.TimedOut, limit, $"EnergyPlus was stopped after the {timeout.TotalSeconds:0} s that the job allows; what it had written by then is kept."),
        RunOutcome.TimedOut => (RunStatus.TimedOut, limit, $"EnergyPlus was stopped after {timeout.TotalSeconds:0} s because the function's time was ending; what it had written by then is kept. Give the function more time or memory, or simplify the model."),
        _ when ended.Signal is { } signal => (RunStatus.Crashed, RunReason.Signal, $"EnergyPlus crashed (signal {signal}) without saying why; the model may hold something that it cannot read."),
        _ => (RunStatus.Crashed, RunReason.NoResult, $"EnergyPlus ended with exit code {ended.ExitCode} without a result: {LastLine(ended.OutputTail)}"),
    };

    private static string FirstSevere(ErrReport? errors) =>
        errors?.Messages.FirstOrDefault(message => message.Severity == ErrSeverity.Severe) is { } first ? $" The first severe error was: {first.Text}" : "";

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it printed nothing.";

    private static ErrReport? ReadErrors(string outputs)
    {
        var path = Path.Combine(outputs, "eplusout.err");
        if (!File.Exists(path)) return null;
        using var stream = File.OpenRead(path);
        return ErrReport.Read(stream);
    }
}
