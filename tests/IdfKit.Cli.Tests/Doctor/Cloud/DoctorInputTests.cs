namespace IdfKit.Cli.Tests.Doctor.Cloud;

/// <summary>What cannot be asked is one sentence, before or instead of everything else.</summary>
public sealed class DoctorInputTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    [Theory]
    [InlineData("--bucket takes a bucket's name alone, such as 'abc', not 's3://abc/inputs/'.", "--bucket", "s3://abc/inputs/")]
    [InlineData("'Not_A_Bucket' is no bucket's name", "--bucket", "Not_A_Bucket")]
    [InlineData("'a b' is no stack's name", "--stack", "a b")]
    [InlineData("Give --bucket or --stack, not both", "--bucket", "abc", "--stack", "abc")]
    [InlineData("--input-prefix and --output-prefix go with --bucket", "--stack", "abc", "--input-prefix", "in")]
    [InlineData("'/x' is no prefix of keys", "--bucket", "abc", "--output-prefix", "/x")]
    [InlineData("'a/../b/' is no prefix of keys", "--bucket", "abc", "--input-prefix", "a/../b/")]
    public async Task Wrong_usage_is_refused_before_anything_is_asked(string said, params string[] arguments)
    {
        using var at = new Doctored(Nowhere);
        var (exitCode, output) = await at.RunAsync(null, arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("does not answer", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bucket")]
    [InlineData("--stack")]
    public async Task Server_that_does_not_answer_is_said_once(string option)
    {
        using var at = new Doctored(Nowhere);
        var (exitCode, output) = await at.RunAsync(null, option, "abc");
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  PROBLEM  http://127.0.0.1:1 does not answer", output);
        Assert.Contains("1 problem found.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bucket", "ExpiredToken", "the credentials have expired; sign in again")]
    [InlineData("--stack", "ExpiredTokenException", "the credentials have expired; sign in again")]
    [InlineData("--bucket", "InvalidAccessKeyId", "the credentials are refused (InvalidAccessKeyId)")]
    [InlineData("--stack", "InvalidClientTokenId", "the credentials are refused (InvalidClientTokenId)")]
    [InlineData("--bucket", "RequestTimeTooSkewed", "the clock of this machine is wrong")]
    public async Task Credentials_that_are_refused_are_said_once(string option, string code, string said)
    {
        var refusal = new Said(403, $"<Error><Code>{code}</Code><Message>hidden</Message></Error>", "application/xml");
        await using var gate = new Gate(null, _ => refusal);
        using var at = new Doctored(gate.Url);
        var (exitCode, output) = await at.RunAsync(null, option, "abc");
        Assert.Equal(1, exitCode);
        Assert.Contains("  PROBLEM  " + said, output, StringComparison.Ordinal);
        Assert.Contains("1 problem found.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_it_says_how_to_get_some()
    {
        var (exitCode, output) = await WithoutKeysAsync(profile: "", files: "");
        Assert.Equal(1, exitCode);
        Assert.Contains("  PROBLEM  No credentials can be had: set AWS_ACCESS_KEY_ID", output, StringComparison.Ordinal);
    }

    [Theory] // the SDK's own chain goes on as somebody else, or says it in many lines
    [InlineData("nobody", "", "'nobody'")]
    [InlineData("work", "[work]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = gone\n", "'gone'")]
    public async Task Profile_that_does_not_work_is_said_as_the_file_systems_say_it(string profile, string files, string said)
    {
        var (exitCode, output) = await WithoutKeysAsync(profile, files);
        Assert.Equal(1, exitCode);
        Assert.Matches($"(?m)^  PROBLEM  .*profile.*{said}", output);
    }

    private static async Task<(int ExitCode, string Output)> WithoutKeysAsync(string profile, string files)
    {
        using var home = new TestBed.TemporaryFolder();
        Directory.CreateDirectory(home[".aws"]);
        await File.WriteAllTextAsync(home[".aws", "credentials"], files, TestContext.Current.CancellationToken);
        return await Tool.RunAsync(new Dictionary<string, string>
        {
            ["HOME"] = home.Path, ["AWS_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_ENDPOINT_URL"] = Nowhere.AbsoluteUri,
            ["AWS_ACCESS_KEY_ID"] = "", ["AWS_SECRET_ACCESS_KEY"] = "", ["AWS_SESSION_TOKEN"] = "", ["AWS_PROFILE"] = profile,
        }, "doctor", "--bucket", "abc");
    }

    [Fact]
    public async Task Bucket_of_another_region_is_said_with_the_variable_and_looked_at_there()
    {
        var elsewhere = new Said(
            400, "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>", "application/xml");
        await using var gate = new Gate(null, question =>
            question.Service == "s3" && question.Action.Contains("list-type", StringComparison.Ordinal) ? elsewhere : null);
        using var at = new Doctored(gate.Url);
        var (exitCode, output) = await at.RunAsync(null, "--bucket", "abc");
        Assert.Equal(1, exitCode);
        Assert.Contains("is in eu-west-1 and this environment names us-east-1; set AWS_REGION=eu-west-1", output, StringComparison.Ordinal);
        Assert.Contains("could not see where abc announces new objects", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Server_that_is_no_S3_ends_with_lines_and_not_with_an_exception(int status)
    {
        await using var gate = new Gate(null, _ => new Said(status, "<!doctype html><html><body>It works!<br></body></html>", "text/html"));
        using var at = new Doctored(gate.Url);
        foreach (var option in new[] { "--bucket", "--stack" })
        {
            var (exitCode, output) = await at.RunAsync(null, option, "abc");
            Assert.InRange(exitCode, 0, 1);
            Assert.Contains("could not see", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        }
    }
}
