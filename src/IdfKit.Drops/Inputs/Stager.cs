using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>Brings a model, its job file, its weather and the files that it names to local disk, and checks that they can run.</summary>
internal sealed class Stager(RunSettings settings, IBucketSource buckets, EnergyPlusInstallation installation)
{
    private const int MostRisks = 100, LongestRisk = 300; // in the record, which is read whole

    public async Task<StagedRun> StageAsync(DroppedObject drop, Workspace directory, CancellationToken cancellationToken)
    {
        if (DiskRoom.WhyTooSmall(drop, directory.Path) is { } tooLarge) return new() { Input = InputOf(drop), Rejection = tooLarge };
        return drop.Key.Extension.Equals(Bundle.Extension, StringComparison.OrdinalIgnoreCase)
            ? await StageBundleAsync(drop, directory, cancellationToken).ConfigureAwait(false)
            : await StageModelAsync(drop, directory, cancellationToken).ConfigureAwait(false);
    }

    private static RunInput InputOf(DroppedObject drop) => new(drop.Bucket, drop.Key.Value) { VersionId = drop.VersionId, ETag = drop.ETag, SizeBytes = drop.SizeBytes };

    private static Rejection NoLongerThere(DroppedObject drop) =>
        new(RunReason.MissingFile, drop.WasNeverThere ? DropSentences.NoSuchObject(drop.Url) : DropSentences.NoLongerThere(drop.Url));

    private async Task<StagedRun> StageBundleAsync(DroppedObject drop, Workspace directory, CancellationToken cancellationToken)
    {
        if (await DownloadOrNullAsync(buckets.Open(drop.Bucket), drop.Key, directory.Scratch, cancellationToken).ConfigureAwait(false) is not { } entry)
            return new() { Input = InputOf(drop), Rejection = NoLongerThere(drop) };
        var input = InputOf(drop) with { VersionId = entry.VersionId, ETag = entry.ETag, SizeBytes = entry.SizeBytes, LastModified = entry.Modified };
        var (model, refused) = await Bundle.UnpackAsync(directory.Scratch, drop.Key.Name, directory.Bundle, cancellationToken).ConfigureAwait(false);
        File.Delete(directory.Scratch);
        if (model is null) return new() { Input = input, Rejection = refused };

        var unpacked = new UnpackedBundle(drop, entry, directory.Bundle, buckets);
        var staged = await new Stager(settings, unpacked, installation).StageModelAsync(drop with { Key = unpacked.KeyOf(model) }, directory, cancellationToken).ConfigureAwait(false);
        return staged with { Input = input, Weather = unpacked.Told(staged.Weather) };
    }

