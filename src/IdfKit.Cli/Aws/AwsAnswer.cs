using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace IdfKit.Cli.Aws;

/// <summary>What a service answered, in XML or JSON; a failure too. Names stand without their namespaces.</summary>
internal sealed class AwsAnswer
{
    private static readonly string[] Refusals =
    [
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired", "InvalidAccessKeyId", "InvalidClientTokenId",
        "UnrecognizedClientException", "InvalidToken", "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed",
        "IncompleteSignature", "MissingAuthenticationToken",
    ];

    private AwsAnswer(int status, string code, string message) => (Status, Code, Message) = (status, code, message);

    /// <summary>Of HTTP; 0 when there was no answer.</summary>
    public int Status { get; }

    /// <summary>What the service calls the failure; empty when there is none.</summary>
    public string Code { get; private init; }

    public string Message { get; private init; }

    public XElement Xml { get; private init; } = new("Empty");

    public JsonNode Json { get; private init; } = new JsonObject();

    /// <summary>The region that S3 says the bucket is in; null when it does not say.</summary>
    public string? BucketRegion { get; private init; }

    public bool IsSuccess => Status is >= 200 and < 300 && Code.Length == 0;

    /// <summary>Who asks is known, and may not.</summary>
    public bool IsDenied => !IsRefused && (Status == 403 || Code.StartsWith("AccessDenied", StringComparison.Ordinal)
        || Code is "UnauthorizedOperation" or "AuthorizationError" or "NotAuthorized");

    /// <summary>Who asks is not believed.</summary>
    public bool IsRefused => Refusals.Contains(Code);

    public bool IsExpired => Code.StartsWith("ExpiredToken", StringComparison.Ordinal)
        || Code is "RequestExpired" or "TokenRefreshRequired";

    public bool IsUnreachable => Status == 0;

    /// <summary>The server does not know the question: an emulator, or another make of S3.</summary>
    public bool IsUnsupported { get; private init; }

    public static AwsAnswer Unreachable(string why) => new(0, "Unreachable", why);

    /// <summary>For a service that no server was named for.</summary>
    public static AwsAnswer NoServer { get; } = new(501, "NoServer", "no server is named for it") { IsUnsupported = true };

    public static async Task<AwsAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        var (status, xml, json) = ((int)response.StatusCode, XmlIn(body), JsonIn(body));
        var region = Header(response, "x-amz-bucket-region") ?? Text(xml, "Region");
        var isReadable = xml is not null || json is not null || body.Length == 0;
        var code = status is >= 200 and < 300
            ? isReadable ? "" : "Unreadable"
            : CodeIn(response, xml, json) ?? $"HTTP {status}";
        return new AwsAnswer(status, code, Text(xml, "Message") ?? Text(json, "message") ?? Text(json, "Message") ?? "")
        {
            Xml = xml ?? new XElement("Empty"), Json = json ?? new JsonObject(), BucketRegion = region,
            IsUnsupported = status is 501 or 405 || !isReadable && status is not 403
                || code is "NotImplemented" or "MethodNotAllowed" or "UnknownOperationException" or "InvalidAction",
        };
    }

    private static string? CodeIn(HttpResponseMessage response, XElement? xml, JsonNode? json) =>
        Text(xml, "Code") ?? (Header(response, "x-amzn-ErrorType") ?? Text(json, "__type"))?.Split(':')[0].Split('#')[^1];

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string? Text(XElement? xml, string name) => xml?.DescendantsAndSelf(name).FirstOrDefault()?.Value;

    private static string? Text(JsonNode? json, string name) => json is JsonObject members && members[name] is JsonValue value
        ? value.ToString()
        : null;

    private static XElement? XmlIn(string body)
    {
        if (!body.StartsWith('<')) return null;
        try { return Bare(XElement.Parse(body)); }
        catch (XmlException) { return null; }
    }

    private static XElement Bare(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(Bare) : element.Value);

    private static JsonNode? JsonIn(string body)
    {
        if (!body.StartsWith('{')) return null;
        try { return JsonNode.Parse(body); }
        catch (JsonException) { return null; }
    }
}
