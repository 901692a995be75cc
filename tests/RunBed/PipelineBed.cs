using Xunit;
using TestBed;

using IdfKit.Drops.Objects;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace RunBed;

/// <summary>The pipeline over a bucket in memory, with a script in EnergyPlus's place.</summary>
internal sealed class PipelineBed : IBucketSource, IAsyncDisposable
{
    private readonly TemporaryFolder _work = new();
    private readonly Engines _engines;
    private int _sequence;

    /// <param name="adjust">Settings other than the defaults.</param>
    /// <param name="others">Installations beside <see cref="EnergyPlus"/>, which is the default.</param>
    public PipelineBed(Func<RunSettings, RunSettings>? adjust = null, params IReadOnlyList<EnergyPlusInstallation> others)
        : this(adjust, new EngineOptions(), [], others)
    {
    }

    private PipelineBed(
        Func<RunSettings, RunSettings>? adjust, EngineOptions options, IReadOnlyList<EnergyPlusInstallation> before,
        IReadOnlyList<EnergyPlusInstallation> others)
    {
        Seen = new RecordingFileSystem(Files);
        _engines = new Engines([.. before, EnergyPlus.Installation, .. others], options);
        var settings = (adjust ?? (given => given))(new RunSettings { WorkDirectory = _work.Path, SignOfLife = TimeSpan.Zero });
        Pipeline = new DropDispatcher(settings, this, _engines);
    }

    /// <summary>With an EnergyPlus that a stranger has taken over, kept warm as the function has it.</summary>
    /// <param name="confine">Whether it is confined as it is there.</param>
    /// <param name="workDirectory">Where runs are staged; null: in a folder of the bed's own.</param>
    public static PipelineBed Hostile(bool confine, string? workDirectory = null)
    {
        var bed = new PipelineBed(
            settings => settings with { WorkDirectory = workDirectory ?? settings.WorkDirectory },
            new() { EngineHostPath = RealParts.EngineHost, Confine = confine, WarmHosts = 1 }, [HostileEnergyPlus.Installation], []);
        bed._engines.WarmUp();
        return bed;
    }

    public ScriptedEnergyPlus EnergyPlus { get; } = new();

    /// <summary>Where runs are staged.</summary>
    public string WorkDirectory => _work.Path;

    /// <summary>The bucket, beside the pipeline.</summary>
    public IAsyncFileSystem Files { get; } = new MemoryFileSystem().AsAsync();

    /// <summary>The same as the pipeline sees it: a test may do something before any of its requests.</summary>
    public RecordingFileSystem Seen { get; }

    public DropDispatcher Pipeline { get; }

    public IAsyncFileSystem Open(string bucket) => Seen;

    public Task RemoveUnfinishedAsync(string bucket, string folder, CancellationToken cancellationToken = default) =>
        Seen.NoteAsync("Abort " + folder);

    /// <summary>Puts an object and gives its event.</summary>
    public async Task<DroppedObject> PutAsync(string key, string content)
    {
        await Files.WriteTextAsync(key, content);
        return new("bucket", ObjectKey.FromText(key)) { Sequencer = Interlocked.Increment(ref _sequence)
            .ToString("X16", System.Globalization.CultureInfo.InvariantCulture) };
    }

    /// <summary>What one invocation of the function would do with the event.</summary>
    public Task<IReadOnlyList<RunResult>> DeliverAsync(DroppedObject drop, TimeSpan? timeLeft = null) =>
        Pipeline.RunAsync(drop,
            new Delivery(Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow() + (timeLeft ?? TimeSpan.FromMinutes(5)), "1"));

    public async Task<RunRecord> RecordAsync(string folder) =>
        RunRecordFile.FromJson(await Files.ReadBytesAsync($"outputs/{folder}/run.json"))!;

    public async ValueTask DisposeAsync()
    {
        await _engines.DisposeAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.Path));
        _work.Dispose();
        EnergyPlus.Dispose();
    }
}
