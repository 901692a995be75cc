using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Simulation.Jobs;

/// <summary>The inputs of a job: paths of a file system, or of this machine, that its caller names.</summary>
internal sealed class JobSource(SimulationJob job, IAsyncFileSystem? fileSystem) : IModelSource
{
    private readonly StoredPlace _model = StoredPlace.OfInput(job.Model, fileSystem);
    private readonly StoredPlace? _weather = job.Weather is null ? null : StoredPlace.OfInput(job.Weather, fileSystem);
    private Task<FileEntry>? _weatherEntry;

    /// <exception cref="StorageException">The model or the weather is not there, or the file system failed.</exception>
    public async Task<FetchedModel> FetchModelAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = Path.Combine(workspace.Inputs, StagedModel.NameFor(Path.GetExtension(job.Model)));

        // Both at once: each is a round trip.
        var download = FetchAsync(_model, job.MakeModel?.Invoke() ?? job.ModelContent, path, cancellationToken);
        _weatherEntry = _weather is null ? null : FetchAsync(_weather, job.WeatherContent, workspace.Weather, cancellationToken);
        await Task.WhenAll(_weatherEntry is null ? [download] : [download, _weatherEntry]).ConfigureAwait(false);

        var entry = await download.ConfigureAwait(false);
        var input = new RunInput("", _model.Shown)
        {
            ETag = entry.ETag,
            VersionId = entry.VersionId,
            SizeBytes = entry.SizeBytes,
            LastModified = entry.Modified,
        };
        return new(input, RequestOf(job)) { Path = path, Name = job.Model };
    }

    public async Task<FetchedWeather> FetchWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken)
    {
        if (_weatherEntry is not null)
        {
            var entry = await _weatherEntry.ConfigureAwait(false);
            var weather = new RunWeather("", _weather!.Shown, "job")
            {
                ETag = entry.ETag, VersionId = entry.VersionId, SizeBytes = entry.SizeBytes
            };
            return job.WeatherContent is null ? new(weather) { Files = _weather.FileSystem, Path = _weather.Path } : new(weather);
        }
        return Checks.NeedsWeather(model, request)
            ? new Rejection(RunReason.NoWeather, SimulationSentences.NoWeather(job.Model))
            : default(FetchedWeather);
    }

    public CompanionSource CompanionsOf(string? dataSets)
    {
        var isLocal = _model.LocalPath is not null;
        return new(_model.FileSystem, _model.Folder, path => isLocal ? Path.GetFullPath("/" + path) : path)
        {
            IsThisMachine = isLocal,
            DataSets = dataSets,
        };
    }

    private static async Task<FileEntry> FetchAsync(
        StoredPlace place, ReadOnlyMemory<byte>? content, string path, CancellationToken cancellationToken)
    {
        if (content is not { } bytes) return await place.DownloadAsync(path, cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        return new(place.Path, bytes.Length, Modified: null, ETag: null);
    }

    private static RunRequest RequestOf(SimulationJob job)
    {
        var options = job.Options;
        return new()
        {
            Annual = options.Annual,
            DesignDay = options.DesignDay,
            ExpandObjects = options.ExpandObjects,
            ReadVars = options.ReadVars,
            TimeSeries = options.TimeSeries,
            Timeout = options.Timeout,
            PreprocessorTimeout = options.PreprocessorTimeout,
            OutputPrefix = options.OutputPrefix,
            OutputSuffix = options.OutputSuffix,
            ExtraArguments = options.ExtraArguments,
            Variables = options.Variables,
            Meters = options.Meters,
            ReportMeters = options.ReportMeters,
            Parallel = options.Parallel,
            VersionPolicy = options.VersionPolicy,
            AllowUnsafeObjects = true, // a program runs models that it trusts
            RunMacros = options.RunMacros,
            KeepsAnyName = true,
            Label = job.Label,
            Tags = job.Tags,
            Study = job.Study,
        };
    }
}
