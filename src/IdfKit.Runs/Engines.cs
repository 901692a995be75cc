using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>An EnergyPlus, and what runs it.</summary>
internal sealed record StartedEngine(EnergyPlusInstallation Installation, EnergyPlusRunner Runner);

/// <summary>
/// The EnergyPlus installations that jobs are run with, each with its warm hosts. One that the caller named runs every model; else a model of
/// another version goes to the installation of its version, if there is one.
/// </summary>
internal sealed class Engines : IAsyncDisposable
{
    private const string HostName = "idfkit-engine";
    private const long LargestStarterBytes = 512 * 1024; // .NET 10's is 80 KB; the host compiled ahead of time has megabytes

    private readonly Lock _gate = new();
    private readonly EngineOptions _options;
    private readonly List<StartedEngine> _started = [];
    private readonly Lazy<IReadOnlyList<EnergyPlusInstallation>> _others;

    /// <param name="installation">The one for all jobs; null: what is found on this machine.</param>
    /// <param name="options">Hosts.</param>
    /// <param name="found">What there is to choose among, the default first; null: what is on this machine.</param>
    public Engines(EnergyPlusInstallation? installation, EngineOptions options, IReadOnlyList<EnergyPlusInstallation>? found = null)
    {
        _options = options with { EngineHostPath = options.EngineHostPath ?? HostBesideThis() };
        _others = new(() => installation is null ? found ?? EnergyPlusInstallation.FindAll() : []);
        Default = Start(installation ?? found?[0] ?? EnergyPlusInstallation.Find());
    }

    /// <summary>The one for models that do not say otherwise.</summary>
    public StartedEngine Default { get; }

    /// <summary>The one for a model of this version.</summary>
    public StartedEngine For(EnergyPlusVersion? version)
    {
        if (version is not { } wanted || IsSame(wanted, Default.Installation)) return Default;
        if (_others.Value.FirstOrDefault(other => !other.IsReplay && IsSame(wanted, other)) is not { } match) return Default;
        lock (_gate) return _started.FirstOrDefault(engine => engine.Installation.Directory == match.Directory) ?? Start(match);
    }

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
