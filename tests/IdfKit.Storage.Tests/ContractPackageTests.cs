using System.IO.Compression;
using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>
/// Who writes a back end elsewhere has the contract from a package: it is packed, referred to, and run outside this
/// repository.
/// </summary>
public sealed class ContractPackageTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="IdfKit.Storage.Contract" Version="*" />
            <PackageReference Include="xunit.v3" Version="4.0.2" />
          </ItemGroup>
        </Project>
        """;

    private const string Tests = """
        using FaultProxies;
        using IdfKit.Storage;
        using IdfKit.Storage.Contract;
        using Xunit;

        public sealed class SoundTests : FileSystemContract
        {
            protected override Task<IAsyncFileSystem> OpenAsync() => Task.FromResult(new MemoryFileSystem().AsAsync());
        }

        public sealed class ForgetfulTests : FileSystemContract
        {
            protected override Task<IAsyncFileSystem> OpenAsync() =>
                Task.FromResult<IAsyncFileSystem>(new Forgetful(new MemoryFileSystem().AsAsync()));
        }

        public sealed class ProxyTests
        {
            [Fact]
            public async Task Proxy_answers_in_the_server_s_place()
            {
                await using var proxy = new FaultProxy(new Uri("http://127.0.0.1:9"));
                proxy.Fail(call => call.Method == "GET", new Fault.Answer(503, "SlowDown"));
                using var client = new HttpClient();
                using var answer = await client.GetAsync(proxy.Url, TestContext.Current.CancellationToken);
                Assert.Equal(503, (int)answer.StatusCode);
            }
        }

        internal sealed class Forgetful(IAsyncFileSystem inner) : IAsyncFileSystem
        {
            public StorageCapabilities Capabilities => StorageCapabilities.None;
            public Task<byte[]> ReadBytesAsync(string path, CancellationToken token) => inner.ReadBytesAsync(path, token);
            public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken token) =>
                inner.WriteBytesAsync(path, content.Length > 0 ? content[..^1] : content, token);
            public Task<bool> ExistsAsync(string path, CancellationToken token) => inner.ExistsAsync(path, token);
            public Task MakeDirectoriesAsync(string path, bool existOk, CancellationToken token) =>
                inner.MakeDirectoriesAsync(path, existOk, token);
            public Task CopyAsync(string source, string destination, CancellationToken token) =>
                inner.CopyAsync(source, destination, token);
            public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken token) =>
                inner.GlobAsync(path, pattern, token);
            public Task RemoveAsync(string path, CancellationToken token) => inner.RemoveAsync(path, token);
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Back_end_elsewhere_gets_the_whole_suite_from_the_package_and_a_wrong_one_fails_it()
    {
        Needs.NotQuick("packing");
        foreach (var project in new[] { "src/IdfKit.Storage", "tests/IdfKit.Storage.Contract" })
            await DotnetAsync(Repository.PathOf(project), "pack", "--no-build", "-c", Configuration, "-o", _folder["feed"], "--nologo");
        var package = Assert.Single(Directory.GetFiles(_folder["feed"], "IdfKit.Storage.Contract.*.nupkg"));
        Assert.Equal(
            ["FaultProxy.dll", "IdfKit.Storage.Contract.dll", "README.md"],
            FilesOf(package).Where(name => name.EndsWith(".dll", StringComparison.Ordinal) || name == "README.md"));

        await WriteAsync("nuget.config", NuGetConfig());
        await WriteAsync("Consumer.csproj", Project);
        await WriteAsync("Tests.cs", Tests);
        await DotnetAsync(_folder["consumer"], "build", "--nologo", "-v", "quiet", "-clp:NoSummary");

        var sound = await RunAsync("SoundTests");
        Assert.True(sound.ExitCode == 0, sound.Output);
        Assert.Matches(@"Total: \d{2,}, Errors: 0, Failed: 0", sound.Output);
        Assert.Matches("Total: 1, Errors: 0, Failed: 0", (await RunAsync("ProxyTests")).Output);
        var forgetful = await RunAsync("ForgetfulTests");
        Assert.NotEqual(0, forgetful.ExitCode);
        Assert.Contains("Content_around_the_part_size_is_read_back", forgetful.Output, StringComparison.Ordinal);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static IEnumerable<string> FilesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The packed ones come from the folder; what this machine has already is not fetched again, and nothing is left in
    /// its cache.
    /// </summary>
    private string NuGetConfig()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
              <packageSources><add key="packed" value="{_folder["feed"]}" /></packageSources>
              <fallbackPackageFolders><add key="here" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    private async Task WriteAsync(string name, string content)
    {
        Directory.CreateDirectory(_folder["consumer"]);
        await File.WriteAllTextAsync(_folder["consumer", name], content, TestContext.Current.CancellationToken);
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        var result = await Tool.RunAsync("dotnet", folder, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private Task<ToolResult> RunAsync(string tests) =>
        Tool.RunAsync(_folder["consumer", "bin", "Debug", "net10.0", "Consumer"], _folder.Path, "-noLogo", "-noColor", "-class", tests);
}
