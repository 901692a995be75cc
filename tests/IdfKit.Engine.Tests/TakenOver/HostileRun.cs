using System.Diagnostics;

using IdfKit.Engine.Tests.Processes;

using RunBed;

using TestBed;

namespace IdfKit.Engine.Tests.TakenOver;

/// <summary>A run of an EnergyPlus that a stranger has taken over, confined, and what lies around it that it must not reach.</summary>
internal sealed class HostileRun : IDisposable
{
    private readonly TemporaryFolder _run = new();
    private readonly TemporaryFolder _outside = new();
    private readonly Process _bystander;

    public HostileRun()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        File.WriteAllText(Secret, "s3cr3t");
        _bystander = Process.Start("sleep", "600");
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A file of somebody else, which the run's user may read and write.</summary>
    public string Secret => _outside["secret"];

    /// <summary>A process of somebody else with the same user.</summary>
    public int Bystander => _bystander.Id;

    /// <summary>Whether the process has come to no harm.</summary>
    public bool IsBystanderUnharmed => !_bystander.HasExited;

    /// <summary>Whether neither the file nor the process has come to harm.</summary>
    public bool IsRestUnharmed => File.ReadAllText(Secret) == "s3cr3t" && IsBystanderUnharmed;

    public string Output => _run["out"];

    /// <summary>Among how many runs the bounds are shared.</summary>
    public int Shares { get; init; } = 1;

    /// <summary>What the run's own notes say that it reached.</summary>
    public IReadOnlyList<string> Reached =>
        [.. ReadNotes().Where(line => line.EndsWith(" reached", StringComparison.Ordinal)).Select(line => line[..^" reached".Length])];

    /// <summary>A path outside of the run's folders, where nothing is.</summary>
    public string Outside(string name) => _outside[name];

    public async Task<EngineRun> RunAsync(bool warm, EngineOptions options, params string[] attacks)
    {
        File.WriteAllText(_run["in.idf"], HostileEnergyPlus.Model(attacks));
        options = options with { WarmHosts = warm ? 1 : 0, KillGrace = TimeSpan.FromMilliseconds(100) };
        await using var runner = new EnergyPlusRunner(HostileEnergyPlus.Installation, options);
        runner.WarmUp();
        var request = new EngineRequest
        {
            ModelPath = _run["in.idf"], OutputDirectory = Output, Timeout = TimeSpan.FromMinutes(1), Shares = Shares
        };
        var run = await runner.RunAsync(request, null, Token);
        // A run that did not begin as it was meant to proves nothing.
        Assert.Equal(warm, run.Warm);
        Assert.True(File.Exists(Path.Combine(Output, "eplusout.audit")), run.OutputTail);
        return run;
    }

    public Task<EngineRun> RunAsync(bool warm, bool landlock, params string[] attacks) =>
        RunAsync(warm, landlock ? Confined : ConfinedWithoutLandlock(), attacks);

    public static EngineOptions Confined => new() { EngineHostPath = FakeRun.EngineHost, Confine = true };

    public void Dispose()
    {
        if (!_bystander.HasExited) _bystander.Kill();
        _bystander.Dispose();
        // .NET removes neither names that are no UTF-8 nor paths that are too long.
        using var remove = Process.Start("rm", ["-rf", _run.Path, _outside.Path]);
        remove.WaitForExit();
    }

    /// <summary>A kernel that does not know Landlock, as Lambda's may be.</summary>
    private EngineOptions ConfinedWithoutLandlock()
    {
        var root = Path.GetFullPath(Path.Combine(
            System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var script = $"#!/bin/sh\nDOTNET_ROOT='{root}' exec '{HostileEnergyPlus.WithoutLandlock}' '{FakeRun.EngineHost}' \"$@\"\n";
        File.WriteAllText(_outside["idfkit-engine"], script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_outside["idfkit-engine"], (UnixFileMode)0b111_101_101);
        return new() { EngineHostPath = _outside["idfkit-engine"], Confine = true };
    }

    private string[] ReadNotes() => File.ReadAllLines(Path.Combine(Output, "eplusout.audit"));
}
