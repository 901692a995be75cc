using IdfKit.Drops.Jobs;
using IdfKit.Drops.Notes;
using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// Finds the weather of a model, in this order: the job file, the object's metadata, <c>office.epw</c> beside
/// <c>office.idf</c>, the single <c>.epw</c> of the folder, the configured default. Capitals and the form of accents do not matter where
/// exactly one file fits.
/// </summary>
internal sealed class WeatherFinder(
    IBucketSource buckets, string bucket, ObjectKey model, string destination, WeatherPlaces allowed, WeatherListings? listings = null)
{
    private readonly List<string> _missing = []; // of what was looked for, what may still arrive in the model's bucket
    private List<string> _inFolder = [];
    private RunWeather? _denied; // the model's own, which is there
    private bool _isSiblingDenied;
    private bool _isFolderClosed;

    public ObjectKey SiblingKey { get; } = ObjectKey.FromText(model.WithoutExtension + ".epw");

    /// <summary>A file that somebody named: relative to the model's folder, from the bucket's root, or an <c>s3://</c> URL.</summary>
    /// <param name="name">As it is written; a path may be of Windows.</param>
    /// <param name="source">Who named it: one of <see cref="WeatherSource"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(RunWeather? Weather, Rejection? Rejection)> FindNamedAsync(
        string name, string source, CancellationToken cancellationToken)
    {
        var isDefault = source == WeatherSource.Default;
        var said = WeatherSource.Who(source);
        if (WeatherName.Fault(name) is not null || Candidates(name) is not { Count: > 0 } written)
            return (null, new(RunReason.NoWeather, DropSentences.WeatherIsNoFile(name, said)));
        var candidates = isDefault ? written : written.FindAll(allowed.Hold);
        if (candidates.Count == 0) return (null, new(RunReason.NoWeather, NotAllowed(name, said, written[^1])));

        var isDenied = false;
        foreach (var candidate in candidates)
        {
            var (weather, mayNot) = await FetchAsync(candidate, source, cancellationToken).ConfigureAwait(false);
            if (weather is not null) return (weather, null);
            isDenied |= mayNot;
        }
        if (await FindAlikeAsync(candidates, source, cancellationToken).ConfigureAwait(false) is { } alike) return (alike, null);

        var places = candidates.Select(candidate => candidate.ToString()).ToList();
        var notRead = name.Contains('/', StringComparison.Ordinal) ? written.Except(candidates).Where(file => !allowed.IsResult(file)) : [];
        var mayArrive = candidates[0].Bucket == bucket;
        var message = (isDefault, isDenied) switch
        {
            (true, true) => DropSentences.DefaultWeatherDenied(name, places),
            (true, false) => DropSentences.DefaultWeatherMissing(name, places),
            _ when notRead.Any() => DropSentences.NamedWeatherElsewhere(name, said, places[0], notRead.First().ToString()),
            (false, true) => DropSentences.NamedWeatherDenied(name, said, places, mayArrive && candidates.Count > 1),
            _ => DropSentences.NamedWeatherMissing(name, said, places, mayArrive),
        };
        var awaited = candidates.Where(candidate => candidate.Bucket == bucket).Select(candidate => candidate.Key.Value);
        // What comes before the default may arrive, too.
        return (null, new(RunReason.NoWeather, message) { Missing = [.. awaited, .. isDefault ? _missing : []] });
    }

    /// <summary><c>office.epw</c> beside the model.</summary>
    public async Task<RunWeather?> FindSiblingAsync(CancellationToken cancellationToken)
    {
        _missing.Add(SiblingKey.Value);
        var place = new S3Url(bucket, SiblingKey);
        (var weather, _isSiblingDenied) = await FetchAsync(place, WeatherSource.Sibling, cancellationToken).ConfigureAwait(false);
        return weather;
    }

    /// <summary>
    /// The model's own in other capitals, such as <c>Office.EPW</c>; else the single <c>.epw</c> of the model's folder: two are a
    /// choice that nobody has made.
    /// </summary>
    /// <param name="fetched">The model, as it has been fetched.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RunWeather?> FindInFolderAsync(FileEntry fetched, CancellationToken cancellationToken)
    {
        // OFFICE.IDF comes with OFFICE.EPW, in whichever order.
        var isPlain = model.Extension is ".epJSON" || !model.Extension.Any(char.IsUpper);
        if (isPlain && ChosenOf(listings?.Remembered(bucket, model.Folder, fetched) ?? []) is { } known
            && await FetchAsync(known.Place, known.Source, cancellationToken).ConfigureAwait(false) is { Weather: { } weather })
            return weather;
        var found = await ListAsync(cancellationToken).ConfigureAwait(false);
        (_inFolder, _isFolderClosed) = (found ?? [], found is null);
        if (ChosenOf(_inFolder) is { } chosen)
        {
            (weather, var isDenied) = await FetchAsync(chosen.Place, chosen.Source, cancellationToken).ConfigureAwait(false);
            if (isDenied) _denied = new(bucket, chosen.Place.Key.Value, chosen.Source);
            return weather;
        }
        if (_inFolder.Count == 0) _missing.Add(LateCompanion.AnyWeatherIn(model.Folder));
        return null;
    }

    /// <summary>Why a model whose own weather may not be read is not run with any other; null when there is none such.</summary>
    /// <param name="hasJobFile">Whether there is a job file, which names none.</param>
    public Rejection? WhyDenied(bool hasJobFile) => _denied is { } denied
        ? new(RunReason.NoWeather, DropSentences.OwnWeatherDenied(S3Url.Of(denied.Bucket, denied.Key)))
        {
            Missing = MissingInsteadOf(denied, hasJobFile),
        }
        : null;

    /// <summary>
    /// What is to be known of another weather than the model's own: whether that is there could not be found out. Null when it could.
    /// </summary>
    public string? NoticeOfDefault => _isFolderClosed ? DropSentences.OwnWeatherUnknown(S3Url.Of(bucket, SiblingKey.Value)) : null;

    /// <summary>Why a model that needs weather is not run, when no file was found, and what would let it run.</summary>
    /// <param name="hasJobFile">Whether there is a job file, which names none.</param>
    public Rejection NoneFound(bool hasJobFile)
    {
        var jobFile = JobFile.KeyFor(model);
        var names = _inFolder.Select(path => path[(path.LastIndexOf('/') + 1)..]).ToList();
        var message = names.Count > 1
            ? DropSentences.WeatherNotChosen(names, jobFile.Name, SiblingKey.Name)
            : DropSentences.NoWeather(S3Url.Of(bucket, SiblingKey.Value), _isSiblingDenied, _isFolderClosed);
        return new(RunReason.NoWeather, message) { Missing = hasJobFile ? [.. _missing] : [.. _missing, jobFile.Value] };
    }

    /// <summary>
    /// What may let a model run whose weather file is bad: the same file put anew, or another one that comes before it.
    /// </summary>
    /// <param name="weather">The bad one.</param>
    /// <param name="hasJobFile">Whether there is a job file.</param>
    public IReadOnlyList<string> MissingInsteadOf(RunWeather weather, bool hasJobFile)
    {
        var awaited = new List<string>();
        if (weather.Bucket == bucket) awaited.Add(weather.Key);
        var isOfOthers = weather.Source is WeatherSource.Folder or WeatherSource.Default;
        if (isOfOthers && !awaited.Contains(SiblingKey.Value)) awaited.Add(SiblingKey.Value);
        if (!hasJobFile) awaited.Add(JobFile.KeyFor(model).Value);
        return awaited;
    }

    private Task<List<string>?> ListAsync(CancellationToken cancellationToken) => listings is null
        ? buckets.Open(bucket).ListOrNullAsync(model.Folder, LateCompanion.WeatherPattern, cancellationToken)
        : listings.ListAsync(buckets.Open(bucket), bucket, model.Folder, cancellationToken);

    private (S3Url Place, string Source)? ChosenOf(IReadOnlyList<string> inFolder)
    {
        var own = inFolder.Where(path => FileNames.AreAlike(path, SiblingKey.Value)).ToList();
        if (own is [var sibling]) return (new(bucket, ObjectKey.FromText(sibling)), WeatherSource.Sibling);
        return inFolder is [var single] ? (new(bucket, ObjectKey.FromText(single)), WeatherSource.Folder) : null;
    }

    private string NotAllowed(string name, string who, S3Url place) => allowed.IsResult(place)
        ? DropSentences.WeatherAmongResults(name, who, place.ToString())
        : DropSentences.WeatherOutside(name, who, place.ToString());

    private List<S3Url> Candidates(string name)
    {
        if (S3Url.TryParse(name, out var url)) return url.Key.IsPath ? [url] : [];
        var path = CompanionPath.Of(name);
        if (!path.IsFile) return [];
        List<string?> keys = path switch
        {
            { IsRooted: true } when path.Text.StartsWith('/') && !path.Text.StartsWith("//", StringComparison.Ordinal) =>
                [path.From("", ""), .. path.Tails.Reverse().Select(InModelsFolder)],
            { IsRooted: true } => [.. path.Tails.Select(InModelsFolder)],
            _ => [path.From(model.Folder, ""), path.LevelsAbove > 0 ? null : path.From("", "")],
        };
        return [.. keys.OfType<string>().Distinct(StringComparer.Ordinal).Select(key => new S3Url(bucket, ObjectKey.FromText(key)))];
    }

    private string? InModelsFolder(string tail) => CompanionPath.Of(tail).From(model.Folder, "");

    /// <summary>The one file that differs from a candidate in capitals or accents alone. One listing of the first one's folder.</summary>
    private async Task<RunWeather?> FindAlikeAsync(List<S3Url> candidates, string source, CancellationToken cancellationToken)
    {
        var folder = candidates[0].Key.Folder;
        if (Opened(candidates[0].Bucket) is not { } files) return null;
        var names = await new CompanionFolders(files).InAsync(folder, cancellationToken).ConfigureAwait(false);
        var alike = names.Where(path => FileNames.AreAlike(path, candidates[0].Key.Value)).ToList();
        if (alike is not [var only]) return null;
        var place = new S3Url(candidates[0].Bucket, ObjectKey.FromText(only));
        if (source != WeatherSource.Default && !allowed.Hold(place)) return null;
        return (await FetchAsync(place, source, cancellationToken).ConfigureAwait(false)).Weather;
    }

    private async Task<(RunWeather? Weather, bool IsDenied)> FetchAsync(S3Url from, string source, CancellationToken cancellationToken)
    {
        if (Opened(from.Bucket) is not { } files) return (null, true);
        var (found, isDenied) = await files.LookAsync(from.Key.Value, destination, cancellationToken).ConfigureAwait(false);
        if (found is not { } entry) return (null, isDenied);
        var weather = new RunWeather(from.Bucket, from.Key.Value, source)
        {
            ETag = entry.ETag,
            SizeBytes = entry.SizeBytes,
            VersionId = entry.VersionId,
        };
        return (weather, false);
    }

    /// <summary>Null where no other bucket than the model's is looked at.</summary>
    private IAsyncFileSystem? Opened(string name)
    {
        try { return buckets.Open(name); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
    }
}
