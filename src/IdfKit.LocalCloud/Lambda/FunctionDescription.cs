using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>
/// GetFunction, GetFunctionConfiguration and ListFunctions
/// (https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html).
/// </summary>
internal static class FunctionDescription
{
    private const string Configuration = "/configuration";

    /// <param name="context">The request.</param>
    /// <param name="lambda">The only function that there is.</param>
    /// <param name="path">What follows <c>/2015-03-31/functions/</c>; empty for the list.</param>
    public static Task AnswerAsync(HttpContext context, LocalLambda lambda, string path)
    {
        if (path.Length == 0) return WriteAsync(context, new JsonObject { ["Functions"] = new JsonArray(Of(lambda)) });
        var isConfiguration = path.EndsWith(Configuration, StringComparison.Ordinal);
        var name = isConfiguration ? path[..^Configuration.Length] : path;
        if (!lambda.IsNamed(name))
            return InvokeApi.ErrorAsync(
                context, 404, "ResourceNotFoundException", $"Function not found: {name}; this one is {lambda.FunctionArn}.");
        if (isConfiguration) return WriteAsync(context, Of(lambda));
        return WriteAsync(context, new JsonObject
        {
            ["Configuration"] = Of(lambda),
            ["Code"] = new JsonObject { ["Location"] = new Uri(Path.GetFullPath(lambda.Options.BootstrapPath)).AbsoluteUri },
            ["Tags"] = new JsonObject(),
        });
    }

    private static JsonObject Of(LocalLambda lambda)
    {
        var options = lambda.Options;
        var executable = new FileInfo(options.BootstrapPath);
        return new JsonObject
        {
            ["FunctionName"] = options.FunctionName,
            ["FunctionArn"] = lambda.FunctionArn,
            ["Runtime"] = "provided.al2023",
            ["Handler"] = "bootstrap",
            ["CodeSize"] = executable.Exists ? executable.Length : 0,
            ["Description"] = "",
            ["Timeout"] = (int)Math.Ceiling(options.Timeout.TotalSeconds),
            ["MemorySize"] = options.MemoryMegabytes,
            ["LastModified"] = executable.LastWriteTimeUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
            ["Version"] = "$LATEST",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["RevisionId"] = "00000000-0000-0000-0000-000000000000",
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
            ["PackageType"] = "Zip",
            ["Architectures"] = new JsonArray(
                System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64
                    ? "arm64" : "x86_64"),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
        };
    }

    private static async Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(ReadableJson.Options), context.RequestAborted);
    }
}
