using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Simulation.Jobs;

/// <summary>Brings a job's model, its weather and the files that it names to local disk, and checks that they can be run.</summary>
internal sealed class JobStager(SimulationJob job, IAsyncFileSystem? fileSystem)
{
    /// <exception cref="StorageException">The model or the weather is not there, or the file system failed.</exception>
    public async Task<StagedJob> StageAsync(Workspace directory, CancellationToken cancellationToken)
    {
        var model = StoredPlace.OfInput(job.Model, fileSystem);
        var weather = job.Weather is null ? null : StoredPlace.OfInput(job.Weather, fileSystem);
        var modelPath = Path.Combine(directory.Inputs, StagedModel.NameFor(Path.GetExtension(job.Model)));
        var weatherPath = Path.Combine(directory.Inputs, "in.epw");

        // Both at once: each is a round trip.
        var modelEntry = model.DownloadAsync(modelPath, cancellationToken);
        var weatherEntry = weather?.DownloadAsync(weatherPath, cancellationToken);
        await Task.WhenAll([modelEntry, .. weatherEntry is null ? Array.Empty<Task>() : [weatherEntry]]).ConfigureAwait(false);

        var entry = await modelEntry.ConfigureAwait(false);
        var staged = new StagedJob
        {
            ModelPath = modelPath,
            WorkingDirectory = directory.Inputs,
            Input = new("", model.Shown) { ETag = entry.ETag, VersionId = entry.VersionId, SizeBytes = entry.SizeBytes, LastModified = entry.Modified },
        };
        var (read, notAModel) = StagedModel.Read(modelPath, job.Model);
        if (read is null) return staged with { Rejection = notAModel };
        staged = staged with { Model = read };

        if (weatherEntry is not null)
        {
            var found = await weatherEntry.ConfigureAwait(false);
            staged = staged with { WeatherPath = weatherPath, Weather = new("", weather!.Shown, "job") { ETag = found.ETag, VersionId = found.VersionId, SizeBytes = found.SizeBytes } };
            if (WeatherFile.FaultOf(weatherPath, job.Weather!) is { } fault) return staged with { Rejection = new(RunReason.BadWeather, fault) };
        }
        else if (read.AsksForRunPeriod && !job.Options.DesignDay)
            return staged with { Rejection = new(RunReason.NoWeather, $"The model '{job.Model}' asks for a run period and the job names no weather file; name one, or set DesignDay.") };

        return await FetchReferencedAsync(Deepened(staged), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches what the model names and is not there yet.</summary>
    public async Task<StagedJob> FetchReferencedAsync(StagedJob staged, CancellationToken cancellationToken)
    {
        var model = StoredPlace.OfInput(job.Model, fileSystem);
        var unfetched = await ReferencedFiles.FetchAsync(
            model.FileSystem, model.Folder, staged.Model!.ReferencedFiles, staged.WorkingDirectory, mayBeRooted: model.LocalPath is not null, cancellationToken).ConfigureAwait(false);
        if (unfetched is null) return staged;
        var why = unfetched.Path is { } path
            ? $"which is not at '{(model.LocalPath is null ? path : Path.GetFullPath("/" + path))}'; put it there and run the job again"
            : "which cannot be fetched: give a path relative to the model";
        return staged with { Rejection = new(RunReason.MissingFile, $"{unfetched.Named}, {why}.") };
    }

    /// <summary>Paths that begin with ../ must lead to something inside the run's own folder.</summary>
    private static StagedJob Deepened(StagedJob staged)
    {
        for (var levels = ReferencedFiles.LevelsAbove(staged.Model!.ReferencedFiles); levels > 0; levels--)
            staged = staged with { WorkingDirectory = Path.Combine(staged.WorkingDirectory, "below") };
        Directory.CreateDirectory(staged.WorkingDirectory);
        return staged;
    }
}
