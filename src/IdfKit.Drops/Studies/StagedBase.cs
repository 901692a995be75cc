using System.Security.Cryptography;

using IdfKit.Drops.Inputs;
using IdfKit.Drops.Objects;
using IdfKit.Drops.Studies.Estimates;
using IdfKit.Engine;
using IdfKit.Runs.Staging;
using IdfKit.Studies.Variants;

namespace IdfKit.Drops.Studies;

/// <summary>
/// A base of a study on local disk, fetched as if it had been dropped: with its job file, and with each weather that a row may run with.
/// What is fetched is fetched once, so that all rows of a call have the same.
/// </summary>
internal sealed class StagedBase : IDisposable
{
    private readonly RunSettings _settings;
    private readonly IBucketSource _buckets;
    private readonly Workspace _workspace;
    private readonly DroppedSource _source;
    private readonly Dictionary<string, StagedWeather> _weather = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1); // weather is fetched to one place

    private StagedBase(RunSettings settings, IBucketSource buckets, DroppedObject drop, Workspace workspace)
    {
        (_settings, _buckets, Drop, _workspace) = (settings, buckets, drop, workspace);
        _source = new DroppedSource(settings, buckets, drop, IsBundle ? new DropKind.Bundle() : new DropKind.Model());
    }

    /// <summary>The base's object.</summary>
    public DroppedObject Drop { get; }

    /// <summary>Whether it is a zip, in which its companions have come with it.</summary>
    public bool IsBundle => FileKind.IsBundle(Drop.Key);

    /// <summary>What came of fetching it; without a path it is not there, or may not be read.</summary>
    public FetchedModel Fetched { get; private set; } = null!; // set when it is opened

    /// <summary>The base; null when it could not be fetched.</summary>
    public BaseModel? Model { get; private set; }

    /// <summary>What fetching it asked for, where nothing else is done meanwhile.</summary>
    public Requests Asked { get; private set; }

    public static async Task<StagedBase> OpenAsync(
        RunSettings settings, IBucketSource buckets, DroppedObject drop, CancellationToken cancellationToken)
    {
        var staged = new StagedBase(
            settings, buckets, drop, Workspace.Create(settings.WorkDirectory, "base-" + Guid.NewGuid().ToString("N")));
        var before = Requests.SoFar;
        try
        {
            staged.Fetched = await staged._source.FetchModelAsync(staged._workspace, cancellationToken).ConfigureAwait(false);
            if (staged.Fetched.Path is { } path)
                staged.Model = new(drop.Key.Value, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            staged.Asked = Requests.SoFar - before;
            return staged;
        }
        catch (Exception)
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>The weather that rows run with.</summary>
    /// <param name="named">Its key in the base's bucket, when the row names one; null: as the base itself would run.</param>
    /// <param name="model">The base, or a variant of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StagedWeather> WeatherAsync(string? named, Model model, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_weather.TryGetValue(named ?? "", out var known)) return known;
            var before = Requests.SoFar;
            var found = named is null
                ? await _source.FetchWeatherAsync(
                    model, Fetched.Request with { Annual = true, DesignDay = false }, cancellationToken).ConfigureAwait(false)
                : await NamedAsync(named, cancellationToken).ConfigureAwait(false);
            var kept = await KeptAsync(found, cancellationToken).ConfigureAwait(false);
            return _weather[named ?? ""] = kept with { Asked = Requests.SoFar - before };
        }
        finally { _oneAtATime.Release(); }
    }

    public CompanionSource CompanionsOf(string? dataSets) => _source.CompanionsOf(dataSets) with { WaitsForFiles = false };

    public void Dispose()
    {
        _workspace.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<FetchedWeather> NamedAsync(string key, CancellationToken cancellationToken)
    {
        var finder = new WeatherFinder(
            _buckets, Drop.Bucket, Drop.Key, _workspace.Weather, new WeatherPlaces(_settings, Drop.Bucket));
        var (weather, refused) = await finder.FindNamedAsync(
            S3Url.Of(Drop.Bucket, key), WeatherSource.Study, cancellationToken).ConfigureAwait(false);
        return weather is null
            ? refused!
            : new FetchedWeather(weather) { Files = _buckets.Open(weather.Bucket), Path = weather.Key };
    }

    private async Task<StagedWeather> KeptAsync(FetchedWeather found, CancellationToken cancellationToken)
    {
        if (found.Weather is null) return new(found, Path: null, Sha256: null);
        var path = Path.Combine(_workspace.Path, $"weather-{_weather.Count}.epw");
        File.Move(_workspace.Weather, path, overwrite: true);
        var file = File.OpenRead(path);
        await using var reading = file.ConfigureAwait(false);
        var hash = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
        return new(found, path, Convert.ToHexStringLower(hash));
    }
}

/// <summary>A weather file on local disk, or why there is none.</summary>
/// <param name="Found">What came of looking for it.</param>
/// <param name="Path">The file; null: none.</param>
/// <param name="Sha256">Of the file.</param>
internal sealed record StagedWeather(FetchedWeather Found, string? Path, string? Sha256)
{
    /// <summary>What fetching it asked for, where nothing else is done meanwhile.</summary>
    public Requests Asked { get; init; }
}