    private async Task<StagedRun> StageModelAsync(DroppedObject drop, Workspace directory, CancellationToken cancellationToken)
    {
        var bucket = buckets.Open(drop.Bucket);
        var input = InputOf(drop);
        var modelPath = Path.Combine(directory.Inputs, StagedModel.NameFor(drop.Key.Extension));
        var weatherPath = Path.Combine(directory.Inputs, "in.epw");
        var finder = new WeatherFinder(buckets, drop.Bucket, drop.Key, weatherPath);

        // The three that are nearly always wanted, at once: each is a round trip.
        var jobFile = JobFile.ReadBytesOrNullAsync(bucket, JobFile.KeyFor(drop.Key), cancellationToken);
        var sibling = finder.FindSiblingAsync(cancellationToken);
        var download = DownloadOrNullAsync(bucket, drop.Key, modelPath, cancellationToken);
        await Task.WhenAll(jobFile, sibling, download).ConfigureAwait(false);

        if (await download.ConfigureAwait(false) is not { } entry)
            return new() { Input = input, Rejection = NoLongerThere(drop) };
        input = input with { VersionId = entry.VersionId, ETag = entry.ETag, SizeBytes = entry.SizeBytes, LastModified = entry.Modified };
        var staged = new StagedRun { Input = input, ModelPath = modelPath };

        var (model, notAModel) = StagedModel.Read(modelPath, drop.Key.Name);
        if (model is null) return staged with { Rejection = notAModel };

        var job = default(JobFile);
        if (await jobFile.ConfigureAwait(false) is { } json)
        {
            job = JobFile.Parse(json, JobFile.KeyFor(drop.Key), out var fault);
            if (job is null) return staged with { Rejection = new(RunReason.BadJobFile, fault!) };
        }
        staged = staged with { Model = model, Job = job, Choices = Choose(model, job) };

        if ((CheckVersion(model) ?? CheckRisks(model)) is { } refused) return staged with { Rejection = refused };

        var (weather, noWeather) = await FindWeatherAsync(finder, drop, staged, entry, await sibling.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (noWeather is not null) return staged with { Rejection = noWeather };
        staged = weather is null
            ? staged with { Choices = staged.Choices with { DesignDay = true } } // without -D EnergyPlus insists on a weather file
            : staged with { Weather = weather, WeatherPath = weatherPath };

        if (await FetchReferencedAsync(bucket, drop, model, directory, cancellationToken).ConfigureAwait(false) is { } missing)
            return staged with { Rejection = missing };
        return staged;
    }

    /// <summary>Makes the staged copy ready for EnergyPlus, and says what was added, or why it cannot be run after all.</summary>
    public async Task<StagedRun> PrepareAsync(StagedRun staged, CancellationToken cancellationToken)
    {
        var options = new PreparationOptions
        {
            VersionPolicy = settings.VersionPolicy,
            RunMacros = settings.AllowUnsafeObjects,
            ExpandObjects = staged.Choices.ExpandObjects,
            Variables = staged.Job?.Variables ?? [],
            Meters = staged.Job?.Meters ?? [],
            WeatherPath = staged.WeatherPath,
        };
        var prepared = await ModelPreparation.PrepareAsync(staged.Model!, staged.ModelPath, installation, options, cancellationToken).ConfigureAwait(false);
        return staged with
        {
            Model = prepared.Model,
            AddedObjects = prepared.AddedObjects,
            IsExpanded = prepared.IsExpanded,
            Rejection = prepared.Refusal is { } refusal ? Rejection.Of(refusal) : null,
        };
    }

    private RunOptions Choose(Model model, JobFile? job)
    {
        var designDay = job?.DesignDay ?? false;
        return new()
        {
            Annual = !designDay && (job?.Annual ?? settings.Annual),
            DesignDay = designDay,
            ExpandObjects = (job?.ExpandObjects ?? true) && model.Needs.HasFlag(ModelNeeds.ExpandObjects),
            Readvars = job?.Readvars ?? false,
            TimeoutSeconds = job?.TimeoutSeconds,
            Outputs = job?.Outputs,
        };
    }

    private Rejection? CheckVersion(Model model) => VersionRule.Check(model, installation, settings.VersionPolicy) switch
    {
        null => null,
        var newer when model.Version > installation.Version => Rejection.Of(newer),
        var older => Rejection.Of(older with { Message = older.Message.TrimEnd('.') + "; IDFKIT_ALLOW_VERSION_MISMATCH lets the function run older models as they are." }),
    };

    private Rejection? CheckRisks(Model model)
    {
        if (settings.AllowUnsafeObjects || model.Risks.Count == 0) return null;
        return new(RunReason.UnsafeObject, DropSentences.UnsafeObjects(model.Risks[0].Message, model.Risks.Count - 1))
        {
            Risks = [.. model.Risks.Take(MostRisks).Select(risk => OneLine.Of(risk.Message, LongestRisk))],
        };
    }

    private async Task<(RunWeather? Weather, Rejection? Rejection)> FindWeatherAsync(
        WeatherFinder finder, DroppedObject drop, StagedRun staged, FileEntry model, RunWeather? sibling, CancellationToken cancellationToken)
    {
        if (staged.Job?.Weather is { } named) return await finder.FindNamedAsync(named, "job_file", cancellationToken).ConfigureAwait(false);
        if (model.Metadata.FirstOrDefault(pair => pair.Key.Equals("weather", StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } tagged)
            return await finder.FindNamedAsync(tagged, "metadata", cancellationToken).ConfigureAwait(false);
        if (sibling is not null) return (sibling, null);
        if (await finder.FindInFolderAsync(cancellationToken).ConfigureAwait(false) is { } only) return (only, null);
        if (settings.DefaultWeather is { Length: > 0 } byDefault) return await finder.FindNamedAsync(byDefault, "default", cancellationToken).ConfigureAwait(false);

        var needsWeather = !staged.Choices.DesignDay && (staged.Choices.Annual || staged.Model!.AsksForRunPeriod);
        return needsWeather ? (null, finder.NoneFound(hasJobFile: staged.Job is not null)) : (null, null);
    }

    private async Task<Rejection?> FetchReferencedAsync(IAsyncFileSystem bucket, DroppedObject drop, Model model, Workspace directory, CancellationToken cancellationToken)
    {
        // The staged model lies in the root of the run directory, so that a path above it cannot be given.
        if (model.ReferencedFiles.FirstOrDefault(reference => ReferencedFiles.LevelsAbove([reference]) > 0) is { } above)
            return CannotBeFetched(new(above, null));
        var unfetched = await ReferencedFiles.FetchAsync(
            bucket, drop.Key.Folder, model.ReferencedFiles, directory.Inputs, settings.AllowUnsafeObjects, cancellationToken).ConfigureAwait(false);
        return unfetched switch
        {
            null => null,
            { Path: null } => CannotBeFetched(unfetched),
            _ => new(RunReason.MissingFile, $"{unfetched.Named}, which is not at {S3Url.Of(drop.Bucket, unfetched.Path)}; put it there, and the model is run.") { Missing = [unfetched.Path] },
        };
    }

    private static Rejection CannotBeFetched(UnfetchedFile file) =>
        new(RunReason.MissingFile, $"{file.Named}, which cannot be fetched: give a path relative to the model.");

    private static async Task<FileEntry?> DownloadOrNullAsync(IAsyncFileSystem bucket, ObjectKey key, string path, CancellationToken cancellationToken)
    {
        try { return await bucket.DownloadAsync(key.Value, path, progress: null, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }
}
