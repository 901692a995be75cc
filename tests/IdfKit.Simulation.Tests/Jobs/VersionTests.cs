using RunBed;
using TestBed;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>Models of other versions than the EnergyPlus at hand.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _energyPlus.Dispose();

    [Theory]
    [InlineData("24.2", VersionPolicy.Refuse, RunOutcome.Rejected)]
    [InlineData("24.2", VersionPolicy.RunOlder, RunOutcome.Completed)]
    [InlineData("24.2", VersionPolicy.Migrate, RunOutcome.Rejected)]
    [InlineData("26.1", VersionPolicy.RunOlder, RunOutcome.Rejected)]
    [InlineData("26.1", VersionPolicy.Migrate, RunOutcome.Rejected)]
    [InlineData("25.2.0", VersionPolicy.Refuse, RunOutcome.Completed)]
    public async Task A_model_of_another_version_is_treated_as_the_job_says(string version, VersionPolicy policy, RunOutcome expected)
    {
        _files.WriteBytes("m.idf",
            System.Text.Encoding.UTF8.GetBytes(ScriptedEnergyPlus.Model().Replace("25.2", version, StringComparison.Ordinal)),
            Token);
        await using var simulator = new Simulator(_energyPlus.Installation);
        var result = await simulator.SimulateAsync(new("m.idf", null, "out") { Options = new() { VersionPolicy = policy } },
            _files.AsAsync(), cancellationToken: Token);
        Assert.Equal(expected, result.Outcome);
        if (expected is not RunOutcome.Rejected) return;
        Assert.Equal(RunReason.WrongVersion, result.Record!.Reason);
        Assert.Contains(version, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_goes_to_the_installation_of_its_version_unless_one_was_named()
    {
        using var folder = new TemporaryFolder();
        var (old, current) = (Install(folder["old"], "24.2.0"), Install(folder["current"], "25.2.0"));
        await using (var named = new Engines(current, new(), [current, old]))
            Assert.Equal([current], named.Installations);

        await using var any = new Engines(null, new(), [current, old]);
        Assert.Equal(current.Directory, ChosenBy(any, "25.2"));
        Assert.Equal(old.Directory, ChosenBy(any, "24.2.1"));
        Assert.Equal(current.Directory, ChosenBy(any, null));
        Assert.Same(any.RunnerFor(old), any.RunnerFor(old));
    }

    private static string? ChosenBy(Engines engines, string? version)
    {
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
            (version is null ? "" : $"Version,{version};\n") + "Building,B;\n"));
        return Checks.OfVersion(Model.Read(text), engines.Installations, new()).Installation?.Directory;
    }

    private static EnergyPlusInstallation Install(string folder, string version)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Energy+.idd"), $"!IDD_Version {version}\n!IDD_BUILD 0000000000\n");
        File.WriteAllText(Path.Combine(folder, "energyplus"), "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(folder, "energyplus"), (UnixFileMode)0b111_101_101);
        return EnergyPlusInstallation.Find(folder);
    }
}
