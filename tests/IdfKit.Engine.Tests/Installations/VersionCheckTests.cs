using System.Text;
using TestBed;

namespace IdfKit.Engine.Tests.Installations;

public sealed class VersionCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("Version,25.2;"), InlineData("Version,25.2.0;"), InlineData("Version,25.2.7;"), InlineData("Building,No version;")]
    public void Same_version_runs_under_every_policy(string model)
    {
        foreach (var policy in Enum.GetValues<VersionPolicy>())
            Assert.Equal((null, 0), (Check(model, policy).Refusal, Check(model, policy).Transitions.Count));
    }

    [Fact]
    public void Older_is_refused_and_the_refusal_names_the_transitions()
    {
        var check = Check("Version,24.1;", VersionPolicy.Refuse);

        Assert.Contains("24.1", check.Refusal, StringComparison.Ordinal);
        Assert.Contains("V24-1-0 → V24-2-0 → V25-1-0 → V25-2-0", check.Refusal, StringComparison.Ordinal);
        Assert.True(check.MayRunAnyway);
    }

    [Fact]
    public void Older_runs_as_it_is_when_asked() => Assert.Null(Check("Version,8.9;", VersionPolicy.RunAnyway).Refusal);

    [Fact]
    public void Older_than_every_transition_says_so() =>
        Assert.Contains("starts at 3.1", Check("Version,3.1;", VersionPolicy.Migrate).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Newer_is_refused_under_every_policy()
    {
        foreach (var policy in Enum.GetValues<VersionPolicy>())
        {
            var check = Check("Version,26.1;", policy);
            Assert.Contains("26.1", check.Refusal, StringComparison.Ordinal);
            Assert.False(check.MayRunAnyway);
        }
    }

    [Fact]
    public void Migration_names_the_program_that_is_missing()
    {
        Install("Transition-V24-2-0-to-V25-1-0");

        var check = Check("Version,24.2;", VersionPolicy.Migrate);

        Assert.Contains("Transition-V25-1-0-to-V25-2-0 is not installed", check.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Migration_goes_through_every_version_between()
    {
        Install("Transition-V24-2-0-to-V25-1-0", "Transition-V25-1-0-to-V25-2-0");

        var check = Check("Version,24.2;", VersionPolicy.Migrate);

        Assert.Null(check.Refusal);
        Assert.Equal(["Transition-V24-2-0-to-V25-1-0", "Transition-V25-1-0-to-V25-2-0"], check.Transitions.Select(step => step.ProgramName));
    }

    [Fact]
    public void Migration_of_epJSON_is_refused() =>
        Assert.Contains("IDF only", Check("""{"Version": {"v": {"version_identifier": "24.2"}}}""", VersionPolicy.Migrate).Refusal, StringComparison.Ordinal);

    private VersionCheck Check(string model, VersionPolicy policy)
    {
        Install();
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(model));
        return VersionCheck.Of(Model.Read(text), EnergyPlusInstallation.Find(_folder.Path), policy);
    }

    private void Install(params string[] transitions)
    {
        File.WriteAllText(_folder[InstallationFiles.Program], "");
        File.WriteAllText(_folder["Energy+.idd"], "!IDD_Version 25.2.0\n");
        Directory.CreateDirectory(_folder[InstallationFiles.Updater]);
        foreach (var name in transitions) File.WriteAllText(_folder[InstallationFiles.Updater, OperatingSystem.IsWindows() ? name + ".exe" : name], "");
    }
}
