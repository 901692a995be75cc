using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>The Runtime API of one function process, version 2018-06-01
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).</summary>
internal sealed class RuntimeApi(
    FunctionInstance instance, InvocationQueue queue, string functionArn,
    TimeSpan timeout, Func<Invocation, bool> dropIfTooOld, TimeProvider time)
{
    /// <summary>Lambda's limit for an answer: 6 MB and 100 bytes.</summary>
    public const int MaxAnswerBytes = 6 * 1024 * 1024 + 100;
    private const string Version = "/2018-06-01/runtime/";

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Version, StringComparison.Ordinal)) return ErrorAsync(context, 404, "NotFound", "No such path: " + path);
        var segments = path[Version.Length..].Split('/');
        return (context.Request.Method, segments) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context),
            ("POST", ["invocation", var id, "response"]) => AnswerAsync(context, id),
            ("POST", ["invocation", var id, "error"]) => FailAsync(context, id),
            ("POST", ["init", "error"]) => InitErrorAsync(context),
            _ => ErrorAsync(context, 404, "NotFound", $"No such operation: {context.Request.Method} {path}"),
        };
    }

    private async Task NextAsync(HttpContext context)
    {
        instance.AskedForWork();
        if (instance.IsBusy)
        {
            await ErrorAsync(context, 403, "InvalidStateTransition", "The process asked for work before it answered the last invocation.");
            return;
        }
        var processGone = instance.ProcessGone;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, processGone);
        var invocation = await queue.TakeAsync(gone.Token);
        while (dropIfTooOld(invocation)) invocation = await queue.TakeAsync(gone.Token);
        if (context.RequestAborted.IsCancellationRequested || !instance.TryBegin(invocation, processGone))
        {
            // The process ended while it waited; the event has not been seen by anybody.
            queue.Ready(invocation);
            context.Abort();
            return;
        }
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            (time.GetUtcNow() + timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = functionArn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        if (invocation.ClientContext.Length > 0) headers["Lambda-Runtime-Client-Context"] = invocation.ClientContext;
        headers.ContentType = "application/json";
        headers.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, string id)
    {
        if (!instance.IsCurrent(id))
        {
            await UnknownIdAsync(context, id);
            return;
        }
        if (await ReadBodyAsync(context) is not { } answer)
        {
            instance.TryEnd(id, AttemptOutcome.TooLarge(MaxAnswerBytes));
            await ErrorAsync(context, 413, "RequestEntityTooLarge",
                string.Create(CultureInfo.InvariantCulture, $"Exceeded maximum allowed payload size ({MaxAnswerBytes} bytes)."));
            return;
        }
        await AcknowledgeAsync(context, id, AttemptOutcome.Answer(answer));
    }

    private async Task FailAsync(HttpContext context, string id)
    {
        var error = await ReadBodyAsync(context) ?? "";
        await AcknowledgeAsync(context, id, AttemptOutcome.FunctionError(WithType(error, context)));
    }

    private async Task InitErrorAsync(HttpContext context)
    {
        var error = await ReadBodyAsync(context) ?? "";
        instance.InitFailed(WithType(error, context));
        await AcceptedAsync(context);
    }

    private async Task AcknowledgeAsync(HttpContext context, string id, AttemptOutcome outcome)
    {
        if (instance.TryEnd(id, outcome)) await AcceptedAsync(context);
        else await UnknownIdAsync(context, id);
    }

    /// <summary>Null when it is too large; then the rest is left unread.</summary>
    private static async Task<string?> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxAnswerBytes) return null;
            body.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>A runtime may post an error without a body; its type then stands in a header.</summary>
    private static string WithType(string error, HttpContext context)
    {
        var type = context.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString();
        return error.Length > 0 || type.Length == 0
            ? error
            : new JsonObject { ["errorType"] = type, ["errorMessage"] = "" }.ToJsonString(ReadableJson.Options);
    }

    private static Task UnknownIdAsync(HttpContext context, string id) =>
        ErrorAsync(context, 403, "InvalidRequestID", $"Request id {id} is not the invocation that this process works on.");

    private static Task AcceptedAsync(HttpContext context) => JsonAsync(context, 202, new JsonObject { ["status"] = "OK" });

    private static Task ErrorAsync(HttpContext context, int status, string type, string message) =>
        JsonAsync(context, status, new JsonObject { ["errorMessage"] = message, ["errorType"] = type });

    private static async Task JsonAsync(HttpContext context, int status, JsonObject body)
    {
        var bytes = ReadableJson.Bytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
