using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using TestBed;

namespace IdfKit.AmazonLambda.Tests;

/// <summary>The stand-in's loop against a Runtime API that keeps to the documented protocol.</summary>
public sealed class LambdaBootstrapTests
{
    [Fact]
    public async Task Answer_is_posted_under_the_events_request_id()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input));
        loop.Api.Enqueue("id-1", """{"n":1}""");
        var post = await loop.Api.PostAsync();
        Assert.Equal(("POST", "/2018-06-01/runtime/invocation/id-1/response", """{"n":1}"""), (post.Method, post.Path, post.Text));
        Assert.Equal("/2018-06-01/runtime/invocation/next", loop.Api.Next!.Path);
        Assert.StartsWith("aws-lambda-dotnet/", loop.Api.Next.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_and_answers_share_one_connection()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input));
        foreach (var id in new[] { "a", "b", "c" })
        {
            loop.Api.Enqueue(id);
            await loop.Api.PostAsync();
        }
        Assert.Equal(1, loop.Api.Connections);
    }

    [Fact]
    public async Task Exception_is_posted_with_type_message_stack_and_cause_and_the_next_event_is_taken()
    {
        await using var loop = new RunningLoop((_, context) => context.AwsRequestId == "bad"
            ? throw new InvalidOperationException("no \"good\" ü", new IOException("disk"))
            : Task.FromResult<Stream>(new MemoryStream("fine"u8.ToArray())));
        loop.Api.Enqueue("bad");
        loop.Api.Enqueue("good");

        var post = await loop.Api.PostAsync();
        Assert.Equal("/2018-06-01/runtime/invocation/bad/error", post.Path);
        Assert.Equal("InvalidOperationException", post.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("application/vnd.aws.lambda.error+json", post.Headers["Content-Type"]);
        var error = JsonDocument.Parse(post.Body).RootElement;
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("no \"good\" ü", error.GetProperty("errorMessage").GetString());
        Assert.Contains(nameof(LambdaBootstrapTests), error.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("disk", error.GetProperty("cause").GetProperty("errorMessage").GetString());
        Assert.Equal("fine", (await loop.Api.PostAsync()).Text);
    }

    [Fact]
    public async Task Exception_is_posted_with_its_cause_for_XRay_on_one_header_line()
    {
        await using var loop = new RunningLoop((_, _) => throw new InvalidOperationException("no \"good\" ü\r\nX-Injected: 1"));
        loop.Api.Enqueue("bad");
        var post = await loop.Api.PostAsync();
        Assert.False(post.Headers.ContainsKey("X-Injected"));
        var cause = JsonDocument.Parse(post.Headers["Lambda-Runtime-Function-XRay-Error-Cause"]).RootElement;
        Assert.Equal(Environment.CurrentDirectory, cause.GetProperty("working_directory").GetString());
        var exception = Assert.Single(cause.GetProperty("exceptions").EnumerateArray());
        Assert.Equal(("InvalidOperationException", "no \"good\" ü\r\nX-Injected: 1"),
            (exception.GetProperty("type").GetString(), exception.GetProperty("message").GetString()));
        var frame = exception.GetProperty("stack")[0];
        Assert.Contains("<" + nameof(Exception_is_posted_with_its_cause_for_XRay_on_one_header_line) + ">",
            frame.GetProperty("label").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(nameof(LambdaBootstrapTests) + ".cs", frame.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.True(frame.GetProperty("line").GetInt32() > 0);
        Assert.Equal(frame.GetProperty("path").GetString(), cause.GetProperty("paths")[0].GetString());
    }

    [Fact]
    public async Task Cause_of_a_megabyte_is_left_out_and_the_error_is_posted()
    {
        await using var loop = new RunningLoop((_, _) => throw new LongException());
        loop.Api.Enqueue("bad");
        var post = await loop.Api.PostAsync();
        Assert.False(post.Headers.ContainsKey("Lambda-Runtime-Function-XRay-Error-Cause"));
        Assert.Contains("/invocation/bad/error", post.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failing_initializer_is_reported_and_ends_the_run_before_any_event()
    {
        await using var loop = new RunningLoop(
            (input, _) => Task.FromResult(input), () => throw new InvalidOperationException("IDFKIT_WORK_DIR"));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(loop.EndAsync);
        Assert.Equal("IDFKIT_WORK_DIR", thrown.Message);
        var post = await loop.Api.PostAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", post.Path);
        Assert.Equal("InvalidOperationException", JsonDocument.Parse(post.Body).RootElement.GetProperty("errorType").GetString());
        // The published packages name the type of an invocation's error only.
        Assert.False(post.Headers.ContainsKey("Lambda-Runtime-Function-Error-Type"));
        Assert.Null(loop.Api.Next);
    }

    [Fact]
    public async Task Initializer_that_says_false_ends_the_run_without_an_error()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input), () => Task.FromResult(false));
        await loop.EndAsync();
        Assert.Equal(0, loop.Api.Connections);
    }

    [Fact]
    public async Task Answer_of_six_megabytes_arrives_whole()
    {
        var answer = new byte[6 * 1024 * 1024];
        new Random(20).NextBytes(answer);
        await using var loop = new RunningLoop((_, _) => Task.FromResult<Stream>(new MemoryStream(answer)));
        loop.Api.Enqueue("big");
        Assert.True((await loop.Api.PostAsync()).Body.AsSpan().SequenceEqual(answer));
    }

    [Fact]
    public async Task Context_tells_the_events_deadline_trace_and_function()
    {
        ILambdaContext? seen = null;
        string? trace = null;
        await using var loop = new RunningLoop((input, context) =>
        {
            (seen, trace) = (context, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult(input);
        });
        loop.Api.Enqueue("late", deadline: DateTimeOffset.UtcNow.AddMinutes(-1));
        await loop.Api.PostAsync();
        Assert.InRange(seen!.RemainingTime, TimeSpan.FromHours(-1), TimeSpan.FromMinutes(-1));

        loop.Api.Enqueue("early", deadline: DateTimeOffset.UtcNow.AddHours(1), traceId: "Root=1-2-3;Parent=4;Sampled=1");
        await loop.Api.PostAsync();
        Assert.InRange(seen.RemainingTime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.Equal(("early", "Root=1-2-3;Parent=4;Sampled=1"), (seen.AwsRequestId, seen.TraceId));
        Assert.Equal(seen.TraceId, trace);
        Assert.Equal("arn:aws:lambda:eu-central-1:123456789012:function:idfkit", seen.InvokedFunctionArn);
    }

    [Fact]
    public async Task Runtime_api_that_hangs_up_ends_the_run_with_an_error()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input));
        // The client asks again by itself when a connection closes before an answer; it gives up after a few.
        for (var i = 0; i < 10; i++) loop.Api.EnqueueHangup();
        await Assert.ThrowsAsync<HttpRequestException>(loop.EndAsync);
    }

    [Fact]
    public async Task Runtime_api_that_refuses_the_answer_ends_the_run_with_its_status()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input));
        loop.Api.PostStatus = "413 Payload Too Large";
        loop.Api.Enqueue("id");
        Assert.Equal(413, (await Assert.ThrowsAsync<RuntimeApiClientException>(loop.EndAsync)).StatusCode);
    }

    [Fact]
    public async Task Cancel_while_waiting_ends_the_run_quietly()
    {
        await using var loop = new RunningLoop((input, _) => Task.FromResult(input));
        loop.Api.Enqueue("id");
        await loop.Api.PostAsync();
        loop.Cancel();
        await loop.EndAsync();
    }

    [Fact]
    public async Task Cancel_while_the_handler_runs_still_posts_its_answer()
    {
        RunningLoop? running = null;
        await using var loop = running = new RunningLoop((_, _) =>
        {
            running!.Cancel();
            return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes("done")));
        });
        loop.Api.Enqueue("id");
        Assert.Equal("done", (await loop.Api.PostAsync()).Text);
        await loop.EndAsync();
    }

    [Fact]
    public void Bootstrap_outside_Lambda_names_the_variable_that_is_missing()
    {
        Needs.That(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is null, Needs.OutsideLambda);
        var thrown = Assert.Throws<InvalidOperationException>(
            () => LambdaBootstrapBuilder.Create((Stream input) => Task.FromResult(input)).Build());
        Assert.Contains("AWS_LAMBDA_RUNTIME_API", thrown.Message, StringComparison.Ordinal);
    }

    private sealed class LongException() : Exception(new string('x', 1024 * 1024))
    {
        // Logged as this, for the sake of who reads the tests' output.
        public override string ToString() => nameof(LongException);
    }
}
