using System.Text;

using IdfKit.Engine.Results;
using IdfKit.Runs.Records;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Results;

/// <summary>
/// What is known of a run's folder without reading its results: from its record, else from the names and what the
/// <c>.end</c> and <c>.err</c> files say last.
/// </summary>
/// <param name="Record">The record; null when the folder has none.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Files">The files of the run, relative to its folder, ordered.</param>
/// <param name="Runtime">How long EnergyPlus took; zero when nothing tells.</param>
internal sealed record StoredRun(RunRecord? Record, RunOutcome Outcome, IReadOnlyList<StoredRunFile> Files, TimeSpan Runtime)
{
    private const long LongestMs = 10_000L * 366 * 24 * 3600 * 1000; // a record may say what no clock measures

    /// <summary>
    /// One GET where there is a record; else also a listing, and the last lines of the <c>.end</c> or the <c>.err</c>
    /// file.
    /// </summary>
    /// <exception cref="StorageException">NotFound: the folder has no run.</exception>
    /// <exception cref="ResultsException">The run has not ended.</exception>
    public static async Task<StoredRun> ReadAsync(StoredPlace place, CancellationToken cancellationToken)
    {
        var json = await place.FileSystem.ReadBytesOrNullAsync(place.At(RunRecordFile.Name), cancellationToken).ConfigureAwait(false);
        if (json is null) return await FromFilesAsync(place, cancellationToken).ConfigureAwait(false);
        var record = RunRecordFile.FromJson(json) ?? throw new ResultsException(place.Shown + "/" + RunRecordFile.Name,
            $"Reading {place.Shown}/{RunRecordFile.Name} failed: it is no record of a run that this version "
                + "knows; it may be cut off or written by something else. Run the job again.");
        return From(record, place);
    }

    public static StoredRun From(RunRecord record, StoredPlace place)
    {
        var outcome = record.Status switch
        {
            RunStatus.Completed => RunOutcome.Completed,
            RunStatus.Failed => RunOutcome.Failed,
            RunStatus.TimedOut => RunOutcome.TimedOut,
            RunStatus.Crashed => RunOutcome.Crashed,
            RunStatus.Rejected => RunOutcome.Rejected,
            _ => throw new ResultsException(place.Shown + "/" + RunRecordFile.Name,
                $"The run in {place.Shown} has not ended: it began at {record.StartedAt:u} and is being "
                    + $"written. Wait until {RunRecordFile.Name} says that it has ended, or run it again if "
                    + "its machine is gone."),
        };
        return new(record, outcome,
            [.. record.Files.Select(file => new StoredRunFile(file.Path, file.SizeBytes) { ContentEncoding = file.ContentEncoding })],
            TimeSpan.FromMilliseconds(Math.Clamp(record.TimingsMs.Simulate ?? 0, 0, LongestMs)));
    }

    private static async Task<StoredRun> FromFilesAsync(StoredPlace place, CancellationToken cancellationToken)
    {
        var files = new List<StoredRunFile>();
        var skipped = place.Path.Length == 0 ? 0 : place.Path.Length + 1;
        await foreach (var entry in place.FileSystem.ListAsync(place.Path, cancellationToken).ConfigureAwait(false))
            files.Add(new(entry.Path[skipped..], entry.SizeBytes));
        var names = new ResultNames(files.Select(file => file.Path));
        if (!names.HasAny)
            throw new StorageException(StorageErrorKind.NotFound, nameof(SimulationResult.FromDirectory), place.Path,
                $"There are no results of a run in '{place.Shown}': neither {RunRecordFile.Name} nor a file "
                    + "that EnergyPlus writes. Check the path and the file system.");
        var end = names.End is null ? "" : await TailAsync(place, names.End, files, cancellationToken).ConfigureAwait(false);
        // A model may switch the .end file off; then the last lines of the .err file tell.
        var isAsked = string.IsNullOrWhiteSpace(end) && names.Errors is not null;
        var errors = isAsked ? await TailAsync(place, names.Errors!, files, cancellationToken).ConfigureAwait(false) : "";
        var ending = RunEnding.Of(end, errors);
        return new(null, ending.JudgeByFiles(), files, ending.Elapsed);
    }

    private static async Task<string> TailAsync(
        StoredPlace place, string name, List<StoredRunFile> files, CancellationToken cancellationToken)
    {
        var size = files.First(file => file.Path == name).SizeBytes;
        if (size == 0) return "";
        var bytes = new byte[(int)Math.Min(size, BoundedLines.TailBytes)];
        var read = await place.FileSystem.ReadRangeAsync(
            place.At(name), size - bytes.Length, bytes, cancellationToken).ConfigureAwait(false);
        return Encoding.Latin1.GetString(bytes, 0, read);
    }
}

/// <summary>A file of a run.</summary>
/// <param name="Path">Relative to the run's folder.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record StoredRunFile(string Path, long SizeBytes)
{
    /// <summary>How it is encoded: <c>gzip</c>; null: not at all.</summary>
    public string? ContentEncoding { get; init; }
}
