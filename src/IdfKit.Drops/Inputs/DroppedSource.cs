using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>The inputs of a dropped model: beside it in its bucket, with its job file saying how it is to be run.</summary>
internal sealed class DroppedSource : IModelSource
{
    private readonly RunSettings _settings;
    private readonly IBucketSource _buckets;
    private readonly DroppedObject _drop;
    private readonly IAsyncFileSystem _bucket;
    private WeatherFinder? _weather;
    private FileEntry? _entry;
    private RunWeather? _sibling;
    private JobFile? _job;
    private UnpackedBundle? _bundle;
    private DroppedSource? _unpacked;

    public DroppedSource(RunSettings settings, IBucketSource buckets, DroppedObject drop)
    {
        (_settings, _buckets, _drop) = (settings, buckets, drop);
        _bucket = buckets.Open(drop.Bucket);
    }

    public async Task<FetchedModel> FetchModelAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (DiskRoom.WhyTooSmall(_drop, workspace.Path) is { } tooLarge) return Refused(tooLarge);
        var isBundle = _drop.Key.Extension.Equals(Bundle.Extension, StringComparison.OrdinalIgnoreCase);
        return isBundle
            ? await UnpackAsync(workspace, cancellationToken).ConfigureAwait(false)
            : await FetchAsync(workspace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// In this order: the job file, the object's metadata, <c>office.epw</c> beside <c>office.idf</c>, the single <c>.epw</c> of the folder, the
    /// configured default.
    /// </summary>
    public async Task<FetchedWeather> FetchWeatherAsync(Model model, RunRequest request, string path, CancellationToken cancellationToken)
    {
        if (_unpacked is null) return await FindWeatherAsync(model, request, cancellationToken).ConfigureAwait(false);
        var found = await _unpacked.FetchWeatherAsync(model, request, path, cancellationToken).ConfigureAwait(false);
        return found with { Weather = _bundle!.Told(found.Weather) };
    }

    public Task<Rejection?> FetchCompanionsAsync(Model model, RunRequest request, string workingDirectory, CancellationToken cancellationToken) =>
        _unpacked?.FetchCompanionsAsync(model, request, workingDirectory, cancellationToken)
        ?? FetchReferencedAsync(model, workingDirectory, cancellationToken);

    private async Task<FetchedModel> UnpackAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (await DownloadOrNullAsync(_drop.Key, workspace.Scratch, cancellationToken).ConfigureAwait(false) is not { } entry) return NoLongerThere();
        var input = InputOf(entry);
        var (model, refused) = await Bundle.UnpackAsync(workspace.Scratch, _drop.Key.Name, workspace.Bundle, cancellationToken).ConfigureAwait(false);
        File.Delete(workspace.Scratch);
        if (model is null) return Refused(refused!) with { Input = input };

        _bundle = new UnpackedBundle(_drop, entry, workspace.Bundle, _buckets);
        _unpacked = new DroppedSource(_settings, _bundle, _drop with { Key = _bundle.KeyOf(model) });
        var fetched = await _unpacked.FetchAsync(workspace, cancellationToken).ConfigureAwait(false);
        return fetched with { Input = input };
    }

    private async Task<FetchedModel> FetchAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = Path.Combine(workspace.Inputs, StagedModel.NameFor(_drop.Key.Extension));
        _weather = new WeatherFinder(_buckets, _drop.Bucket, _drop.Key, Path.Combine(workspace.Inputs, StagedModel.WeatherName));

        // The three that are nearly always wanted, at once: each is a round trip.
        var jobFile = ReadOrNullAsync(JobFile.KeyFor(_drop.Key), cancellationToken);
        var sibling = _weather.FindSiblingAsync(cancellationToken);
        var download = DownloadOrNullAsync(_drop.Key, path, cancellationToken);
        await Task.WhenAll(jobFile, sibling, download).ConfigureAwait(false);

