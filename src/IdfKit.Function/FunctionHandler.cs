using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

using IdfKit.Drops;
using IdfKit.Function.Events;
using IdfKit.Runs;

namespace IdfKit.Function;

/// <summary>
/// An invocation: the event's objects become runs, what was learnt becomes log lines, and the answer is what the caller
/// reads.
/// </summary>
/// <param name="dispatcher">Runs what was dropped.</param>
/// <param name="log">Where the lines go.</param>
/// <param name="time">The clock.</param>
/// <param name="concurrency">How many objects of one event run at a time.</param>
/// <param name="failureQueue">The ARN of the queue whose messages were given up; null: none is known.</param>
internal sealed class FunctionHandler(
    DropDispatcher dispatcher, JsonLog log, TimeProvider time, int concurrency = 1, string? failureQueue = null)
{
    private readonly RunLog _runs = new(log);
    private int _invocations;

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var call = new LogScope(context.AwsRequestId,
            string.IsNullOrEmpty(context.TraceId) ? null : context.TraceId,
            context.FunctionName, Interlocked.Increment(ref _invocations) == 1);
        var delivery = new Delivery(context.AwsRequestId, time.GetUtcNow() + context.RemainingTime, context.FunctionVersion)
        {
            MemoryMegabytes = context.MemoryLimitInMB > 0 ? context.MemoryLimitInMB : null
        };
        EventEnvelope envelope;
        var json = await ReadAsync(input);
        if (StudyEvent.Read(json) is { } study) return await AnswerAsync(study, delivery, call);
        try { envelope = EventEnvelope.Parse(json, failureQueue); }
        catch (UnknownEventException e)
        {
            log.Error(e.Message, ("request_id", context.AwsRequestId), ("trace_id", call.TraceId));
            throw;
        }
        if (envelope.Items.All(item => item.Objects.Count == 0 && item.Fault is null))
            log.Information("Nothing to run: a test event, or one that creates no object.", ("request_id", context.AwsRequestId));

        RemoveAbandoned(call);
        return Answer(envelope.Kind, await RunAsync(envelope, delivery, call));
    }

    /// <summary>Objects run side by side; those of one key in the order of the event.</summary>
    private async Task<List<(EnvelopeItem Item, IReadOnlyList<RunResult> Results, Exception? Failure)>> RunAsync(
        EventEnvelope envelope, Delivery delivery, LogScope call)
    {
        var drops = envelope.Items.SelectMany((item, at) => item.Objects.Select(drop => (Item: at, Drop: drop))).ToList();
        var outcomes = new (IReadOnlyList<RunResult> Results, Exception? Failure)[drops.Count];
        var keys = drops.Select((drop, at) => (drop.Drop.Url, At: at)).GroupBy(drop => drop.Url, drop => drop.At);
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (key, _) =>
        {
            foreach (var at in key) outcomes[at] = await RunAsync(drops[at].Drop, envelope.Items[drops[at].Item].Letter, delivery, call);
        });

        foreach (var item in envelope.Items)
            if (item.Fault is { } fault)
                log.Error(fault.Message, ("request_id", call.RequestId), ("trace_id", call.TraceId), ("message_id", item.MessageId));
        return [.. envelope.Items.Select((item, number) =>
        {
            var own = outcomes.Where((_, at) => drops[at].Item == number).ToList();
            return (item, (IReadOnlyList<RunResult>)[.. own.SelectMany(outcome => outcome.Results)], (Exception?)item.Fault
                ?? own.Select(outcome => outcome.Failure).FirstOrDefault(failure => failure is not null));
        })];
    }

    private async Task<(IReadOnlyList<RunResult> Results, Exception? Failure)> RunAsync(
        DroppedObject drop, DeadLetter? letter, Delivery delivery, LogScope call)
    {
        try
        {
            var results = letter is null
                ? await dispatcher.RunAsync(drop, delivery)
                : await GiveUpAsync(drop, letter, delivery);
            foreach (var result in results) _runs.Write(drop, result, call);
            return (results, null);
        }
        catch (Exception e) // the other objects of the event still get their run; this one comes again
        {
            if (letter is null) _runs.Write(drop, e, call);
            else _runs.WriteUnrecorded(drop, e, call);
            return ([], e);
        }
    }

    /// <summary>
    /// What the attempts at the event still hold is free: none of them lives. What another one holds is looked at again later, in
    /// case that one dies, too.
    /// </summary>
    private Task<IReadOnlyList<RunResult>> GiveUpAsync(DroppedObject drop, DeadLetter letter, Delivery delivery) => dispatcher.GiveUpAsync(
        drop, letter.WhyOf(drop), delivery with { RequestId = letter.RequestId ?? delivery.RequestId });

    private static MemoryStream Answer(
        EnvelopeKind kind, List<(EnvelopeItem Item, IReadOnlyList<RunResult> Results, Exception? Failure)> outcomes)
    {
        if (kind == EnvelopeKind.Queue)
        {
            var failed = outcomes.Where(outcome => outcome.Failure is not null)
                .Select(outcome => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = outcome.Item.MessageId ?? "" });
            return new(
                JsonSerializer.SerializeToUtf8Bytes(new SQSBatchResponse([.. failed]), FunctionJson.Answers.SQSBatchResponse),
                writable: false);
        }

        // Thrown as it is: Lambda shows its type and message, retries, and hands it to the failure queue in the end.
        if (outcomes.Select(outcome => outcome.Failure).FirstOrDefault(failure => failure is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);

        var results = outcomes.SelectMany(outcome => outcome.Results.Select(result => (Result: result, outcome.Item.Objects))).ToList();
        if (kind == EnvelopeKind.Direct && results[0].Result.Record is { } record)
            return new(RunRecordFile.ToJson(record), writable: false);
        var answer = new NotificationAnswer([.. results.Select(one => new NotificationAnswer.Result(
            InputOf(one.Result, one.Objects), one.Result.Kind.ToString(), one.Result.Record?.Status.ToString(), one.Result.OutputUrl,
            one.Result.Explanation))]);
        return new(JsonSerializer.SerializeToUtf8Bytes(answer, FunctionJson.Answers.NotificationAnswer), writable: false);
    }

    /// <summary>What was run, or was not, where that can be told; else empty.</summary>
    private static string InputOf(RunResult result, IReadOnlyList<DroppedObject> objects)
    {
        if (result.Record is { } record) return S3Url.Of(record.Input.Bucket, record.Input.Key);
        return objects is [var only] ? only.Url : "";
    }

    /// <summary>One of the three calls of studies: who makes it reads the answer, and repeats it when it fails.</summary>
    private async Task<Stream> AnswerAsync(JsonElement study, Delivery delivery, LogScope call)
    {
        RemoveAbandoned(call);
        try
        {
            var answer = await dispatcher.Studies.AnswerAsync(study, delivery, new RowLog(_runs, call));
            log.Information("Answered a call of a study.", ("request_id", call.RequestId), ("trace_id", call.TraceId),
                ("call", StudyCalls.KindOf(study)));
            return new MemoryStream(answer, writable: false);
        }
        catch (Exception e)
        {
            log.Error($"A call of a study failed: {e.Message}", ("request_id", call.RequestId), ("trace_id", call.TraceId),
                ("call", StudyCalls.KindOf(study)), ("error", e.GetType().Name));
            throw;
        }
    }

    private void RemoveAbandoned(LogScope call)
    {
        foreach (var folder in dispatcher.RemoveAbandoned())
            log.Warning(
                $"The folder '{folder}' of a run that crashed could not be removed; it takes up disk.",
                ("request_id", call.RequestId));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input)
    {
        using var buffer = new MemoryStream();
        await input.CopyToAsync(buffer);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
