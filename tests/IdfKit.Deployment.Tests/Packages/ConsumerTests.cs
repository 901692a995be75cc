using IdfKit.LocalCloud;
using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>A program that has the packages and nothing else of ours: the README's sample, built and run in an empty folder.</summary>
public sealed class ConsumerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sample_of_the_readme_runs_from_the_packages_alone_with_a_warm_host()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await using var bucket = await LocalBucketServer.StartAsync(
            new LocalBucketOptions { Directory = _folder["bucket"], BucketName = "my-bucket" }, Token);
        File.Copy(Repository.PathOf("examples", "one-zone.idf"), _folder["office.idf"]);
        File.Copy(Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"), _folder["golden.epw"]);
        await WriteAsync("nuget.config", NuGetConfig());
        await WriteAsync("Consumer.csproj", Project());
        await WriteAsync("Program.cs", Program());
        var user = new Apart(_folder)
        {
            Variables =
            [
                $"AWS_ENDPOINT_URL_S3={bucket.Endpoint.ToString().TrimEnd('/')}", "AWS_ACCESS_KEY_ID=local",
                "AWS_SECRET_ACCESS_KEY=local-secret", "AWS_REGION=us-east-1", "no_proxy=127.0.0.1",
            ],
        };

        var built = await user.RunAsync("dotnet", "build", "consumer", "--nologo", "-v", "quiet", "-clp:NoSummary");
        Assert.True(built.ExitCode == 0, built.Output + built.Error);
        var run = await user.RunAsync(_folder["consumer", "bin", "Debug", "net10.0", "Consumer"]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches(@"(?m)^Completed: 18\.2[67]\d* GJ, \d+ warnings$", run.Output);
        var host = _folder["consumer", "bin", "Debug", "net10.0", "runtimes", "linux-x64", "native", "idfkit-engine"];
        Assert.Contains($"waiting: {host}; \n", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["bucket", "studies", "office", "eplusout.sql"]));
    }

    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <NuGetAudit>false</NuGetAudit>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="IdfKit.Simulation" Version="{PackedFeed.Version}" />
            <PackageReference Include="IdfKit.Storage.S3" Version="{PackedFeed.Version}" />
          </ItemGroup>
        </Project>
        """;

    private static string Program()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var sample = readme[(readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length)..];
        return $$"""
            using IdfKit.Engine;
            using IdfKit.Simulation;
            using IdfKit.Storage.S3;


            {{sample[..sample.IndexOf("```", StringComparison.Ordinal)]}}
            // The host that waits for the next run is a child of this process.
            var children = Directory.GetDirectories("/proc/self/task").SelectMany(task => File.ReadAllText(task + "/children").Split(' '));
            var waiting = children.Where(id => id.Length > 0).Select(id => File.ReadAllText($"/proc/{id}/cmdline").Split('\0')[0]);
            Console.WriteLine($"waiting: {string.Join(", ", waiting)}; {simulator.HostUnavailableReason}");
            """;
    }

    /// <summary>Ours come from the folder; what this machine has of others is not fetched again. Nothing is left in its cache.</summary>
    private string NuGetConfig()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var feed = Directory.CreateDirectory(_folder["packages"]).FullName;
        foreach (var package in PackedFeed.Packages) File.Copy(package, Path.Combine(feed, Path.GetFileName(package)));
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder["cache"]}" /></config>
              <packageSources><clear /><add key="packed" value="{feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="here" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    private async Task WriteAsync(string name, string content)
    {
        Directory.CreateDirectory(_folder["consumer"]);
        await File.WriteAllTextAsync(_folder["consumer", name], content, Token);
    }
}