        if (await download.ConfigureAwait(false) is not { } entry) return NoLongerThere();
        (_entry, _sibling) = (entry, await sibling.ConfigureAwait(false));
        var fault = default(string);
        if (await jobFile.ConfigureAwait(false) is { } json) _job = JobFile.Parse(json, JobFile.KeyFor(_drop.Key), out fault);
        return new(InputOf(entry), RequestOf(_job))
        {
            Path = path,
            Name = _drop.Key.Name,
            Rejection = fault is null ? null : new(RunReason.BadJobFile, fault),
        };
    }

    private RunRequest RequestOf(JobFile? job)
    {
        var designDay = job?.DesignDay ?? false;
        return new()
        {
            Annual = !designDay && (job?.Annual ?? _settings.Annual),
            DesignDay = designDay,
            ExpandObjects = job?.ExpandObjects ?? true,
            ReadVars = job?.Readvars ?? false,
            Timeout = job?.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            LongestRun = _settings.Timeout,
            Variables = Requests(job?.Variables),
            Meters = Requests(job?.Meters),
            VersionPolicy = _settings.VersionPolicy,
            AllowUnsafeObjects = _settings.AllowUnsafeObjects,
            RunMacros = _settings.AllowUnsafeObjects,
            Outputs = job?.Outputs,
            Label = job?.Label,
            Tags = job?.Tags ?? new Dictionary<string, string>(),
        };
    }

    private static IReadOnlyList<OutputRequest> Requests(IReadOnlyList<JobOutputRequest>? requests) =>
        requests is null ? [] : [.. requests.Select(request => new OutputRequest(request.Name, request.Key, request.Frequency))];

    private async Task<FetchedWeather> FindWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken)
    {
        var finder = _weather!;
        if (_job?.Weather is { } named) return Of(await finder.FindNamedAsync(named, "job_file", cancellationToken).ConfigureAwait(false));
        if (MetadataWeather() is { Length: > 0 } tagged) return Of(await finder.FindNamedAsync(tagged, "metadata", cancellationToken).ConfigureAwait(false));
        if (_sibling is not null) return new(_sibling);
        if (await finder.FindInFolderAsync(cancellationToken).ConfigureAwait(false) is { } only) return new(only);
        if (_settings.DefaultWeather is { Length: > 0 } byDefault)
            return Of(await finder.FindNamedAsync(byDefault, "default", cancellationToken).ConfigureAwait(false));

        var needsWeather = !request.DesignDay && (request.Annual || model.AsksForRunPeriod);
        if (!needsWeather) return default;
        IReadOnlyList<string> missing = _job is null ? [.. finder.Missing, JobFile.KeyFor(_drop.Key).Value] : finder.Missing;
        return new Rejection(RunReason.NoWeather, DropSentences.NoWeather(finder.LookedFor)) { Missing = missing };
    }

    private string? MetadataWeather() =>
        _entry!.Metadata.FirstOrDefault(pair => pair.Key.Equals("weather", StringComparison.OrdinalIgnoreCase)).Value;

    private static FetchedWeather Of((RunWeather? Weather, Rejection? Rejection) found) => new(found.Weather, found.Rejection);

    private async Task<Rejection?> FetchReferencedAsync(Model model, string workingDirectory, CancellationToken cancellationToken)
    {
        var unfetched = await ReferencedFiles.FetchAsync(
            _bucket, _drop.Key.Folder, model.ReferencedFiles, workingDirectory, _settings.AllowUnsafeObjects, cancellationToken).ConfigureAwait(false);
        if (unfetched is null) return null;
        return unfetched.Path is { } path
            ? new(RunReason.MissingFile, DropSentences.MissingFile(unfetched.Named, _drop.Bucket, path)) { Missing = [path] }
            : new(RunReason.MissingFile, DropSentences.Unfetchable(unfetched.Named));
    }

    private FetchedModel Refused(Rejection rejection) => new(InputOf(_drop), new()) { Rejection = rejection };

    private FetchedModel NoLongerThere() => Refused(new(RunReason.MissingFile, DropSentences.NoLongerThere(_drop.Url)));

    private static RunInput InputOf(DroppedObject drop) => new(drop.Bucket, drop.Key.Value)
    {
        VersionId = drop.VersionId,
        ETag = drop.ETag,
        SizeBytes = drop.SizeBytes,
    };

    private RunInput InputOf(FileEntry entry) => InputOf(_drop) with
    {
        VersionId = entry.VersionId,
        ETag = entry.ETag,
        SizeBytes = entry.SizeBytes,
        LastModified = entry.Modified,
    };

    private async Task<FileEntry?> DownloadOrNullAsync(ObjectKey key, string path, CancellationToken cancellationToken)
    {
        try { return await _bucket.DownloadAsync(key.Value, path, progress: null, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }

    private async Task<byte[]?> ReadOrNullAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try { return await _bucket.ReadBytesAsync(key.Value, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }
}
