using System.Net;
using System.Text;

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
