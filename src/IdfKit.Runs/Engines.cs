using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>
/// The EnergyPlus installations that models are run with. Each is started when a model is for it; hosts are kept warm
/// for the one that was used last, so that they never take more memory than one installation's do. May be used by many
/// callers at once.
/// </summary>
public sealed class Engines : IEngines, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly EngineOptions _options;
    private readonly List<EnergyPlusRunner> _started = [];
    private readonly EnergyPlusRunner _default;
    private EnergyPlusRunner _warm;

    /// <param name="installations">What there is, at least one; the first is the default
    /// (<see cref="EnergyPlusInstallation.FindSeveral"/>).</param>
    /// <param name="options">How each is started; where it names no engine host, <see cref="EngineHost.Find"/> finds one.</param>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <see cref="EngineOptions.EngineHostPath"/>.
    /// NotConfined: this machine lacks one of <see cref="EngineOptions.RequiredLayers"/>.</exception>
    public Engines(IReadOnlyList<EnergyPlusInstallation> installations, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(installations);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(installations.Count, nameof(installations));
        Installations = installations;
        _options = options with { EngineHostPath = options.EngineHostPath ?? EngineHost.Find() };
        _default = _warm = Start(installations[0]);
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

    /// <inheritdoc cref="EnergyPlusRunner.Confinement"/>
    public string Confinement => _default.Confinement;

    /// <inheritdoc cref="EnergyPlusRunner.KeepsRunsApart"/>
    public bool KeepsRunsApart => _default.KeepsRunsApart;

    /// <summary>
    /// Why models go through the plain program although warm hosts were asked for; null while hosts work, or may, or
    /// are not there.
    /// </summary>
    public string? HostUnavailableReason => _default.HostUnavailableReason;

    /// <summary>Readies the next run of the one that was used last, or of the default; returns at once.</summary>
    public void WarmUp()
    {
        lock (_gate) _warm.WarmUp();
    }

    EngineOptions IEngines.Options => _options;

    StartedEngine IEngines.For(EnergyPlusInstallation installation)
    {
        var runner = RunnerFor(installation);
        return new(runner.Installation, runner.RunAsync) { SettleAsync = runner.SettleAsync };
    }

    /// <summary>Stops what runs and what waits, and waits until all are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        List<EnergyPlusRunner> started;
        lock (_gate) started = [.. _started];
        foreach (var runner in started) await runner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What runs an installation's models, and is the one that keeps hosts warm from now on.</summary>
    internal EnergyPlusRunner RunnerFor(EnergyPlusInstallation installation)
    {
        lock (_gate)
        {
            var runner = _started.Find(started => started.Installation.Directory == installation.Directory) ?? Start(installation);
            if (ReferenceEquals(runner, _warm)) return runner;
            _warm.CoolDown();
            runner.WarmUp();
            return _warm = runner;
        }
    }

    private EnergyPlusRunner Start(EnergyPlusInstallation installation)
    {
        var runner = new EnergyPlusRunner(installation, _options);
        _started.Add(runner);
        return runner;
    }
}
