using IdfKit.Drops.Inputs;
using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// Says of a file on this machine what the function would say if it were dropped with the files around it, without running anything.
/// The file's own disk is taken for the bucket, so that the rules and their sentences are those of a drop.
/// </summary>
public sealed class DropCheck
{
    private const string Bucket = "this-machine";

    private readonly RunSettings _settings;
    private readonly IEngines _engines;

    /// <summary>The EnergyPlus that the function's image has.</summary>
    public static EnergyPlusVersion Version { get; } = new(25, 2);

    /// <param name="settings">What is allowed; the prefixes mean nothing here.</param>
    /// <param name="installation">The EnergyPlus that models are checked for; null: one of <see cref="Version"/>, which
    /// need not be here.</param>
    public DropCheck(RunSettings settings, EnergyPlusInstallation? installation)
    {
        _settings = settings with { InputPrefix = "", OutputPrefix = "", OutputBucket = Bucket + "-results" };
        _engines = new NeverStarted(installation ?? new("", Version, build: null, isReplay: false));
    }

    /// <summary>Checks one file.</summary>
    /// <param name="path">The model or bundle.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The file, or one that it names, cannot be read.</exception>
    public Task<DropCheckResult> CheckAsync(string path, CancellationToken cancellationToken = default) =>
        CheckAsync(path, null, cancellationToken);

    /// <summary>Checks one file as if its job file were another one, or there were one.</summary>
    /// <param name="path">The model.</param>
    /// <param name="jobFile">What the job file beside it would hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The file, or one that it names, cannot be read.</exception>
    public Task<DropCheckResult> CheckWithJobAsync(
        string path, ReadOnlyMemory<byte> jobFile, CancellationToken cancellationToken = default) =>
        CheckAsync(path, jobFile, cancellationToken);

    private async Task<DropCheckResult> CheckAsync(string path, ReadOnlyMemory<byte>? jobFile, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var key = ObjectKey.FromText(full[root.Length..].Replace(Path.DirectorySeparatorChar, '/'));
        var layout = new OutputLayout("", "", sameBucket: false);
        var kind = layout.KindOf(key, inOutputBucket: false);
        if (!kind.IsAnswered)
        {
            var why = layout.WhyNotRun(key, inOutputBucket: false) ?? DropSentences.StudyIsCheckedElsewhere(key.Name);
            return new(RunReason.NotAModel, why, []);
        }

        var drop = new DroppedObject(Bucket, key) { IsGone = !File.Exists(full) };
        var begun = new RunRecord
        {
            RunId = Guid.CreateVersion7().ToString("N"),
            Status = RunStatus.Running,
            Input = new(Bucket, key.Value),
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        using var workspace = Workspace.Create(_settings.WorkDirectory, begun.RunId);
        var files = new AsyncLocalFileSystem(root);
        var disk = jobFile is { } given ? new WithJobFile(files, JobFile.KeyFor(key).Value, given) : (IAsyncFileSystem)files;
        var source = new DroppedSource(_settings, new Disk(disk), drop, kind);
        var run = new ModelRun(source, _engines, workspace, begun, new RunStopwatch(TimeProvider.System));
        var objection = await run.StageAsync(cancellationToken).ConfigureAwait(false);
        string Shown(string sentence) => sentence.Replace(S3Url.Of(Bucket, ""), root, StringComparison.Ordinal);
        return new(objection?.Reason, objection is null ? null : Shown(objection.Message), [.. run.Record.Notices.Select(Shown)])
        {
            Weather = run.Record.Weather is { } weather ? root + weather.Key : null,
            Companions = [.. run.CompanionFiles.Select(file => file.Path).OfType<string>().Distinct().Select(file => root + file)],
        };
    }

    /// <summary>The disk as the one bucket there is.</summary>
    private sealed class Disk(IAsyncFileSystem files) : IBucketSource
    {
        public IAsyncFileSystem Open(string bucket) => bucket == Bucket
            ? files
            : throw new StorageException(StorageErrorKind.AccessDenied, "Open", bucket, DropSentences.OtherBucketUnchecked(bucket));
    }

    /// <summary>An EnergyPlus to check against, which is never started.</summary>
    private sealed class NeverStarted(EnergyPlusInstallation installation) : IEngines
    {
        public IReadOnlyList<EnergyPlusInstallation> Installations { get; } = [installation];

        public EngineOptions Options { get; } = new();

        public string Confinement => "none";

        public bool KeepsRunsApart => false;

        public StartedEngine For(EnergyPlusInstallation chosen) =>
            new(chosen, (_, _, _) => throw new InvalidOperationException("A check runs nothing."));
    }
}

/// <summary>What the check of a file found.</summary>
/// <param name="Reason">A code of <see cref="RunReason"/>; null when it would be run.</param>
/// <param name="Message">Why it would not be run, in one sentence; null when it would.</param>
/// <param name="Notices">What is worth knowing all the same.</param>
public sealed record DropCheckResult(string? Reason, string? Message, IReadOnlyList<string> Notices)
{
    /// <summary>The weather that it would be run with; null: none.</summary>
    public string? Weather { get; init; }

    /// <summary>The files that the model names, of those that are dropped beside it; full paths, each once.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];
}
