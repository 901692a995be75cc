using IdfKit.Drops;

namespace IdfKit.Function;

/// <summary>What the lines of one invocation or job have in common.</summary>
/// <param name="RequestId">Of the invocation, or the job.</param>
/// <param name="TraceId">Of X-Ray.</param>
/// <param name="FunctionName">The function, or the queue of the job: what metrics are grouped by.</param>
/// <param name="IsCold">Whether the process began with it.</param>
internal sealed record LogScope(string? RequestId, string? TraceId, string FunctionName, bool IsCold);

/// <summary>The log lines of runs: the same in Lambda and in a container.</summary>
internal sealed class RunLog(JsonLog log)
{
    /// <summary>What became of a dropped object; of a run that was committed, its figures and metrics too.</summary>
    public void Write(DroppedObject drop, RunResult result, LogScope call)
    {
        var input = result.Record is { } known ? S3Url.Of(known.Input.Bucket, known.Input.Key) : drop.Url;
        if (result.Kind != RunResultKind.Committed || result.Record is not { } record)
        {
            log.Information(
                result.Explanation, ("request_id", call.RequestId), ("trace_id", call.TraceId),
                ("input", input), ("output", result.OutputUrl), ("outcome", result.Kind));
            return;
        }
        log.Measured(
            result.Explanation,
            ("request_id", call.RequestId), ("trace_id", call.TraceId), ("run_id", record.RunId), ("function_name", call.FunctionName),
            ("input", input), ("started_by", drop.Url == input ? null : drop.Url), ("output", result.OutputUrl),
            ("outcome", result.Kind), ("status", record.Status), ("reason", record.Reason), ("label", record.Label),
            ("confinement", record.Engine?.Confinement), ("signal", record.Signal),
            ("warnings", record.Diagnostics?.Warnings), ("severe", record.Diagnostics?.Severe),
            ("queued_ms", record.TimingsMs.Queued), ("stage_ms", record.TimingsMs.Stage),
            ("simulate_ms", record.TimingsMs.Simulate), ("upload_ms", record.TimingsMs.Upload), ("total_ms", record.TimingsMs.Total),
            ("peak_memory_bytes", record.PeakMemoryBytes), ("files", record.Files.Count),
            ("result_bytes", record.Files.Sum(file => file.SizeBytes)),
            ("runs", 1), ("cold_start", call.IsCold ? 1 : 0), ("unconfined_runs", record.Engine?.Confinement == "none" ? 1 : 0));
    }

    /// <summary>A run that the world has failed, and that comes again.</summary>
    public void Write(DroppedObject drop, Exception failure, LogScope call) =>
        log.Error($"The run of {drop.Url} failed and will be tried again: {failure.Message}",
            ("request_id", call.RequestId), ("trace_id", call.TraceId), ("input", drop.Url), ("error", failure.GetType().Name));

    /// <summary>An event that was given up, and whose record does not say so yet.</summary>
    public void WriteUnrecorded(DroppedObject drop, Exception failure, LogScope call) =>
        log.Error($"That {drop.Url} was given up is not in its record yet; it is tried again: {failure.Message}",
            ("request_id", call.RequestId), ("trace_id", call.TraceId), ("input", drop.Url), ("error", failure.GetType().Name));
}
