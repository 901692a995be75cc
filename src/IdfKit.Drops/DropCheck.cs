using IdfKit.Drops.Inputs;
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
    public async Task<DropCheckResult> CheckAsync(string path, CancellationToken cancellationToken = default)
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
        var source = new DroppedSource(_settings, new Disk(new AsyncLocalFileSystem(root)), drop, kind);
        var run = new ModelRun(source, _engines, workspace, begun, new RunStopwatch(TimeProvider.System));
        var objection = await run.StageAsync(cancellationToken).ConfigureAwait(false);
        string Shown(string sentence) => sentence.Replace(S3Url.Of(Bucket, ""), root, StringComparison.Ordinal);
        return new(objection?.Reason, objection is null ? null : Shown(objection.Message), [.. run.Record.Notices.Select(Shown)])
        {
            Weather = run.Record.Weather is { } weather ? root + weather.Key : null,
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
}
