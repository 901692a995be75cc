using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>Answers in the words of Amazon's services (API references of STS, SSO portal, SSO OIDC; EC2 and ECS user guides).</summary>
internal static class Scripts
{
    private const string End = "2099-01-01T00:00:00Z";

    public static string Body(this HttpRequest request) => (string)request.HttpContext.Items["body"]!;

    public static string Form(this HttpRequest request, string name) => QueryHelpers.ParseQuery(request.Body())[name].ToString();

    /// <summary>STS hands out <paramref name="keys"/> when the request is as it should be.</summary>
    public static Func<HttpRequest, Answer> Sts(Keys keys, Func<HttpRequest, bool> isRight) => request =>
    {
        if (!isRight(request)) return StsError(403, "AccessDenied", "not authorized");
        var action = request.Form("Action");
        return new Answer(200, $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <Credentials><AccessKeyId>{keys.Id}</AccessKeyId><SecretAccessKey>{keys.Secret}</SecretAccessKey>
            <SessionToken>{keys.Token}</SessionToken><Expiration>{End}</Expiration></Credentials>
            <AssumedRoleUser><AssumedRoleId>ID:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser>
            </{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
            """, "text/xml");
    };

    public static Answer StsError(int status, string code, string message) => new(status, $"""
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code>
        <Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>
        """, "text/xml");

    public static Func<HttpRequest, Answer> Sso(Keys keys, string accessToken) => request =>
        request.Headers["x-amz-sso_bearer_token"].ToString() == accessToken
            && request.Query["account_id"] == "123456789012" && request.Query["role_name"] == "Modeller"
            ? new Answer(200, JsonSerializer.Serialize(new
            {
                roleCredentials = new
                {
                    accessKeyId = keys.Id, secretAccessKey = keys.Secret, sessionToken = keys.Token, expiration = 4070908800000
                },
            }))
            : new Answer(401, """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}""");

    /// <summary>IMDSv2: a token by PUT, then the name of the role, then its keys; without the token nothing.</summary>
    public static Func<HttpRequest, Answer> Metadata(Keys keys) => request => (request.Method, request.Path.Value) switch
    {
        ("PUT", "/imds/latest/api/token") => new Answer(200, "metadata-token", "text/plain"),
        _ when request.Headers["X-aws-ec2-metadata-token"] != "metadata-token" => new Answer(401),
        ("GET", var path) when path!.TrimEnd('/').EndsWith("/iam/security-credentials", StringComparison.Ordinal) =>
            new Answer(200, "machine", "text/plain"),
        ("GET", var path) when path!.EndsWith("/iam/security-credentials/machine", StringComparison.Ordinal) => Temporary(keys),
        _ => new Answer(404),
    };

    public static Func<HttpRequest, Answer> Container(Keys keys, string? authorization = null) => request =>
        authorization is null || request.Headers.Authorization == authorization ? Temporary(keys) : new Answer(401);

    public static string Process(Keys keys) => JsonSerializer.Serialize(new
    {
        Version = 1, AccessKeyId = keys.Id, SecretAccessKey = keys.Secret, SessionToken = keys.Token, Expiration = End
    });

    private static Answer Temporary(Keys keys) => new(200, JsonSerializer.Serialize(new
    {
        Code = "Success", LastUpdated = "2026-01-01T00:00:00Z", Type = "AWS-HMAC",
        AccessKeyId = keys.Id, SecretAccessKey = keys.Secret, keys.Token, Expiration = End,
    }));
}
