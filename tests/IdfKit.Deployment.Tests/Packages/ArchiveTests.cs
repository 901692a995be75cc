using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>The archive of the tool, unpacked where no .NET is.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Archive_runs_a_model_with_weather_where_no_dotnet_is()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Apart.RequireHiding();
        var unpacked = await Tool.RunAsync("tar", _folder.Path, "-xzf", PackedFeed.Archive("linux-x64"));
        Assert.True(unpacked.ExitCode == 0, unpacked.Error);
        var idfkit = _folder[$"idfkit-{PackedFeed.Version}-linux-x64", "idfkit"];
        foreach (var file in new[] { "one-zone.idf", "USA_CO_Golden-NREL.724666_TMY3.epw" })
            File.Copy(Repository.PathOf("examples", file), _folder[file]);
        var user = new Apart(_folder) { Hidden = [Apart.Dotnet] };

        Assert.NotEqual(0, (await user.RunAsync("dotnet", "--version")).ExitCode);
        Assert.Equal(PackedFeed.Version, (await user.RunAsync(idfkit, "--version")).Output.Trim());
        var run = await user.RunAsync(
            idfkit, "dev", "my-bucket", "--until-idle", "--drop", "USA_CO_Golden-NREL.724666_TMY3.epw", "one-zone.idf");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Results.AreThoseOfTheExample(_folder["my-bucket"]);
    }
}
