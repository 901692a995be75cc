using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>An EnergyPlus, and what runs it.</summary>
public sealed record StartedEngine(EnergyPlusInstallation Installation, EnergyPlusRunner Runner);

/// <summary>
/// The EnergyPlus installations that models are run with. Each is started when it is first used, and only the one that was used last keeps hosts
/// warm, so that memory is bounded however many there are. May be used by many callers at once.
/// </summary>
public sealed class Engines : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly EngineOptions _options;
    private readonly List<StartedEngine> _started = [];
    private StartedEngine _warm;

    /// <param name="installations">What there is, at least one; the first is the default (<see cref="EnergyPlusInstallation.FindSeveral"/>).</param>
    /// <param name="options">How each is started; where it names no engine host, <see cref="EngineHost.Find"/> finds one.</param>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <see cref="EngineOptions.EngineHostPath"/>.</exception>
    public Engines(IReadOnlyList<EnergyPlusInstallation> installations, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(installations);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(installations.Count, nameof(installations));
        Installations = installations;
        _options = options with { EngineHostPath = options.EngineHostPath ?? EngineHost.Find() };
        Default = _warm = Start(installations[0]);
    }

    /// <param name="installation">The one for all models; null: what is found on this machine.</param>
    /// <param name="options">How each is started.</param>
    /// <param name="found">What there is to choose among, the default first; null: what is on this machine.</param>
    internal Engines(EnergyPlusInstallation? installation, EngineOptions options, IReadOnlyList<EnergyPlusInstallation>? found = null)
        : this(installation is null ? found ?? EnergyPlusInstallation.FindSeveral() : [installation], options)
    {
    }

    /// <summary>What there is to choose among, the default first.</summary>
    public IReadOnlyList<EnergyPlusInstallation> Installations { get; }

    /// <summary>The one for models that do not say otherwise.</summary>
    public StartedEngine Default { get; }

    /// <summary>The one that was chosen for a model, which is the one that keeps hosts warm from now on.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    public StartedEngine For(EnergyPlusInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        lock (_gate)
        {
            var engine = _started.Find(engine => engine.Installation.Directory == installation.Directory) ?? Start(installation);
            if (ReferenceEquals(engine, _warm)) return engine;
            _warm.Runner.CoolDown();
            engine.Runner.WarmUp();
            return _warm = engine;
        }
    }

    /// <summary>The one for a model of this version, where nothing happens to the model; the default where there is none.</summary>
    public StartedEngine For(EnergyPlusVersion? version)
    {
        if (version is not { } wanted || IsOf(wanted, Default.Installation)) return For(Default.Installation);
        return For(Installations.FirstOrDefault(other => !other.IsReplay && IsOf(wanted, other)) ?? Default.Installation);
    }

    /// <summary>Starts hosts for the one that was used last, or for the default; returns at once.</summary>
    public void WarmUp()
    {
        lock (_gate) _warm.Runner.WarmUp();
    }

    /// <summary>Stops what runs and what waits, and waits until all are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        List<StartedEngine> started;
        lock (_gate) started = [.. _started];
        foreach (var engine in started) await engine.Runner.DisposeAsync().ConfigureAwait(false);
    }

    private StartedEngine Start(EnergyPlusInstallation installation)
    {
        var engine = new StartedEngine(installation, new EnergyPlusRunner(installation, _options));
        _started.Add(engine);
        return engine;
    }

    private static bool IsOf(EnergyPlusVersion version, EnergyPlusInstallation installation) =>
        (version.Major, version.Minor) == (installation.Version.Major, installation.Version.Minor);
}
