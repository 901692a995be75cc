using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>
/// The EnergyPlus installations that models are run with, each with its warm hosts. One that the caller named runs every model; else a model of
/// another version goes to the installation of its version, if there is one.
/// </summary>
public sealed class Engines : IEngines, IAsyncDisposable
{
    private const string HostName = "idfkit-engine";
    private const long LargestStarterBytes = 512 * 1024; // .NET 10's is 80 KB; the host compiled ahead of time has megabytes

    private readonly Lock _gate = new();
    private readonly EngineOptions _options;
    private readonly List<EnergyPlusRunner> _started = [];
    private readonly EnergyPlusRunner _default;
    private readonly Lazy<IReadOnlyList<EnergyPlusInstallation>> _others;

    /// <param name="installation">The one for all jobs; null: what is found on this machine.</param>
    /// <param name="options">Hosts.</param>
    /// <param name="found">What there is to choose among, the default first; null: what is on this machine.</param>
    public Engines(EnergyPlusInstallation? installation, EngineOptions options, IReadOnlyList<EnergyPlusInstallation>? found = null)
    {
        _options = options with { EngineHostPath = options.EngineHostPath ?? HostBesideThis() };
        _others = new(() => installation is null ? found ?? EnergyPlusInstallation.FindAll() : []);
        _default = Start(installation ?? found?[0] ?? EnergyPlusInstallation.Find());
    }

    /// <summary>The EnergyPlus for models that do not say otherwise.</summary>
    public EnergyPlusInstallation Installation => _default.Installation;

    /// <summary>How its children are confined.</summary>
    public string Confinement => _default.Confinement;

    /// <summary>Why models go through the plain program although warm hosts were asked for; null while hosts work, or may, or are not there.</summary>
    public string? HostUnavailableReason => _default.HostUnavailableReason;

    /// <summary>Readies the first engine.</summary>
    public void WarmUp() => _default.WarmUp();

    StartedEngine IEngines.For(EnergyPlusVersion? version)
    {
        var runner = RunnerFor(version);
        return new(runner.Installation, runner.RunAsync);
    }

    /// <summary>Stops what runs, and waits until all is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        List<EnergyPlusRunner> started;
        lock (_gate) started = [.. _started];
        foreach (var runner in started) await runner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What runs models of this version.</summary>
    internal EnergyPlusRunner RunnerFor(EnergyPlusVersion? version)
    {
        if (version is not { } wanted || IsSame(wanted, Installation)) return _default;
        if (_others.Value.FirstOrDefault(other => !other.IsReplay && IsSame(wanted, other)) is not { } match) return _default;
        lock (_gate) return _started.FirstOrDefault(runner => runner.Installation.Directory == match.Directory) ?? Start(match);
    }

    private EnergyPlusRunner Start(EnergyPlusInstallation installation)
    {
        var runner = new EnergyPlusRunner(installation, _options);
        _started.Add(runner);
        return runner;
    }

    private static bool IsSame(EnergyPlusVersion version, EnergyPlusInstallation installation) =>
        (version.Major, version.Minor) == (installation.Version.Major, installation.Version.Minor);

    private static string? HostBesideThis()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var host = new FileInfo(Path.Combine(AppContext.BaseDirectory, HostName));
        // A build that refers to the host's project copies its small starter alone, which runs nothing without the .dll.
        return host.Exists && (host.Length > LargestStarterBytes || File.Exists(host.FullName + ".dll")) ? host.FullName : null;
    }
}
