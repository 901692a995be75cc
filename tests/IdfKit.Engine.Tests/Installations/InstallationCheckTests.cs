using IdfKit.Engine.Tests.Processes;
using TestBed;

namespace IdfKit.Engine.Tests.Installations;

public sealed class InstallationCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_of_the_real_one_says_its_version_and_misses_nothing()
    {
        var check = await InstallationCheck.RunAsync(EnergyPlusInstallation.Find(RealParts.EnergyPlus()), Token);

        Assert.True(check.Runs);
        Assert.Contains("25.2.0-cf7368216c", check.Answer, StringComparison.Ordinal);
        Assert.Empty(check.MissingLibraries);
    }

    [Fact]
    public async Task Check_of_one_whose_libraries_are_gone_names_them()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "energyplus", "Energy+.idd" }) File.Copy(Path.Combine(RealParts.EnergyPlus(), name), folder[name]);

        var check = await InstallationCheck.RunAsync(EnergyPlusInstallation.Find(folder.Path), Token);

        Assert.False(check.Runs);
        Assert.Contains("error while loading shared libraries: libenergyplusapi.so", check.Answer, StringComparison.Ordinal);
        Assert.Contains(check.MissingLibraries, library => library.StartsWith("libenergyplusapi.so", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_of_one_whose_libraries_are_gone_is_broken()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "energyplus", "Energy+.idd" }) File.Copy(Path.Combine(RealParts.EnergyPlus(), name), folder[name]);
        await using var runner = new EnergyPlusRunner(
            EnergyPlusInstallation.Find(folder.Path), new() { EngineHostPath = FakeRun.EngineHost, WarmHosts = 1 });
        runner.WarmUp();

        var broken = await Assert.ThrowsAsync<EnergyPlusException>(() => runner.RunAsync(
            new() { ModelPath = folder["Energy+.idd"], OutputDirectory = folder["output"] }, cancellationToken: Token));

        Assert.Equal(EnergyPlusErrorKind.Broken, broken.Kind);
        Assert.Contains("libenergyplusapi.so", broken.Message, StringComparison.Ordinal);
        Assert.Contains("libenergyplusapi.so is not in", runner.HostUnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_what_is_no_program_says_so()
    {
        using var fake = new FakeRun();
        fake.ReplaceProgram("");
        await File.WriteAllTextAsync(fake.Installation.ExecutablePath, "\x7fELF", Token);

        var check = await InstallationCheck.RunAsync(fake.Installation, Token);

        Assert.False(check.Runs);
        Assert.Contains(fake.Installation.ExecutablePath, check.Answer, StringComparison.Ordinal);
    }
}
