using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace IdfKit.LocalCloud.Tests;

/// <summary>Uploads by a form, as a page in a browser makes them.</summary>
public sealed class PostTests : BucketTests
{
    private const string Credential = "local/20260101/us-east-1/s3/aws4_request";
    private const string Conditions = """
        {"bucket":"models"},["starts-with","$key","inputs/"],["content-length-range",1,10],["starts-with","$Content-Type","text/"],
        {"success_action_status":"201"},{"x-amz-algorithm":"AWS4-HMAC-SHA256"},{"x-amz-date":"20260101T000000Z"},
        {"x-amz-credential":"local/20260101/us-east-1/s3/aws4_request"}
        """;

    [Fact]
    public async Task Signed_form_within_its_policy_is_stored_and_answered_as_asked()
    {
        await using var bucket = await SignedAsync();
        var (status, body) = await PostAsync(bucket, Form(Conditions, DateTime.UtcNow.AddMinutes(5)), "12345");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Contains("<Key>inputs/my model.idf</Key>", body, StringComparison.Ordinal);
        Assert.Equal("12345", await File.ReadAllTextAsync(Folder["posted", "inputs", "my model.idf"], Token));
    }

    [Theory]
    [InlineData("signature", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("expired", HttpStatusCode.Forbidden, "Policy expired")]
    [InlineData("key", HttpStatusCode.Forbidden, "Policy Condition failed")]
    [InlineData("type", HttpStatusCode.Forbidden, "Policy Condition failed")]
    [InlineData("extra", HttpStatusCode.Forbidden, "Extra input fields: x-amz-meta-a")]
    [InlineData("long", HttpStatusCode.BadRequest, "EntityTooLarge")]
    [InlineData("short", HttpStatusCode.BadRequest, "EntityTooSmall")]
    [InlineData("policy", HttpStatusCode.BadRequest, "InvalidPolicyDocument")]
    [InlineData("none", HttpStatusCode.BadRequest, "InvalidArgument")]
    public async Task Form_that_its_policy_does_not_allow_is_refused_and_stores_nothing(string fault, HttpStatusCode expected, string said)
    {
        await using var bucket = await SignedAsync();
        var form = Form(Conditions, DateTime.UtcNow.AddMinutes(fault == "expired" ? -5 : 5));
        if (fault == "signature") form["x-amz-signature"] = new string('0', 64);
        if (fault == "key") form["key"] = "outputs/x";
        if (fault == "type") form["Content-Type"] = "image/png";
        if (fault == "extra") form["x-amz-meta-a"] = "b";
        if (fault == "policy") (form["policy"], form["x-amz-signature"]) = ("AAAA", Sign("AAAA"));
        if (fault == "none") form.Remove("x-amz-signature");
        var content = fault switch { "long" => "12345678901", "short" => "", _ => "12345" };
        var (status, body) = await PostAsync(bucket, form, content);
        Assert.Equal(expected, status);
        Assert.Contains(said, body, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder["posted"], "*.idf", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Form_without_a_file_and_one_that_is_no_form_are_refused()
    {
        using var fields = new MultipartFormDataContent { { new StringContent("x"), "key" } };
        using var none = await Http.PostAsync(new Uri(Bucket.Endpoint, Name), fields, Token);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var text = await SendAsync(HttpMethod.Post, Name, "no form");
        Assert.Equal(HttpStatusCode.PreconditionFailed, text.StatusCode);
    }

    private Task<LocalBucketServer> SignedAsync() => LocalBucketServer.StartAsync(new LocalBucketOptions
    {
        Directory = Folder["posted"], BucketName = Name, Secrets = new Dictionary<string, string> { ["local"] = "secret" },
    }, Token);

    private static Dictionary<string, string> Form(string conditions, DateTime expiration)
    {
        var moment = expiration.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"expiration":"{{moment}}","conditions":[{{conditions}}]}"""));
        return new()
        {
            ["key"] = "inputs/${filename}", ["Content-Type"] = "text/plain", ["success_action_status"] = "201",
            ["policy"] = policy, ["x-amz-algorithm"] = "AWS4-HMAC-SHA256", ["x-amz-credential"] = Credential,
            ["x-amz-date"] = "20260101T000000Z", ["x-amz-signature"] = Sign(policy),
        };
    }

    private static string Sign(string policy)
    {
        var key = "AWS4secret"u8.ToArray();
        foreach (var part in new[] { "20260101", "us-east-1", "s3", "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(policy)));
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(
        LocalBucketServer bucket, Dictionary<string, string> fields, string content)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new StringContent(content), "file", "my model.idf");
        using var answer = await Http.PostAsync(new Uri(bucket.Endpoint, Name), form, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}
