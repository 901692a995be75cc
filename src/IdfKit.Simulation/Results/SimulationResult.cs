using IdfKit.Runs.Records;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.TimeSeries;
using IdfKit.Simulation.Results;
using IdfKit.Storage;

namespace IdfKit.Simulation;

/// <summary>
/// What a run left, wherever it lies. Nothing is fetched but what is asked for, each file once. May be read by several threads.
/// </summary>
/// <remarks>Dispose it to close the database behind <see cref="Sql"/>; nothing else is held.</remarks>
public sealed partial class SimulationResult : IDisposable
{
    private readonly StoredPlace _place;
    private readonly StoredRun _folder;
    private readonly ResultNames _names;

    internal SimulationResult(StoredPlace place, string directory, StoredRun folder, Exception? error = null, bool isFromCache = false)
    {
        (_place, Directory, _folder, Error, IsFromCache) = (place, directory, folder, error, isFromCache);
        Files = [.. folder.Files.Select(file => file.Path)];
        _names = new(Files);
        _errors = new(token => ReadAsync(_names.Errors, ErrReport.Read, token));
        _eio = new(token => ReadAsync(_names.Eio, EioTables.Read, token));
        _eso = new(token => ReadSeriesAsync(_names.Eso, token));
        _mtr = new(token => ReadSeriesAsync(_names.Mtr, token));
        _variables = new(ReadVariablesAsync);
        _csv = new(token => ReadAsync(_names.Csv, CsvResults.Read, token));
        _html = new(token => ReadAsync(_names.Html, HtmlTables.Read, token));
        _summary = new(ReadSummaryAsync);
        _sql = new(OpenSqlAsync);
        _parquet = SeriesFiles.Frequencies.ToDictionary(
            frequency => frequency, frequency => new ReadOnce<SeriesReading?>(token => OpenParquetAsync(frequency, token)));
    }

    /// <summary>How the run ended, by its record; without one, by what its <c>.end</c> or <c>.err</c> file says last.</summary>
    public RunOutcome Outcome => _folder.Outcome;

    /// <summary>Whether EnergyPlus completed, with or without severe errors.</summary>
    public bool Succeeded => Outcome is RunOutcome.Completed;

    /// <summary>The run's folder, as it was given.</summary>
    public string Directory { get; }

    /// <summary>
    /// The run's files, relative to <see cref="Directory"/>, with <c>/</c>: those of its record, or all that lie there
    /// when it has none.
    /// </summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Wall-clock time of EnergyPlus; zero when it did not run.</summary>
    public TimeSpan Runtime => _folder.Runtime;

    /// <summary>The run's record; null when there is none, because EnergyPlus was run by something else.</summary>
    public RunRecord? Record => _folder.Record;

    /// <summary>One sentence about how the run ended; null when there is nothing to say.</summary>
    public string? Message => Error is null ? Record?.Message : Record?.Message ?? Error.Message;

    /// <summary>EnergyPlus's exit code; null when it did not end by itself, or when the run has no record.</summary>
    public int? ExitCode => Record?.ExitCode;

    /// <summary>
    /// The last few kilobytes that EnergyPlus printed, standard output and error in the order they came; empty for a result that was not
    /// simulated by this call. They are not kept in the run's folder.
    /// </summary>
    public string Printed { get; internal init; } = "";

    /// <summary>The error that kept the job from running: of a rejected model, or of a job of a batch. Not kept in the record.</summary>
    public Exception? Error { get; }

    /// <summary>Whether an earlier run's results were taken from the cache.</summary>
    public bool IsFromCache { get; }

    /// <summary>
    /// The result of a run on any machine. Reads its record, and nothing else; without one it lists the folder and
    /// reads the end of the <c>.end</c> or the <c>.err</c> file.
    /// </summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="fileSystem">Where it lies; null: this machine's disk.</param>
    /// <exception cref="StorageException">NotFound: there is no run. Or the file system failed.</exception>
    /// <exception cref="ResultsException">The record is broken, or says that the run has not ended.</exception>
    public static SimulationResult FromDirectory(string path, IFileSystem? fileSystem = null) =>
        Blocking.Wait(() => OpenAsync(path, fileSystem?.AsAsync(), CancellationToken.None));

    /// <inheritdoc cref="FromDirectory"/>
    public static Task<SimulationResult> FromDirectoryAsync(
        string path, IAsyncFileSystem fileSystem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        return OpenAsync(path, fileSystem, cancellationToken);
    }

    /// <summary>"completed: outputs/office".</summary>
    public override string ToString() => $"{Outcome}: {Directory}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _openSql?.Results.Dispose();
        _openSql?.Copy?.Dispose();
    }

    private static async Task<SimulationResult> OpenAsync(string path, IAsyncFileSystem? fileSystem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var place = StoredPlace.Of(path, fileSystem);
        return new(place, path, await StoredRun.ReadAsync(place, cancellationToken).ConfigureAwait(false));
    }
}
