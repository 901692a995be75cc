using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// AWS Batch as far as a state machine asks it: an array job that is submitted runs its children here, side by side. moto's interpreter
/// hands boto3 the parameters of <c>batch:submitJob</c> as they stand in the definition, which boto3 does not know; so the machine calls
/// a function with them in Batch's place, which is answered when the array has ended.
/// </summary>
/// <param name="run">Runs child <c>index</c> of a job to its last attempt; whether it succeeded.</param>
internal sealed class BatchJobs(Func<SubmittedJob, int, Task<bool>> run)
{
    private const string Name = "batch-array", Submit = "arn:aws:states:::batch:submitJob.sync";

    private readonly ConcurrentQueue<SubmittedJob> _submitted = new();

    public IEnumerable<SubmittedJob> Submitted => _submitted;

    /// <summary>The machine with that call in the place of Batch's.</summary>
    public static JsonObject InPlace(JsonObject machine)
    {
        var submitting = machine["States"]!.AsObject().Select(state => state.Value!.AsObject())
            .Single(state => (string?)state["Resource"] == Submit);
        submitting["Resource"] = "arn:aws:states:::lambda:invoke";
        submitting["Parameters"] = new JsonObject { ["FunctionName"] = Name, ["Payload"] = submitting["Parameters"]!.DeepClone() };
        foreach (var (name, path) in submitting["ResultSelector"]!.AsObject().ToList())
            submitting["ResultSelector"]![name] = ((string)path!).Replace("$.", "$.Payload.", StringComparison.Ordinal);
        return machine;
    }

    /// <summary>Answers a request that is that call; false for any other.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context, byte[] body)
    {
        if (context.Request.Path.Value != $"/2015-03-31/functions/{Name}/invocations") return false;
        var request = JsonNode.Parse(body)!;
        var job = new SubmittedJob(
            (string)request["JobName"]!, (string)request["JobQueue"]!, (string)request["JobDefinition"]!,
            (int)request["ArrayProperties"]!["Size"]!, request["Parameters"].Deserialize<Dictionary<string, string>>()!);
        _submitted.Enqueue(job);
        var ended = await Task.WhenAll(Enumerable.Range(0, job.Size).Select(index => run(job, index)));
        var hasSucceeded = ended.All(succeeded => succeeded);
        if (!hasSucceeded) context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
        var answer = hasSucceeded
            ? new JsonObject { ["JobId"] = Guid.NewGuid().ToString(), ["Status"] = "SUCCEEDED" }
            : new JsonObject { ["errorType"] = "Batch.JobFailed", ["errorMessage"] = "Array Child Job failed" };
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()), CancellationToken.None);
        return true;
    }
}

/// <summary>What a state machine asked Batch for.</summary>
internal sealed record SubmittedJob(
    string Name, string Queue, string Definition, int Size, IReadOnlyDictionary<string, string> Parameters);
