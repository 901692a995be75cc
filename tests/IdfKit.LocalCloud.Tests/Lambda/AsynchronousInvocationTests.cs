using System.Text.Json.Nodes;

namespace IdfKit.LocalCloud.Tests;

public sealed class AsynchronousInvocationTests : FunctionTests
{
    [Fact]
    public async Task Enqueue_of_what_keeps_failing_is_tried_three_times_with_one_id_and_reaches_the_failure_file()
    {
        await using var lambda = await LocalLambda.StartAsync(Options with { FailureFile = Folder["failures", "f.jsonl"] }, Token);
        var id = lambda.Enqueue("""{"do":"fail"}""");
        await lambda.WhenIdleAsync(Token);

        Assert.Equal(3, (await LoggedAsync(3, line => line.StartsWith("start " + id, StringComparison.Ordinal))).Count);
        var failure = Assert.Single(lambda.Failures);
        Assert.Equal((id, "RetriesExhausted", 3), (failure.RequestId, failure.Condition, failure.InvokeCount));
        var record = JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(Folder["failures", "f.jsonl"], Token)))!;
        Assert.Equal("1.0", (string?)record["version"]);
        Assert.Equal(id, (string?)record["requestContext"]!["requestId"]);
        Assert.Equal(lambda.FunctionArn + ":$LATEST", (string?)record["requestContext"]!["functionArn"]);
        Assert.Equal("RetriesExhausted", (string?)record["requestContext"]!["condition"]);
        Assert.Equal(3, (int?)record["requestContext"]!["approximateInvokeCount"]);
        Assert.Equal("fail", (string?)record["requestPayload"]!["do"]);
        Assert.Equal("Unhandled", (string?)record["responseContext"]!["functionError"]);
        Assert.Equal("told to fail", (string?)record["responsePayload"]!["errorMessage"]);
    }

    [Fact]
    public async Task Enqueue_of_what_fails_once_succeeds_on_the_retry()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        var ended = new List<InvocationResult>();
        lambda.InvocationCompleted += (_, result) => ended.Add(result);
        lambda.Enqueue(new JsonObject { ["do"] = "fail-first", ["times"] = 1, ["folder"] = Folder.Path }.ToJsonString());
        await lambda.WhenIdleAsync(Token);

        var result = Assert.Single(ended);
        Assert.Equal((true, 2, "\"at last\""), (result.Succeeded, result.Attempts, result.Payload));
        Assert.Single(Directory.GetFiles(Folder.Path).Select(File.ReadAllText).Distinct());
        Assert.Empty(lambda.Failures);
    }

    [Fact]
    public async Task An_event_older_than_it_may_be_is_not_tried_again()
    {
        var options = Options with { MaxEventAge = TimeSpan.FromMinutes(1), RetryDelays = [TimeSpan.FromMinutes(2)] };
        await using var lambda = await LocalLambda.StartAsync(options, Token);
        lambda.Enqueue("""{"do":"fail"}""");
        await lambda.WhenIdleAsync(Token);
        Assert.Equal(("EventAgeExceeded", 1), (lambda.Failures.Single().Condition, lambda.Failures.Single().InvokeCount));
    }

    [Fact]
    public async Task A_crash_counts_as_an_attempt_and_the_queue_goes_on()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        lambda.Enqueue("""{"do":"crash"}""");
        lambda.Enqueue("{}");
        await lambda.WhenIdleAsync(Token);
        Assert.Equal(3, lambda.Failures.Single().InvokeCount);
        Assert.Contains("exit status 7", lambda.Failures.Single().ResponsePayload, StringComparison.Ordinal);
        Assert.Equal(0, lambda.Pending);
    }

    [Fact]
    public async Task WhenIdle_with_nothing_queued_is_complete()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        Assert.True(lambda.WhenIdleAsync(Token).IsCompletedSuccessfully);
    }
}
