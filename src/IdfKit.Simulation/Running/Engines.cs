using IdfKit.Engine;
using IdfKit.Simulation.Staging;

namespace IdfKit.Simulation.Running;

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record Engine(EnergyPlusInstallation Installation, EnergyPlusRunner Runner);

/// <summary>The EnergyPlus installations that jobs are run with, each with its warm hosts.</summary>
internal sealed class Engines : IAsyncDisposable
{
    private const string HostName = "idfkit-engine";

    private readonly Engine _engine;

    public Engines(EnergyPlusInstallation? installation, SimulatorOptions options)
    {
        var found = installation ?? EnergyPlusInstallation.Find();
        _engine = new(found, new EnergyPlusRunner(found, new EngineOptions { EngineHostPath = options.EngineHostPath ?? HostBesideThis(), WarmHosts = options.WarmHosts }));
    }

    public EnergyPlusInstallation Default => _engine.Installation;

    /// <summary>The one for a model, or why there is none.</summary>
    public Engine For(Model model, SimulationOptions options, out Rejection? rejection)
    {
        rejection = null;
        return _engine;
    }

    public ValueTask DisposeAsync() => _engine.Runner.DisposeAsync();

    private static string? HostBesideThis() =>
        OperatingSystem.IsLinux() && Path.Combine(AppContext.BaseDirectory, HostName) is var path && File.Exists(path) ? path : null;
}
