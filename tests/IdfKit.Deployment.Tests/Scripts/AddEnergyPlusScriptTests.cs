using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary><c>eng/add-energyplus.sh</c>: fetches, compares, tries, and only then adds a line.</summary>
public sealed class AddEnergyPlusScriptTests : IDisposable
{
    private const string List = "# version machine sha256 url\n25.2.0 x86_64 0 https://example.org/a.tar.gz\n";
    private const string Good = "echo 'EnergyPlus, Version 77.1.0-abcdef0123, YMD=2026.11.25 21:00'";

    private static readonly string Script = Repository.PathOf("eng", "add-energyplus.sh");
    private readonly TemporaryFolder _folder = new();

    public AddEnergyPlusScriptTests()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        File.WriteAllText(_folder["archives.txt"], List);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Listed => File.ReadAllText(_folder["archives.txt"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("the digits")]
    [InlineData("DIGITS IN CAPITALS")]
    [InlineData("a page that has it")]
    [InlineData("beside the archive")]
    public async Task Archive_that_runs_and_has_the_published_sum_is_added(string published)
    {
        await using var server = await ServeAsync(Good);
        var sum = SumOf(server);
        server.Pages["/page"] = $$"""{"assets": [{"name": "archive.tar.gz", "digest": "sha256:{{sum}}"}]}""";
        server.Pages[".sha256"] = $"{sum}  archive.tar.gz\n";
        string[] given = published switch
        {
            "the digits" => [sum],
            "DIGITS IN CAPITALS" => [sum.ToUpperInvariant()],
            "a page that has it" => [new Uri(server.Url, "/page").AbsoluteUri],
            _ => [],
        };

        var (exit, output, error) = await RunAsync(["77.1.0", server.Url.AbsoluteUri, .. given]);

        Assert.True(exit == 0, error);
        Assert.Equal("", output);
        Assert.Contains("Added EnergyPlus 77.1.0 for ", error, StringComparison.Ordinal);
        Assert.Equal($"{List}77.1.0 {await MachineAsync()} {sum} {server.Url.AbsoluteUri}\n", Listed);
        Assert.Equal([_folder["archives.txt"]], Directory.GetFiles(_folder.Path, "archives*"));
    }

    [Theory]
    [InlineData("echo 'EnergyPlus, Version 9.3.0-baff08990c'", "holds 'EnergyPlus, Version 9.3.0-baff08990c', not EnergyPlus 77.1.0")]
    [InlineData("exit 127", "EnergyPlus 77.1.0 does not start in this machine")]
    public async Task Archive_that_does_not_run_as_that_version_is_not_added(string script, string reason)
    {
        await using var server = await ServeAsync(script);

        var (exit, _, error) = await RunAsync("77.1.0", server.Url.AbsoluteUri, SumOf(server));

        Assert.Equal((1, List), (exit, Listed));
        Assert.Contains("EnergyPlus 77.1.0 was not added: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_that_is_another_is_not_added()
    {
        await using var server = await ServeAsync(Good);
        server.Pages["/page"] = new string('a', 64);

        var given = await RunAsync("77.1.0", server.Url.AbsoluteUri, new string('0', 64));
        var read = await RunAsync("77.1.0", server.Url.AbsoluteUri, new Uri(server.Url, "/page").AbsoluteUri);

        Assert.Equal((1, 1, List), (given.Exit, read.Exit, Listed));
        Assert.Contains("has the sum", given.Error, StringComparison.Ordinal);
        Assert.Contains("which does not stand at", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_that_cannot_be_fetched_is_told_with_the_reason()
    {
        await using var server = await ServeAsync(Good);
        server.Head = "HTTP/1.1 404 Not Found";

        var (exit, _, error) = await RunAsync("77.1.0", server.Url.AbsoluteUri, new string('0', 64));

        Assert.Equal((1, List), (exit, Listed));
        Assert.Contains("could not be fetched: 127.0.0.1 answered 404", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_that_is_listed_is_not_fetched_again()
    {
        var machine = await MachineAsync();
        await File.WriteAllTextAsync(
            _folder["archives.txt"], $"77.1.0 {machine} {new string('0', 64)} http://127.0.0.1:9/archive.tar.gz\n", Token);

        var same = await RunAsync("77.1.0", "http://127.0.0.1:9/archive.tar.gz");
        var other = await RunAsync("77.1.0", "http://127.0.0.1:9/other.tar.gz");

        Assert.Equal((0, 1), (same.Exit, other.Exit));
        Assert.Contains("already", same.Error, StringComparison.Ordinal);
        Assert.Contains("remove that line first", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", 0, "usage: eng/add-energyplus.sh VERSION URL [SUM]")]
    [InlineData("--fast", 2, "does not know '--fast'")]
    [InlineData("77.1.0", 2, "takes a version, a URL and perhaps its sum")]
    [InlineData("77.1 https://example.org/a", 2, "'77.1' is no version of EnergyPlus; it has three numbers")]
    [InlineData("77.1.0 /archive.tar.gz", 2, "'/archive.tar.gz' is no URL of an archive")]
    [InlineData("77.1.0 https://example.org/a abc", 2, "'abc' is no SHA-256")]
    public async Task What_is_asked_for_wrongly_is_said_in_one_line(string arguments, int expected, string said)
    {
        var (exit, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Equal(expected, exit);
        Assert.Contains(said, output + error, StringComparison.Ordinal);
        if (expected == 2) Assert.Equal(1, error.Count(character => character == '\n'));
        Assert.Equal(List, Listed);
    }

    private static string SumOf(ArchiveServer server) => Convert.ToHexStringLower(SHA256.HashData(server.Body));

    private async Task<string> MachineAsync() => (await Tool.RunAsync("uname", _folder.Path, "-m")).Output.Trim();

    /// <summary>A server with an archive whose program is that script.</summary>
    private async Task<ArchiveServer> ServeAsync(string script)
    {
        var top = Directory.CreateDirectory(_folder["packed", "EnergyPlus-77.1.0"]).FullName;
        (string, string)[] files =
            [
                ("energyplus", "#!/bin/sh\n" + script + "\n"), ("ExpandObjects", ""), ("Energy+.idd", ""), ("LICENSE.txt", ""),
            ];
            foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(top, name), text, Token);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(top, name), (UnixFileMode)0b111_101_101);
        }
        using var packed = new MemoryStream();
        await using (var compressed = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await TarFile.CreateFromDirectoryAsync(_folder["packed"], compressed, includeBaseDirectory: false, Token);
        return new ArchiveServer { Body = packed.ToArray() };
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["IDFKIT_ENERGYPLUS_ARCHIVES"] = _folder["archives.txt"];
        start.Environment["http_proxy"] = ""; // the server is this test
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }
}
