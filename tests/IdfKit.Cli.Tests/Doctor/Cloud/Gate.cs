using System.Net;
using TestBed;

namespace IdfKit.Cli.Tests.Doctor.Cloud;

/// <summary>
/// A question as the gate sees it: <c>lambda</c>, <c>GET /2015-03-31/functions/x</c>; <c>iam</c>,
/// <c>SimulatePrincipalPolicy</c>.
/// </summary>
internal sealed record Question(string Service, string Action, string Body)
{
    public bool Is(string service, string action) => Service == service && Action == action;
}

/// <summary>What the gate says in the server's place.</summary>
internal sealed record Said(int Status, string Body, string Type = "application/json");

/// <summary>
/// Stands before a server of many services, denies or answers what it is told to, and lets everything else pass. The
/// server behind it must not check signatures.
/// </summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly Uri? _server;
    private readonly Func<Question, Said?> _script;
    private readonly Task _serving;

    /// <param name="server">Null: what the script leaves is denied.</param>
    /// <param name="script">Null lets a question pass.</param>
    public Gate(Uri? server, Func<Question, Said?> script)
    {
        (_server, _script) = (server, script);
        Url = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>As each service words it.</summary>
    public static Said Denied(Question question) => question.Service switch
    {
        "s3" => new Said(403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "application/xml"),
        "lambda" or "sqs" or "events" or "kms" or "servicequotas" => new Said(
            question.Service == "lambda" ? 403 : 400,
            """{"__type":"com.amazon#AccessDeniedException","Message":"User is not authorized"}"""),
        _ => new Said(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not "
            + "authorized</Message></Error></ErrorResponse>", "text/xml"),
    };

    public async ValueTask DisposeAsync()
    {
        // Its port may be another test's already, and .NET looks for it once more while it lets go.
        try { _listener.Stop(); }
        catch (HttpListenerException) { _listener.Abort(); }
        await _serving;
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try { call = await _listener.GetContextAsync(); }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException) { return; }
            await AnswerAsync(call);
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        using var content = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(content);
        var question = QuestionOf(call.Request, System.Text.Encoding.UTF8.GetString(content.ToArray()));
        var said = _script(question) ?? (_server is null ? Denied(question) : null);
        if (said is not null)
        {
            call.Response.StatusCode = said.Status;
            call.Response.ContentType = said.Type;
            await call.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(said.Body));
        }
        else await PassAsync(call, content.ToArray());
        call.Response.Close();
    }

    private async Task PassAsync(HttpListenerContext call, byte[] content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Request.HttpMethod), new Uri(_server!, call.Request.RawUrl))
        {
            Content = new ByteArrayContent(content)
        };
        var names = call.Request.Headers.AllKeys.OfType<string>();
        foreach (var name in names.Where(name => name is not ("Host" or "Content-Length" or "Expect")))
            if (!request.Headers.TryAddWithoutValidation(name, call.Request.Headers[name]))
                request.Content.Headers.TryAddWithoutValidation(name, call.Request.Headers[name]);
        using var answer = await _client.SendAsync(request);
        call.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
            call.Response.Headers[name] = string.Join(',', values);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode is not HttpStatusCode.NoContent) await call.Response.OutputStream.WriteAsync(body);
    }

    private static Question QuestionOf(HttpListenerRequest request, string body)
    {
        var scope = (request.Headers["Authorization"] ?? "").Split("Credential=")[^1].Split('/');
        var service = scope.Length > 3 ? scope[3] : "";
        var action = request.Headers["X-Amz-Target"]?.Split('.')[^1]
            ?? body.Split('&').FirstOrDefault(field => field.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..]
            ?? $"{request.HttpMethod} {request.RawUrl}";
        return new Question(service, service is "s3" or "lambda" ? $"{request.HttpMethod} {request.RawUrl}" : action, body);
    }
}
