using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary><c>eng/pin-bases.sh</c> against a registry that this test plays.</summary>
public sealed class PinBasesScriptTests : IDisposable
{
    private const string Index = """{"schemaVersion": 2, "manifests": [{"platform": {"architecture": "arm64"}}]}""";
    private static readonly string Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Index)));

    private readonly TemporaryFolder _folder = new();

    public PinBasesScriptTests()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var nowhere = new string('0', 64);
        File.WriteAllText(
            _folder["Dockerfile"],
            $"ARG BUILD_BASE=example.org/dotnet/sdk:10.0-noble\nARG FINAL_BASE=example.org/dotnet/deps:10.0-noble@sha256:{nowhere}\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Dockerfile => File.ReadAllText(_folder["Dockerfile"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tags_are_pinned_to_what_the_registry_sends()
    {
        await using var registry = new ArchiveServer { Body = Encoding.ASCII.GetBytes(Index) };

        var (exit, error) = await RunAsync(registry);

        Assert.True(exit == 0, error);
        Assert.Contains($"ARG BUILD_BASE=example.org/dotnet/sdk:10.0-noble@{Digest}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"ARG FINAL_BASE=example.org/dotnet/deps:10.0-noble@{Digest}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(registry, "--check")).Exit);
    }

    [Fact]
    public async Task Check_names_what_is_not_pinned_or_not_there_and_changes_nothing()
    {
        await using var registry = new ArchiveServer { Body = Encoding.ASCII.GetBytes(Index) };
        var before = Dockerfile;

        var (exit, error) = await RunAsync(registry, "--check");

        Assert.Equal((1, before), (exit, Dockerfile));
        Assert.Contains("BUILD_BASE is not pinned", error, StringComparison.Ordinal);
        Assert.Contains("FINAL_BASE: example.org does not have sha256:000", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found", Index, "does not tell what dotnet/sdk:10.0-noble is")]
    [InlineData("HTTP/1.1 200 OK", """{"schemaVersion": 2, "layers": []}""", "is of one architecture alone")]
    public async Task Base_that_cannot_be_pinned_leaves_the_file_as_it_is(string head, string body, string said)
    {
        await using var registry = new ArchiveServer { Head = head, Body = Encoding.ASCII.GetBytes(body) };
        var before = Dockerfile;

        var (exit, error) = await RunAsync(registry);

        Assert.Equal((1, before), (exit, Dockerfile));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Error)> RunAsync(ArchiveServer registry, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("eng", "pin-bases.sh"), .. arguments]) { RedirectStandardError = true };
        start.Environment["IDFKIT_REGISTRY"] = registry.Url.GetLeftPart(UriPartial.Authority);
        start.Environment["IDFKIT_DOCKERFILE"] = _folder["Dockerfile"];
        start.Environment["http_proxy"] = ""; // the registry is this test
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await error);
    }
}
