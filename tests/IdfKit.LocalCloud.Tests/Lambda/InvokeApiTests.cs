using System.Net;
using System.Text;

using Amazon.S3;

using IdfKit.LocalCloud.Lambda;

namespace IdfKit.LocalCloud.Tests;

public sealed class InvokeApiTests : FunctionTests
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task Invoke_over_http_answers_and_marks_errors()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var good = await PostAsync(lambda, "2015-03-31/functions/idfkit/invocations", "{\"a\":1}");
        Assert.Equal((HttpStatusCode.OK, "{\"a\":1}"), (good.StatusCode, await good.Content.ReadAsStringAsync(Token)));
        Assert.False(good.Headers.Contains("X-Amz-Function-Error"));
        using var bad = await PostAsync(
            lambda, $"2015-03-31/functions/{Uri.EscapeDataString(lambda.FunctionArn)}/invocations", """{"do":"fail"}""");
        Assert.Equal(HttpStatusCode.OK, bad.StatusCode);
        Assert.Equal("Unhandled", bad.Headers.GetValues("X-Amz-Function-Error").Single());
    }

    [Fact]
    public async Task Event_over_http_is_accepted_before_it_runs()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var answer = await PostAsync(lambda, "2015-03-31/functions/idfkit/invocations", """{"do":"fail"}""", "Event");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await lambda.WhenIdleAsync(Token);
        Assert.Equal(answer.Headers.GetValues("x-amzn-RequestId").Single(), lambda.Failures.Single().RequestId);
    }

    [Theory]
    [InlineData("2015-03-31/functions/other/invocations", "{}", HttpStatusCode.NotFound)]
    [InlineData("2015-03-31/functions/idfkit/invocations", "{no json", HttpStatusCode.BadRequest)]
    [InlineData("elsewhere", "{}", HttpStatusCode.NotFound)]
    public async Task Invoke_over_http_refuses_what_Lambda_refuses(string path, string body, HttpStatusCode status)
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var answer = await PostAsync(lambda, path, body);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Tail_of_the_log_is_that_of_the_invocation_and_the_client_context_reaches_the_function()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var other = await PostAsync(lambda, "2015-03-31/functions/idfkit/invocations", """{"other":1}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lambda.Endpoint, "2015-03-31/functions/idfkit/invocations"))
        {
            Content = new StringContent("""{"do":"headers"}""", Encoding.UTF8),
        };
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        request.Headers.Add("X-Amz-Client-Context", Convert.ToBase64String("{\"custom\":\n{\"who\":\"ü\"}}"u8));
        using var answer = await _http.SendAsync(request, Token);
        var headers = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        var context = System.Text.Json.Nodes.JsonNode.Parse((string)headers["Lambda-Runtime-Client-Context"]!)!;
        Assert.Equal("ü", (string?)context["custom"]!["who"]);
        var log = Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers.GetValues("X-Amz-Log-Result").Single()));
        var id = answer.Headers.GetValues("x-amzn-RequestId").Single();
        Assert.StartsWith($"START RequestId: {id} Version: $LATEST\nstart {id} ", log, StringComparison.Ordinal);
        Assert.Contains($"\nEND RequestId: {id}\nREPORT RequestId: {id}\tDuration: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("other", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no base64")]
    [InlineData("MQ==")] // 1
    public async Task Client_context_that_is_no_object_is_refused(string context)
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lambda.Endpoint, "2015-03-31/functions/idfkit/invocations"));
        request.Headers.TryAddWithoutValidation("X-Amz-Client-Context", context);
        using var answer = await _http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("2015-03-31/functions/", HttpStatusCode.OK, "Functions")]
    [InlineData("2015-03-31/functions/idfkit", HttpStatusCode.OK, "Configuration")]
    [InlineData("2015-03-31/functions/idfkit/configuration", HttpStatusCode.OK, "FunctionArn")]
    [InlineData("2015-03-31/functions/other", HttpStatusCode.NotFound, "message")]
    public async Task The_function_is_described_as_Lambda_does(string path, HttpStatusCode status, string member)
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var answer = await _http.GetAsync(new Uri(lambda.Endpoint, path), Token);
        Assert.Equal(status, answer.StatusCode);
        Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))![member]);
    }

    [Fact] // "nothing is stored there"
    public async Task A_client_of_S3_that_has_this_address_is_told_that_the_bucket_has_another()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var s3 = new AmazonS3Client("local", "secret", new AmazonS3Config
        {
            ServiceURL = lambda.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        });
        var refused = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.ListObjectsV2Async(new() { BucketName = "local" }, Token));
        Assert.Equal("NotTheAddressOfTheBucket", refused.ErrorCode);
        Assert.Contains("the bucket has another, which 'idfkit dev' prints behind Endpoint.", refused.Message, StringComparison.Ordinal);
    }

    [Fact] // "No such operation"
    public async Task A_presigned_address_of_S3_that_leads_here_is_answered_so_too()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        const string Signed = "local/a?X-Amz-Credential=local%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
        using var answer = await _http.GetAsync(new Uri(lambda.Endpoint, Signed), Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Contains("NotTheAddressOfTheBucket", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_invocation_makes_no_folder_anew_that_was_removed()
    {
        using var folder = new TestBed.TemporaryFolder();
        var failures = new FailureDestination(folder["b", "failures.jsonl"]);
        failures.Add(new("1", "RetriesExhausted", 3, "", "", "first"));
        Assert.Equal("first\n", await File.ReadAllTextAsync(folder["b", "failures.jsonl"], Token));
        Directory.Delete(folder["b"], recursive: true);
        failures.Add(new("2", "RetriesExhausted", 3, "", "", "second"));
        Assert.False(Directory.Exists(folder["b"]));
        Assert.Equal(2, failures.All.Count);
    }

    [Fact]
    public async Task A_pushed_event_is_queued_once_and_the_connection_closed()
    {
        await using var lambda = await LocalLambda.StartAsync(Options, Token);
        using var content = new StringContent("""{"pushed":1}""", Encoding.UTF8);
        using var answer = await _http.PostAsync(lambda.EventsEndpoint, content, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.ConnectionClose);
        await lambda.WhenIdleAsync(Token);
        Assert.Single(await LoggedAsync(1, line => line.EndsWith("""{"pushed":1}""", StringComparison.Ordinal)));
    }

    private Task<HttpResponseMessage> PostAsync(LocalLambda lambda, string path, string body, string? type = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lambda.Endpoint, path))
        {
            Content = new StringContent(body, Encoding.UTF8)
        };
        if (type is not null) request.Headers.Add("X-Amz-Invocation-Type", type);
        return _http.SendAsync(request, Token);
    }
}
