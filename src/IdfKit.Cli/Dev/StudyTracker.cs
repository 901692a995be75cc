using IdfKit.LocalCloud;
using IdfKit.Studies;

namespace IdfKit.Cli.Dev;

/// <summary>Follows the studies by the <c>study.json</c> that the function writes: which are under way, and what of them is left.</summary>
internal sealed class StudyTracker(RunTracker runs, string outputPrefix)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Begun> _begun = new(StringComparer.Ordinal);

    /// <summary>Those whose table has not been written since they were planned.</summary>
    public IReadOnlyList<OpenStudy> Open
    {
        get { lock (_gate) return [.. _begun.Select(study => OpenOf(study.Key, study.Value))]; }
    }

    public void Written(ObjectWrite write)
    {
        if (!write.Key.StartsWith(outputPrefix, StringComparison.Ordinal)) return;
        if (!write.Key.EndsWith("/" + StudyRecordFile.Name, StringComparison.Ordinal)) return;
        if (Read(write.Path) is not { } record) return;
        var folder = write.Key[..^StudyRecordFile.Name.Length];
        lock (_gate)
        {
            if (record.Status == StudyStatus.Planned) _begun[folder] = new(record.Input?.Key ?? folder, record.ToRun ?? 0, OverIn(folder));
            else if (record.Status != StudyStatus.Running) _begun.Remove(folder);
        }
    }

    private OpenStudy OpenOf(string folder, Begun study)
    {
        var ended = OverIn(folder).Except(study.EndedBefore).Count();
        var running = runs.Active.Count(run => run.Folder.StartsWith(folder, StringComparison.Ordinal));
        return new(study.Input, Math.Max(0, study.ToRun - ended - running), running);
    }

    /// <summary>The runs of rows that are over. A row that is run again has another.</summary>
    private HashSet<string?> OverIn(string folder) =>
        [.. runs.Over.Where(run => run.Folder.StartsWith(folder, StringComparison.Ordinal)).Select(run => run.Id)];

    private static StudyRecord? Read(string path)
    {
        // Removed or replaced since; what follows brings its own event.
        try { return StudyRecordFile.FromJson(File.ReadAllBytes(path)); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    private sealed record Begun(string Input, int ToRun, HashSet<string?> EndedBefore);
}

/// <summary>A study that is under way.</summary>
/// <param name="Input">Its key.</param>
/// <param name="NotBegun">How many of its rows still wait.</param>
/// <param name="Running">How many are being run.</param>
internal sealed record OpenStudy(string Input, int NotBegun, int Running);
