using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IdfKit.LocalCloud.Hosting;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>
/// Lambda's Invoke operation (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html), what it says of its function, and
/// <c>POST /events</c> for servers that push S3 events (Ceph RGW).
/// </summary>
internal sealed class InvokeApi(LocalLambda lambda)
{
    private const string Functions = "/2015-03-31/functions/";
    private const string Invocations = "/invocations";
    private const int MaxPayloadBytes = 6 * 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await OtherService.RefusesS3Async(context)) await RouteAsync(context, context.Request.Path.Value ?? "");
    }

    private Task RouteAsync(HttpContext context, string path)
    {
        if (context.Request.Method == "GET" && path.StartsWith(Functions[..^1], StringComparison.Ordinal))
            return FunctionDescription.AnswerAsync(context, lambda, Uri.UnescapeDataString(path[(Functions.Length - 1)..].Trim('/')));
        if (context.Request.Method == "POST" && path.TrimEnd('/') is "/events" or "") return PushAsync(context);
        return context.Request.Method == "POST"
            && path.StartsWith(Functions, StringComparison.Ordinal)
            && path.EndsWith(Invocations, StringComparison.Ordinal)
            ? InvokeAsync(context, Uri.UnescapeDataString(path[Functions.Length..^Invocations.Length]))
            : ErrorAsync(context, 404, "ResourceNotFoundException", $"No such operation: {context.Request.Method} {path}");
    }

    /// <summary>Any body is queued as it is: a function must stand whatever a server pushes.</summary>
    private async Task PushAsync(HttpContext context)
    {
        // RGW reuses a connection only until the listener restarts, and then loses an event.
        context.Response.Headers.Connection = "close";
        if (await ReadBodyAsync(context) is not { } payload)
        {
            await ErrorAsync(context, 413, "RequestTooLargeException", "The event is larger than 6 MB.");
            return;
        }
        context.Response.Headers["x-amzn-RequestId"] = lambda.Enqueue(payload, Trace(context), clientContext: "");
        context.Response.ContentLength = 0;
    }

    private async Task InvokeAsync(HttpContext context, string function)
    {
        if (!lambda.IsNamed(function))
        {
            await ErrorAsync(context, 404, "ResourceNotFoundException",
                $"Function not found: {function}; this one is {lambda.FunctionArn}.");
            return;
        }
        if (await ReadBodyAsync(context) is not { } payload)
        {
            await ErrorAsync(context, 413, "RequestTooLargeException", "The event is larger than 6 MB.");
            return;
        }
        if (payload.Length == 0) payload = "{}"u8.ToArray();
        if (!IsJson(payload))
        {
            await ErrorAsync(context, 400, "InvalidRequestContentException", "Could not parse request body into json.");
            return;
        }
        if (ClientContext.Read(context.Request.Headers["X-Amz-Client-Context"].ToString()) is not { } clientContext)
        {
            await ErrorAsync(context, 400, "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.");
            return;
        }
        var type = context.Request.Headers["X-Amz-Invocation-Type"].ToString();
        switch (type)
        {
            case "Event":
                context.Response.Headers["x-amzn-RequestId"] = lambda.Enqueue(payload, Trace(context), clientContext);
                context.Response.StatusCode = 202;
                context.Response.ContentLength = 0;
                break;
            case "DryRun":
                context.Response.StatusCode = 204;
                break;
            case "" or "RequestResponse":
                await AnswerAsync(context, await lambda.InvokeAsync(payload, Trace(context), clientContext, context.RequestAborted));
                break;
            default:
                await ErrorAsync(context, 400, "InvalidParameterValueException", $"Unknown X-Amz-Invocation-Type: {type}.");
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, InvocationResult result)
    {
        var headers = context.Response.Headers;
        headers["x-amzn-RequestId"] = result.RequestId;
        headers["X-Amz-Executed-Version"] = "$LATEST";
        if (result.FunctionError is not null) headers["X-Amz-Function-Error"] = result.FunctionError;
        if (context.Request.Headers["X-Amz-Log-Type"] == "Tail")
            headers["X-Amz-Log-Result"] = await lambda.Logs.TailAsync(result.RequestId, context.RequestAborted);
        headers.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(result.Payload), context.RequestAborted);
    }

    private static string? Trace(HttpContext context) => context.Request.Headers["X-Amzn-Trace-Id"] is [{ Length: > 0 } id] ? id : null;

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxPayloadBytes) return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static bool IsJson(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return true;
        }
        catch (JsonException)
        {
            // The answer to the question.
            return false;
        }
    }

    internal static async Task ErrorAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-ErrorType"] = type;
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString(); // Step Functions puts it into a failure's cause
        var body = new JsonObject { ["Type"] = "User", ["message"] = message };
        await context.Response.Body.WriteAsync(ReadableJson.Bytes(body), context.RequestAborted);
    }
}
