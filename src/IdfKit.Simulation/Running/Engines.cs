using IdfKit.Engine;

namespace IdfKit.Simulation.Running;

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record Engine(EnergyPlusInstallation Installation, EnergyPlusRunner Runner);

/// <summary>The EnergyPlus installations that jobs are run with, each with its warm hosts.</summary>
internal sealed class Engines : IAsyncDisposable
{
    private const string HostName = "idfkit-engine";

    private readonly SimulatorOptions _options;
    private readonly Engine _engine;
    private readonly Lazy<IReadOnlyList<EnergyPlusInstallation>> _others;
    private readonly Dictionary<string, Engine> _started = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <param name="installation">The only one to use; null: the one that is found first, and any other that is installed for models of its version.</param>
    /// <param name="options">How EnergyPlus is started.</param>
    public Engines(EnergyPlusInstallation? installation, SimulatorOptions options)
        : this(installation ?? EnergyPlusInstallation.Find(), () => installation is null ? EnergyPlusInstallation.FindAll() : [], options)
    {
    }

    internal Engines(EnergyPlusInstallation first, Func<IReadOnlyList<EnergyPlusInstallation>> others, SimulatorOptions options)
    {
        _options = options;
        _engine = Start(first, options.WarmHosts);
        _others = new(others);
    }

    public EnergyPlusInstallation Default => _engine.Installation;

    /// <summary>The one of the model's version, else the default, and what the versions mean for the run.</summary>
    public Engine For(Model model, VersionPolicy policy, out VersionCheck check)
    {
        check = VersionCheck.Of(model, Default, VersionPolicy.Refuse);
        if (check.Refusal is null) return _engine;
        if (_others.Value.FirstOrDefault(other => (other.Version.Major, other.Version.Minor) == (model.Version!.Value.Major, model.Version.Value.Minor)) is { } same)
        {
            check = VersionCheck.Of(model, same, policy);
            return Started(same);
        }
        check = VersionCheck.Of(model, Default, policy);
        return _engine;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _isDisposed = true;
        foreach (var engine in _started.Values) await engine.Runner.DisposeAsync().ConfigureAwait(false);
        await _engine.Runner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Hosts are kept warm for the default only: each takes memory, and who knows whether another model of that version comes.</summary>
    private Engine Started(EnergyPlusInstallation installation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_started.TryGetValue(installation.Directory, out var engine)) _started.Add(installation.Directory, engine = Start(installation, warmHosts: 0));
            return engine;
        }
    }

    private Engine Start(EnergyPlusInstallation installation, int warmHosts) =>
        new(installation, new EnergyPlusRunner(installation, new EngineOptions { EngineHostPath = _options.EngineHostPath ?? HostBesideThis(), WarmHosts = warmHosts }));

    private static string? HostBesideThis() =>
        OperatingSystem.IsLinux() && Path.Combine(AppContext.BaseDirectory, HostName) is var path && File.Exists(path) ? path : null;
}
