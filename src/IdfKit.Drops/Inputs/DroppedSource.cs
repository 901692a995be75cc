using IdfKit.Drops.Jobs;
using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>The inputs of a dropped model: beside it in its bucket, with its job file saying how it is to be run.</summary>
internal sealed class DroppedSource : IModelSource
{
    private readonly RunSettings _settings;
    private readonly IBucketSource _buckets;
    private readonly DroppedObject _drop;
    private readonly DropKind _kind;
    private readonly WeatherListings? _listings;
    private readonly IAsyncFileSystem _bucket;
    private WeatherFinder? _weather;
    private FileEntry? _entry;
    private readonly List<string> _notices = [];
    private RunWeather? _sibling;
    private JobFile? _job;
    private UnpackedBundle? _bundle;
    private DroppedSource? _unpacked;

    /// <param name="settings">The function's.</param>
    /// <param name="buckets">Where the model and its weather are.</param>
    /// <param name="drop">The model, or its bundle.</param>
    /// <param name="kind">Which of them.</param>
    /// <param name="listings">What models before it have listed; null: nothing is known.</param>
    public DroppedSource(
        RunSettings settings, IBucketSource buckets, DroppedObject drop, DropKind kind, WeatherListings? listings = null)
    {
        (_settings, _buckets, _drop, _kind, _listings) = (settings, buckets, drop, kind, listings);
        _bucket = buckets.Open(drop.Bucket);
    }

    public async Task<FetchedModel> FetchModelAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (_kind is DropKind.MistakenModel mistaken) return Refused(new(mistaken.Reason, mistaken.Sentence));
        if (DiskRoom.WhyTooSmall(_drop, workspace.Path) is { } noRoom) return Refused(noRoom);
        var isBundle = _kind is DropKind.Bundle;
        if (!isBundle && ModelRoom.WhyTooLarge(_drop.Url, _drop.SizeBytes) is { } tooLarge) return Refused(tooLarge);
        return isBundle
            ? await UnpackAsync(workspace, cancellationToken).ConfigureAwait(false)
            : await FetchAsync(workspace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// In this order: the job file, the object's metadata, <c>office.epw</c> beside <c>office.idf</c>, the single
    /// <c>.epw</c> of the folder, the configured default.
    /// </summary>
    public async Task<FetchedWeather> FetchWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken)
    {
        if (_unpacked is null) return await FindWeatherAsync(model, request, cancellationToken).ConfigureAwait(false);
        var found = await _unpacked.FetchWeatherAsync(model, request, cancellationToken).ConfigureAwait(false);
        return found with { Weather = _bundle!.Told(found.Weather), Awaited = _bundle.MayArrive(found.Awaited ?? []) };
    }

    public CompanionSource CompanionsOf(string? dataSets) =>
        _unpacked is not null
            ? _unpacked.CompanionsOf(dataSets) with { Show = _bundle!.Show }
            : new(_bucket, _drop.Key.Folder, path => S3Url.Of(_drop.Bucket, path))
        {
            Boundary = _settings.InputPrefix.TrimEnd('/'),
            IsThisMachine = _settings.AllowUnsafeObjects,
            DataSets = dataSets,
            WaitsForFiles = true,
        };

    private async Task<FetchedModel> UnpackAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var look = await _bucket.LookAsync(_drop.Key.Value, workspace.Scratch, cancellationToken).ConfigureAwait(false);
        if (look.Entry is not { } entry) return NotRead(look.IsDenied);
        var input = InputOf(entry);
        var (model, refused) = await Bundle.UnpackAsync(
            workspace.Scratch, _drop.Key.Name, workspace.Bundle, cancellationToken).ConfigureAwait(false);
        File.Delete(workspace.Scratch);
        if (model is null) return Refused(refused!) with { Input = input };

