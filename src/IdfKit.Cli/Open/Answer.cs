using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using Microsoft.AspNetCore.Http;

namespace IdfKit.Cli.Open;

/// <summary>How the page is answered.</summary>
internal static class Answer
{
    /// <summary>What our own page may do: run and show what comes from here.</summary>
    public const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What a file of a run may do: be looked at. Models are of others, and so is what stands in their results.</summary>
    public const string FilePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    public const string OpenerPolicy = "Cross-Origin-Opener-Policy";

    /// <summary>What every answer says.</summary>
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers[OpenerPolicy] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>A sentence, of whatever it says.</summary>
    public static Task SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(CliSentences.Clean(sentence) + "\n"));
    }

    public static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static async Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
