using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TestBed;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>A process of its own for every way to sign in, with a home folder and variables of its own.</summary>
public abstract class SignInTests : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private ScriptedCloud? _cloud;

    private protected ScriptedCloud Cloud => _cloud!;

    /// <summary>What the process finds in its environment, beside an empty home folder and the services' addresses.</summary>
    private protected Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["AWS_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public async ValueTask InitializeAsync()
    {
        _cloud = await ScriptedCloud.StartAsync();
        Variables["HOME"] = _home.Path;
        Variables["AWS_ENDPOINT_URL_S3"] = Cloud.Url;
        foreach (var service in new[] { "STS", "SSO", "SSO_OIDC" })
            Variables["AWS_ENDPOINT_URL_" + service] = $"{Cloud.Url}/{service.Replace("SSO_", "").ToLowerInvariant()}";
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        _home.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Write(string name, string content)
    {
        var path = _home[name.Split('/')];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private protected const string StartPage = "https://modelling.awsapps.com/start";

    private protected const string StartPageProfile = $"""
        [profile work]
        sso_start_url = {StartPage}
        sso_region = us-east-1
        sso_account_id = 123456789012
        sso_role_name = Modeller
        """;

    private protected const string SessionProfile = $"""
        [profile work]
        sso_session = modelling
        sso_account_id = 123456789012
        sso_role_name = Modeller
        [sso-session modelling]
        sso_start_url = {StartPage}
        sso_region = us-east-1
        sso_registration_scopes = sso:account:access
        """;

    private protected void Profile(string content) => Write(".aws/config", content);

    private protected static string Section(string name, Keys keys) =>
        $"[{name}]\naws_access_key_id = {keys.Id}\naws_secret_access_key = {keys.Secret}\n"
            + (keys.Token is null ? "" : $"aws_session_token = {keys.Token}\n");

    private protected void Environment(Keys keys)
    {
        Variables["AWS_ACCESS_KEY_ID"] = keys.Id;
        Variables["AWS_SECRET_ACCESS_KEY"] = keys.Secret;
        Variables["AWS_SESSION_TOKEN"] = keys.Token;
    }

    private protected void Instance(Keys keys)
    {
        Variables["AWS_EC2_METADATA_DISABLED"] = null;
        Variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = Cloud.Url + "/imds";
        Cloud.Scripts["imds"] = Scripts.Metadata(keys);
    }

    /// <summary>What "aws sso login" leaves behind: a file named by the hash of the session's name, or of the start page.</summary>
#pragma warning disable CA5350 // The AWS CLI names its files so.
    private protected string SignedIn(string name, string accessToken, DateTime end) => Write(
        $".aws/sso/cache/{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(name)))}.json",
        JsonSerializer.Serialize(new
        {
            startUrl = StartPage, region = "us-east-1", accessToken, expiresAt = Time(end), clientId = "client",
            clientSecret = "client-key", registrationExpiresAt = Time(DateTime.UtcNow.AddDays(30)), refreshToken = "refresh-token",
        }));
#pragma warning restore CA5350

    private static string Time(DateTime moment) => moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private protected async Task SignsAsAsync(Keys keys, string? profile = null)
    {
        Cloud.Expected = keys;
        var called = await CallAsync(profile: profile);
        Assert.Equal("exists", called.Output.Trim());
    }

    /// <summary>The process ends with one typed error of one line, and without a secret anywhere.</summary>
    private protected async Task<string> FailsAsync(
        StorageErrorKind kind, bool transient = false, bool carriesPackage = true, string? profile = null, double seconds = 30)
    {
        var called = await CallAsync(carriesPackage, profile, seconds);
        Assert.True(called.ExitCode == 3, called.Output + called.Error);
        var lines = called.Output.TrimEnd('\n').Split('\n');
        Assert.Equal($"{kind} {(transient ? "transient" : "final")}", lines[0]);
        var message = Assert.Single(lines[1..]);
        Assert.StartsWith("Exists of 'f' in bucket 'bucket' failed: ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 300);
        Assert.DoesNotContain(message, char.IsControl);
        foreach (var secret in new[] { "secret", "-token", "AKID" })
            Assert.DoesNotContain(secret, called.Output + called.Error, StringComparison.OrdinalIgnoreCase);
        return message;
    }

    // With the package the process has the packages of this test; without, only its own.
    private protected async Task<ToolResult> CallAsync(bool carriesPackage = true, string? profile = null, double seconds = 30)
    {
        var own = Path.Combine(AppContext.BaseDirectory, typeof(SignInTests).Assembly.GetName().Name!);
        string[] host = carriesPackage ? ["exec", "--depsfile", own + ".deps.json", "--runtimeconfig", own + ".runtimeconfig.json"] : [];
        var start = new ProcessStartInfo("dotnet",
            [.. host, Path.Combine(AppContext.BaseDirectory, "S3Caller.dll"), "bucket", "f",
                seconds.ToString(CultureInfo.InvariantCulture), .. profile is null ? Array.Empty<string>() : [profile]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        };
        foreach (var name in start.Environment.Keys.Where(IsOfAmazon).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    private static bool IsOfAmazon(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase);
}
