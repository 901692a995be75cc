using System.Text.Json.Nodes;

namespace IdfKit.LocalCloud.Tests;

public sealed class LocalLambdaTests : FunctionTests
{
    [Fact]
    public async Task Invoke_answers_with_what_the_function_answers()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        var result = await lambda.InvokeAsync("""{"ü":"1 + 1"}""", Token);
        Assert.Equal("""{"ü":"1 + 1"}""", result.Payload);
        Assert.True(result.Succeeded);
        Assert.Equal(1, result.Attempts);
        Assert.NotEmpty(await LoggedAsync(1, line => line.StartsWith("start " + result.RequestId, StringComparison.Ordinal)));
        Assert.Single(lambda.InitDurations);
    }

    [Fact]
    public async Task Next_carries_the_headers_of_the_documented_protocol()
    {
        await using var lambda = await LocalLambda.StartAsync(Options with { Timeout = TimeSpan.FromSeconds(100) }, Token);
        var before = DateTimeOffset.UtcNow;
        var result = await lambda.InvokeAsync("""{"do":"headers"}""", Token);
        var headers = JsonNode.Parse(result.Payload)!;
        Assert.Equal(result.RequestId, headers["Lambda-Runtime-Aws-Request-Id"]!.GetValue<string>());
        Assert.Equal(lambda.FunctionArn, headers["Lambda-Runtime-Invoked-Function-Arn"]!.GetValue<string>());
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$",
            headers["Lambda-Runtime-Trace-Id"]!.GetValue<string>());
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(headers["Lambda-Runtime-Deadline-Ms"]!.GetValue<string>()));
        Assert.InRange(deadline, before.AddSeconds(99), DateTimeOffset.UtcNow.AddSeconds(101));
    }

    [Fact]
    public async Task Environment_is_Lambdas_and_the_callers_and_not_this_process()
    {
        Environment.SetEnvironmentVariable("OF_THIS_PROCESS_ONLY", "somebody");
        var options = Options with
        {
            MemoryMegabytes = 1769,
            Environment = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "mine", ["IDFKIT_ANNUAL"] = "true" },
        };
        await using var lambda = await LocalLambda.StartAsync(options, Token);
        var seen = JsonNode.Parse((await lambda.InvokeAsync("""{"do":"environment"}""", Token)).Payload)!.AsObject();
        Assert.Equal("1769", (string?)seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("idfkit", (string?)seen["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal("$LATEST", (string?)seen["AWS_LAMBDA_FUNCTION_VERSION"]);
        Assert.Equal("mine", (string?)seen["AWS_ACCESS_KEY_ID"]);
        Assert.Equal("true", (string?)seen["IDFKIT_ANNUAL"]);
        Assert.Equal(Path.GetDirectoryName(Bootstrap), (string?)seen["LAMBDA_TASK_ROOT"]);
        Assert.False(seen.ContainsKey("OF_THIS_PROCESS_ONLY"));
        Assert.NotEqual(Path.GetTempPath(), (string?)seen["TMPDIR"]);
        Assert.Equal((string?)seen["TMPDIR"], (string?)seen["IDFKIT_WORK_DIR"]);
    }

    [Fact]
    public async Task Invoke_of_a_failing_function_is_an_error_and_is_not_retried()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        var result = await lambda.InvokeAsync("""{"do":"fail"}""", Token);
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal(1, result.Attempts);
        Assert.Equal("told to fail", (string?)JsonNode.Parse(result.Payload)!["errorMessage"]);
        Assert.Empty(lambda.Failures);
    }

    [Theory]
    [InlineData("crash", "exit status 7")]
    [InlineData("killed", "signal: killed")]
    public async Task A_process_that_dies_fails_its_invocation_and_the_next_one_meets_a_new_process(string how, string message)
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        var result = await lambda.InvokeAsync($$"""{"do":"{{how}}"}""", Token);
        Assert.Contains(message, result.Payload, StringComparison.Ordinal);
        Assert.Contains("Runtime.ExitError", result.Payload, StringComparison.Ordinal);
        Assert.True((await lambda.InvokeAsync("{}", Token)).Succeeded);
        Assert.Equal(2, (await LoggedAsync(2, line => line.StartsWith("init ", StringComparison.Ordinal))).Count);
    }

    [Fact]
    public async Task An_invocation_past_its_deadline_is_killed_with_all_its_children_and_has_failed()
    {
        var child = Folder["child"];
        await using var lambda = await LocalLambda.StartAsync(Options with { Timeout = TimeSpan.FromSeconds(10) }, Token);
        var result = await lambda.InvokeAsync(new JsonObject { ["do"] = "spawn-and-hang", ["file"] = child }.ToJsonString(), Token);
        Assert.Contains("Task timed out after 10.00 seconds", result.Payload, StringComparison.Ordinal);
        await GoneAsync(int.Parse(await File.ReadAllTextAsync(child, Token)));
        Assert.True((await lambda.InvokeAsync("{}", Token)).Succeeded);
    }

    [Fact]
    public async Task What_a_crashed_process_leaves_behind_is_ended()
    {
        var child = Folder["child"];
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        await lambda.InvokeAsync(new JsonObject { ["do"] = "spawn-and-crash", ["file"] = child }.ToJsonString(), Token);
        await GoneAsync(int.Parse(await File.ReadAllTextAsync(child, Token)));
    }

    [Fact]
    public async Task Concurrency_gives_every_process_one_invocation_at_a_time()
    {
        await using var lambda = await LocalLambda.StartAsync(Options with { Concurrency = 2 }, Token);
        var results = await Task.WhenAll(
            lambda.InvokeAsync("""{"do":"sleep","milliseconds":300}""", Token),
            lambda.InvokeAsync("""{"do":"sleep","milliseconds":300}""", Token));
        Assert.NotEqual(results[0].Payload, results[1].Payload);
        Assert.Equal(2, lambda.InitDurations.Count);
    }

    [Fact]
    public async Task An_answer_over_six_megabytes_is_refused_and_the_invocation_has_failed()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        var result = await lambda.InvokeAsync("""{"do":"big","bytes":6300000}""", Token);
        Assert.Contains("Function.ResponseSizeTooLarge", result.Payload, StringComparison.Ordinal);
        Assert.True((await lambda.InvokeAsync("""{"do":"big","bytes":6000000}""", Token)).Succeeded);
        Assert.NotEmpty(await LoggedAsync(1, line => line == "big RequestEntityTooLarge"));
    }

    [Fact]
    public async Task An_answer_to_an_unknown_id_is_forbidden()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        Assert.Equal("403", (await lambda.InvokeAsync("""{"do":"wrong-id"}""", Token)).Payload);
    }

    [Fact]
    public async Task Dispose_leaves_no_process_and_cancels_what_is_awaited()
    {
        var lambda = await LocalLambda.StartAsync(Options, Token);
        var process = int.Parse((await LoggedAsync(1, _ => true)).Single()["init ".Length..]);
        var hanging = lambda.InvokeAsync("""{"do":"hang"}""", Token);
        Assert.True(IsRunning(process));
        await lambda.DisposeAsync();
        Assert.False(IsRunning(process));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Throws<ObjectDisposedException>(() => lambda.Enqueue("{}"));
        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpClient().GetAsync(lambda.Endpoint, Token));
    }
}
