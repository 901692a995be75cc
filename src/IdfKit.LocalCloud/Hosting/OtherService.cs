using System.Text;

using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Hosting;

/// <summary>
/// Requests that came to the wrong one of the two addresses. Clients of AWS sign each for a service, so that it tells what it meant; the
/// answer is in that service's own form, so that the client shows it; its status (421, RFC 9110) tells who sees no content, as of HEAD.
/// </summary>
internal static class OtherService
{
    private const string Lambda = "lambda", S3 = "s3";

    /// <summary>Answers a request to the bucket that is meant for Lambda; false: it is not.</summary>
    public static async Task<bool> RefusesLambdaAsync(HttpContext context)
    {
        if (!IsMeantFor(context, Lambda)) return false;
        const string Sentence = "This is the address of a bucket; the function has another, which 'idfkit dev' prints behind Lambda.";
        context.Response.Headers["x-amzn-ErrorType"] = "NotTheAddressOfLambda";
        await AnswerAsync(context, "application/json", $$"""{"Type":"User","message":"{{Sentence}}"}""");
        return true;
    }

    /// <summary>Answers a request to the function's address that is meant for S3; false: it is not.</summary>
    public static async Task<bool> RefusesS3Async(HttpContext context)
    {
        if (!IsMeantFor(context, S3)) return false;
        const string Sentence = "This is the address of a function; the bucket has another, which 'idfkit dev' prints behind Endpoint.";
        await AnswerAsync(
            context, "application/xml", $"<Error><Code>NotTheAddressOfTheBucket</Code><Message>{Sentence}</Message></Error>");
        return true;
    }

    /// <summary>The scope of a signature, version 4, ends in the service and a fixed word; a header has it, or a presigned URL.</summary>
    private static bool IsMeantFor(HttpContext context, string service)
    {
        var scope = $"/{service}/aws4_request";
        return context.Request.Headers.Authorization.ToString().Contains(scope, StringComparison.Ordinal)
            || context.Request.Query["X-Amz-Credential"].ToString().EndsWith(scope, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(HttpContext context, string type, string body)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = type;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }
}
