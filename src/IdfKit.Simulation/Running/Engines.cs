using IdfKit.Engine;
using IdfKit.Simulation.Staging;

namespace IdfKit.Simulation.Running;

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record Engine(EnergyPlusInstallation Installation, EnergyPlusRunner Runner);

/// <summary>The EnergyPlus installations that jobs are run with, each with its warm hosts.</summary>
internal sealed class Engines : IAsyncDisposable
{
    private const string HostName = "idfkit-engine";
    private const long LargestStarterBytes = 512 * 1024; // .NET 10's is 80 KB; the host compiled ahead of time has megabytes

    private readonly Engine _engine;

    public Engines(EnergyPlusInstallation? installation, SimulatorOptions options)
    {
        var found = installation ?? EnergyPlusInstallation.Find();
        _engine = new(found, new EnergyPlusRunner(found, new EngineOptions { EngineHostPath = options.EngineHostPath ?? HostBesideThis(), WarmHosts = options.WarmHosts }));
    }

    public EnergyPlusInstallation Default => _engine.Installation;

    public string? HostUnavailableReason => _engine.Runner.HostUnavailableReason;

    /// <summary>The one for a model, or why there is none.</summary>
    public Engine For(Model model, SimulationOptions options, out Rejection? rejection)
    {
        rejection = null;
        return _engine;
    }

    public ValueTask DisposeAsync() => _engine.Runner.DisposeAsync();

    private static string? HostBesideThis()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var host = new FileInfo(Path.Combine(AppContext.BaseDirectory, HostName));
        // A build that refers to the host's project copies its small starter alone, which runs nothing without the .dll.
        return host.Exists && (host.Length > LargestStarterBytes || File.Exists(host.FullName + ".dll")) ? host.FullName : null;
    }
}