        _bundle = UnpackedBundle.In(workspace.Bundle, _drop, entry, _buckets);
        _unpacked = new DroppedSource(_settings, _bundle, _drop with { Key = _bundle.KeyOf(model) }, new DropKind.Model());
        var fetched = await _unpacked.FetchAsync(workspace, cancellationToken).ConfigureAwait(false);
        return fetched with { Input = input };
    }

    private async Task<FetchedModel> FetchAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = Path.Combine(workspace.Inputs, StagedModel.NameFor(_drop.Key.Extension));
        var places = new WeatherPlaces(_settings, _drop.Bucket);
        _weather = new WeatherFinder(_buckets, _drop.Bucket, _drop.Key, workspace.Weather, places, _listings);

        // The three that are nearly always wanted, at once: each is a round trip.
        var jobFile = FindJobFileAsync(cancellationToken);
        var sibling = _weather.FindSiblingAsync(cancellationToken);
        var download = _bucket.LookAsync(_drop.Key.Value, path, cancellationToken);
        await Task.WhenAll(jobFile, sibling, download).ConfigureAwait(false);

        var look = await download.ConfigureAwait(false);
        if (look.Entry is not { } entry) return NotRead(look.IsDenied);
        var shown = _buckets is UnpackedBundle bundle ? bundle.Show(_drop.Key.Value) : _drop.Url;
        if (ModelRoom.WhyTooLarge(shown, entry.SizeBytes) is { } tooLarge) return Refused(tooLarge) with { Input = InputOf(entry) };
        (_entry, _sibling) = (entry, await sibling.ConfigureAwait(false));
        (_job, var rejection) = await jobFile.ConfigureAwait(false);
        return new(InputOf(entry), RequestOf(_job)) { Path = path, Name = _drop.Key.Name, Rejection = rejection, Notices = _notices };
    }

    /// <summary>A job file that is there and may not be read rejects the model; one that may be there is only told of.</summary>
    private async Task<(JobFile? Job, Rejection? Rejection)> FindJobFileAsync(CancellationToken cancellationToken)
    {
        var key = JobFile.KeyFor(_drop.Key);
        try
        {
            var json = await JobFile.ReadBytesOrNullAsync(_bucket, key, cancellationToken).ConfigureAwait(false);
            if (json is null) return (null, null);
            var job = JobFile.Parse(json, key, out var fault);
            return (job, fault is null ? null : new(RunReason.BadJobFile, fault));
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied)
        {
            var isThere = await _bucket.IsListedAsync(key, cancellationToken).ConfigureAwait(false);
            if (isThere is null) _notices.Add(DropSentences.JobFileUnknown(key.Value));
            if (isThere != true) return (null, null);
            return (null, new(RunReason.BadJobFile, DropSentences.JobFileDenied(key.Value)) { Missing = [key.Value] });
        }
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
            TimeSeries = job?.Timeseries ?? _settings.TimeSeries,
            Timeout = job?.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            LongestRun = _settings.Timeout,
            Variables = job?.Variables ?? [],
            Meters = job?.Meters ?? [],
            Parallel = job?.Parallel ?? _settings.Parallel,
            ReportMeters = job?.ReportMeters ?? _settings.ReportMeters,
            VersionPolicy = job?.Version ?? _settings.VersionPolicy,
            AllowUnsafeObjects = _settings.AllowUnsafeObjects,
            RunMacros = _settings.AllowUnsafeObjects,
            Outputs = job?.Outputs?.Patterns,
            Profile = job?.Outputs?.Profile ?? _settings.Outputs,
            Compresses = _settings.Compress,
            Label = job?.Label,
            Tags = job?.Tags ?? new Dictionary<string, string>(),
        };
    }

    private async Task<FetchedWeather> FindWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken)
    {
        var finder = _weather!;
        var hasJobFile = _job is not null;
        if (_job?.Weather is { } named)
            return Of(await finder.FindNamedAsync(named, WeatherSource.JobFile, cancellationToken).ConfigureAwait(false));
        if (MetadataWeather() is { Length: > 0 } tagged)
            return Of(await finder.FindNamedAsync(tagged, WeatherSource.Metadata, cancellationToken).ConfigureAwait(false));
        if (_sibling is not null) return Found(_sibling);
        if (await finder.FindInFolderAsync(_entry!, cancellationToken).ConfigureAwait(false) is { } only) return Found(only);
        if (finder.WhyDenied(hasJobFile) is { } denied) return Checks.NeedsWeather(model, request) ? denied : default(FetchedWeather);
        if (_settings.DefaultWeather is { Length: > 0 } byDefault)
        {
            var found = Of(await finder.FindNamedAsync(byDefault, WeatherSource.Default, cancellationToken).ConfigureAwait(false));
            return finder.NoticeOfDefault is { } notice && found.Weather is not null ? found with { Notices = [notice] } : found;
        }
        return Checks.NeedsWeather(model, request) ? finder.NoneFound(hasJobFile) : default(FetchedWeather);
    }

    private string? MetadataWeather() =>
        _entry!.Metadata.FirstOrDefault(pair => pair.Key.Equals("weather", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A job file that names another weather may come, where there is none.</summary>
    private FetchedWeather Of((RunWeather? Weather, Rejection? Rejection) found)
    {
        if (found.Weather is { } weather) return Found(weather);
        var rejection = found.Rejection!;
        return _job is not null ? rejection : rejection with { Missing = [.. rejection.Missing, JobFile.KeyFor(_drop.Key).Value] };
    }

    private FetchedWeather Found(RunWeather weather) => new(weather)
    {
        Files = _buckets.Open(weather.Bucket),
        Path = weather.Key,
        Awaited = _weather!.MissingInsteadOf(weather, hasJobFile: _job is not null),
    };

    private FetchedModel Refused(Rejection rejection) => new(InputOf(_drop), new()) { Rejection = rejection };

    private FetchedModel NotRead(bool isDenied) => Refused(new(
        RunReason.MissingFile,
        isDenied ? DropSentences.ModelDenied(_drop.Url)
            : _drop.WasNeverThere ? DropSentences.NoSuchObject(_drop.Url)
            : DropSentences.NoLongerThere(_drop.Url)));

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
}
