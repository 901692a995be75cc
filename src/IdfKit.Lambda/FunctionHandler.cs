using System.Text.Json;

using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

using IdfKit.Lambda.Events;
using IdfKit.Runs;
using IdfKit.Runs.Inputs;
using IdfKit.Simulation.Records;

namespace IdfKit.Lambda;

/// <summary>An invocation: the event's objects become runs, what was learnt becomes log lines, and the answer is what the caller reads.</summary>
internal sealed class FunctionHandler(RunPipeline pipeline, JsonLog log, TimeProvider time)
{
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var invocation = new Invocation(context.AwsRequestId, time.GetUtcNow() + context.RemainingTime, context.FunctionVersion);
        EventEnvelope envelope;
        try { envelope = EventEnvelope.Parse(await ReadAsync(input)); }
        catch (UnknownEventException e)
        {
            log.Error(e.Message, ("request_id", context.AwsRequestId));
            throw;
        }
        if (envelope.Items.All(item => item.Objects.Count == 0 && item.Fault is null)) log.Information("Nothing to run: a test event, or one that creates no object.", ("request_id", context.AwsRequestId));

        pipeline.RemoveAbandoned();
        var outcomes = new List<(EnvelopeItem Item, IReadOnlyList<RunResult> Results, Exception? Failure)>();
        foreach (var item in envelope.Items) outcomes.Add(await RunItemAsync(item, invocation));
        return Answer(envelope.Kind, outcomes);
    }

    private async Task<(EnvelopeItem, IReadOnlyList<RunResult>, Exception?)> RunItemAsync(EnvelopeItem item, Invocation invocation)
    {
        var results = new List<RunResult>();
        Exception? failure = item.Fault;
        if (failure is not null) log.Error(failure.Message, ("request_id", invocation.RequestId), ("message_id", item.MessageId));
        foreach (var drop in item.Objects)
        {
            try
            {
                var ended = await pipeline.RunAsync(drop, invocation);
                results.AddRange(ended);
                foreach (var result in ended) LogResult(drop, result, invocation);
            }
            catch (Exception e) // the other objects of the event still get their run; this one comes again
            {
                failure ??= e;
                log.Error($"The run of {drop.Url} failed and will be tried again: {e.Message}", ("request_id", invocation.RequestId), ("input", drop.Url), ("error", e.GetType().Name));
            }
        }
        return (item, results, failure);
    }

    private static MemoryStream Answer(EnvelopeKind kind, List<(EnvelopeItem Item, IReadOnlyList<RunResult> Results, Exception? Failure)> outcomes)
    {
        if (kind == EnvelopeKind.Queue)
        {
            var failed = outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = outcome.Item.MessageId ?? "" });
            return new(JsonSerializer.SerializeToUtf8Bytes(new SQSBatchResponse([.. failed]), FunctionJson.Answers.SQSBatchResponse), writable: false);
        }

        // Thrown as it is: Lambda shows its type and message, retries, and hands it to the failure queue in the end.
        if (outcomes.Select(outcome => outcome.Failure).FirstOrDefault(failure => failure is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);

        var results = outcomes.SelectMany(outcome => outcome.Results).ToList();
        if (kind == EnvelopeKind.Direct && results[0].Record is { } record) return new(RunRecordFile.ToJson(record), writable: false);
        var answer = new NotificationAnswer([.. results.Select(result => new NotificationAnswer.Result(
            result.Record is { } of ? $"s3://{of.Input.Bucket}/{of.Input.Key}" : "", result.Kind.ToString(), result.Record?.Status.ToString(), result.OutputUrl, result.Explanation))]);
        return new(JsonSerializer.SerializeToUtf8Bytes(answer, FunctionJson.Answers.NotificationAnswer), writable: false);
    }

    private void LogResult(DroppedObject drop, RunResult result, Invocation invocation)
    {
        var record = result.Kind == RunResultKind.Committed ? result.Record : null;
        log.Information(
            result.Explanation,
            ("request_id", invocation.RequestId), ("run_id", record?.RunId), ("input", result.Record is { } of ? $"s3://{of.Input.Bucket}/{of.Input.Key}" : drop.Url), ("output", result.OutputUrl),
            ("outcome", result.Kind), ("status", record?.Status), ("reason", record?.Reason),
            ("warnings", record?.Diagnostics?.Warnings), ("severe", record?.Diagnostics?.Severe),
            ("stage_ms", record?.TimingsMs.Stage), ("simulate_ms", record?.TimingsMs.Simulate), ("upload_ms", record?.TimingsMs.Upload), ("total_ms", record?.TimingsMs.Total),
            ("queued_ms", record?.TimingsMs.Queued), ("files", record?.Files.Count), ("result_bytes", record?.Files.Sum(file => file.SizeBytes)));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input)
    {
        using var buffer = new MemoryStream();
        await input.CopyToAsync(buffer);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
