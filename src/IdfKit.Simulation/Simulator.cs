using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation.Jobs;
using IdfKit.Storage;

namespace IdfKit.Simulation;

/// <summary>
/// Simulates jobs with EnergyPlus: one, a batch, or a stream. Inputs and results lie on any file system; EnergyPlus
/// always runs on local disk. May be used by many callers at once.
/// </summary>
/// <remarks>
/// It keeps EnergyPlus loaded for the next jobs (<see cref="SimulatorOptions.WarmHosts"/>); dispose it to end that.
/// </remarks>
public sealed partial class Simulator : IAsyncDisposable
{
    private readonly Engines _engines;
    private readonly SimulatorOptions _options;
    private readonly SimulationCache? _cache;
    private readonly TimeProvider _time = TimeProvider.System;

    /// <param name="installation">
    /// The EnergyPlus to use; null: what <see cref="EnergyPlusInstallation.FindSeveral"/> finds, of which the first is
    /// the default and each model goes to the one of its version, or to the one that it can be migrated to
    /// (<see cref="SimulationOptions.VersionPolicy"/>).
    /// </param>
    /// <param name="options">Where and how it works; null: the defaults.</param>
    /// <param name="cache">Where results of earlier runs are kept; null: every job is simulated.</param>
    /// <exception cref="EnergyPlusException">NotFound: there is no EnergyPlus, or no <c>idfkit-engine</c> where the
    /// options say.</exception>
    public Simulator(EnergyPlusInstallation? installation = null, SimulatorOptions? options = null, SimulationCache? cache = null)
    {
        _options = options ?? new();
        _engines = new(installation, new() { EngineHostPath = _options.EngineHostPath, WarmHosts = _options.WarmHosts });
        _cache = cache;
    }

    /// <summary>The EnergyPlus that is used; where none was given, not for models of another version that is installed, too.</summary>
    public EnergyPlusInstallation Installation => _engines.Installations[0];

    /// <summary>All that models may go to, the default first.</summary>
    internal IReadOnlyList<EnergyPlusInstallation> Installations => _engines.Installations;

    /// <summary>
    /// Why jobs go through the plain program although warm hosts were asked for; null while hosts work, or may, or are
    /// not there.
    /// </summary>
    public string? HostUnavailableReason => _engines.HostUnavailableReason;

    /// <inheritdoc cref="SimulateAsync"/>
    public SimulationResult Simulate(
        SimulationJob job, IFileSystem? fileSystem = null,
        IProgress<SimulationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => SimulateAsync(job, fileSystem?.AsAsync(), progress, cancellationToken));

    /// <summary>Simulates one model and stores its results, with a record, in the job's output directory.</summary>
    /// <param name="job">What to simulate.</param>
    /// <param name="fileSystem">Where the model, its weather, the files that it names and the output directory lie;
    /// null: this machine's disk.</param>
    /// <param name="progress">Is told, on the threads that do the work, how far it is.</param>
    /// <param name="cancellationToken">Stops EnergyPlus and leaves nothing behind.</param>
    /// <returns>How it ended. What is wrong with the model or the weather is a result, too: failed or rejected, with a message.</returns>
    /// <exception cref="ArgumentException">The job contradicts itself.</exception>
    /// <exception cref="StorageException">The model or the weather is not there, or the file system failed.</exception>
    /// <exception cref="EnergyPlusException">Broken or CannotStart: EnergyPlus did not run at all.</exception>
    public Task<SimulationResult> SimulateAsync(
        SimulationJob job, IAsyncFileSystem? fileSystem = null,
        IProgress<SimulationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new JobRun(job, fileSystem, _engines, _cache, new JobProgress(job, progress, _time), _time);
        return run.RunAsync(_options.WorkDirectory ?? Path.GetTempPath(), cancellationToken);
    }

    /// <summary>Stops what runs, and waits until all is gone.</summary>
    public ValueTask DisposeAsync() => _engines.DisposeAsync();
}
