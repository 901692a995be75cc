using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>The tool, installed from the packed files into an empty home, without the checkout.</summary>
public sealed class InstalledToolTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Apart _user;

    public InstalledToolTests() => _user = new Apart(_folder);

    public async ValueTask InitializeAsync()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(_folder["packages"]);
        foreach (var package in PackedFeed.Packages) File.Copy(package, Path.Combine(_folder["packages"], Path.GetFileName(package)));
        // Nothing but the folder is asked.
        Directory.CreateDirectory(Path.Combine(_user.Home, ".nuget", "NuGet"));
        await File.WriteAllTextAsync(Path.Combine(_user.Home, ".nuget", "NuGet", "NuGet.Config"),
            "<configuration><packageSources><clear /></packageSources></configuration>", TestContext.Current.CancellationToken);
        var installed = await _user.RunAsync("dotnet", "tool", "install", "-g", "idfkit", "--version", PackedFeed.Version,
            "--add-source", _folder["packages"]);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Installed_tool_runs_a_model_with_weather_in_a_bucket_warm_and_confined()
    {
        Assert.Equal(PackedFeed.Version, (await _user.RunAsync("idfkit", "--version")).Output.Trim());

        var doctor = await _user.RunAsync("idfkit", "doctor");
        Assert.Contains("is ready to run", doctor.Output, StringComparison.Ordinal);

        foreach (var file in new[] { "one-zone.idf", "USA_CO_Golden-NREL.724666_TMY3.epw" })
            File.Copy(Repository.PathOf("examples", file), _folder[file]);
        var run = await _user.RunAsync(
            "idfkit", "dev", "my-bucket", "--until-idle", "--drop", "USA_CO_Golden-NREL.724666_TMY3.epw", "one-zone.idf");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Results.AreThoseOfTheExample(_folder["my-bucket"]);

        // What lies in the bucket already is run again when it is named.
        var again = await _user.RunAsync("idfkit", "dev", "my-bucket", "--once", "inputs/one-zone.idf");
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("completed", again.Output, StringComparison.Ordinal);
    }
}
