using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Results;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Parts;

/// <summary>Simulates the run periods of a model side by side, and leaves in the run's folder what one process would have left.</summary>
/// <param name="workspace">The run's.</param>
/// <param name="engine">Runs each part.</param>
/// <param name="mostBytes">The bound on what a run may write; null: none.</param>
/// <param name="keepsApart">Whether runs may go on at once here.</param>
/// <param name="room">Looks what the machine has to spare.</param>
/// <param name="keeps">Whether a table of that name is wanted among the results.</param>
internal sealed class PeriodsRun(
    Workspace workspace, StartedEngine engine, long? mostBytes, bool keepsApart, Func<PartRoom> room, Func<string, bool> keeps)
{
    private const int LongestName = 100; // in the record
    public const int Killed = 9; // the signal that the kernel sends, too, when memory runs out

    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        Model model, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        if (!PeriodPlanner.IsForParts(model, request) || engine.Installation.IsReplay) return PartsEnded.Whole();
        if (!keepsApart) return NotApart(EngineSentences.NotApart);
        var free = await FreeRoom.FindAsync(engine, room, request, cancellationToken).ConfigureAwait(false);
        if (free.WhyNot is { } crowded) return NotApart(crowded);
        var plan = PeriodPlanner.Plan(StagedText.Read(request.ModelPath, Path.GetFileName(request.ModelPath)).Model, request, free);
        if (plan.Parts.Count == 0) return plan.WhyNot is { } why ? NotApart(why) : PartsEnded.Whole();
        using var processors = free.TryHold(plan.AtOnce);
        if (processors is null) return NotApart(EngineSentences.FewProcessors(1));

        try
        {
            Directory.CreateDirectory(workspace.Parts);
            return await RunInFolderAsync(plan, request, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return NotApart(EngineSentences.NoRoomForParts); }
        finally { _ = FolderRemoval.TryRemove(workspace.Parts); }
    }

    private static PartsEnded NotApart(string why) => PartsEnded.Whole(RunSentences.PeriodsNotApart(why));

    private static PartsEnded NotUsed(string notice, EndedParts ended) => PartsEnded.Whole(notice) with { Spent = ended.Run.CpuTime };

    private async Task<PartsEnded> RunInFolderAsync(
        PartPlan plan, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var runner = new PartsRunner((part, told, token) => engine.Run(part, told, token), workspace.Parts);
        var ended = await runner.RunAsync(plan, request, progress, cancellationToken).ConfigureAwait(false);
        return ended.Run switch
        {
            { Outcome: RunOutcome.Completed } when ResultFile.In(workspace.Parts).Sum(file => file.SizeBytes) > mostBytes =>
                NotUsed(RunSentences.PeriodsNotCompleted(EngineSentences.TooMuchTogether), ended),
            { Outcome: RunOutcome.Completed } => await JoinAsync(plan, ended, request, cancellationToken).ConfigureAwait(false),
            // One process has the whole of it.
            { Exceeded: not null } or { WasRefusedMemory: true } =>
                NotUsed(RunSentences.PeriodsNotCompleted(EngineSentences.OverItsShare), ended),
            { Outcome: RunOutcome.Crashed, Signal: Killed } =>
                NotUsed(RunSentences.PeriodsNotCompleted(EngineSentences.WasKilled), ended),
            _ => TakeOne(ended),
        };
    }

    /// <summary>Of a part that did not complete, its files are the run's.</summary>
    private PartsEnded TakeOne(EndedParts ended)
    {
        using var folder = ChildFolder.TryOpen(ended.Folders[0]);
        foreach (var entry in folder?.Entries() ?? [])
            if (entry is { Kind: EntryKind.File, Name: { } name and not Workspace.PartsName })
                File.Move(Path.Combine(ended.Folders[0], name), Path.Combine(workspace.Outputs, name), overwrite: true);
        return new(ended.Run, null, [], "");
    }

    private async Task<PartsEnded> JoinAsync(
        PartPlan plan, EndedParts ended, EngineRequest request, CancellationToken cancellationToken)
    {
        // Read first: what is joined is no longer in the parts' folders.
        var summaries = ended.Folders.Select(folder => EnergySummary.Read(folder, request.OutputPrefix, request.OutputSuffix)).ToList();
        if (JoinInTime(ended, request, cancellationToken) is not { } joined)
            return new(ended.Run with { Outcome = RunOutcome.TimedOut }, null, [], "");
        if (joined.WhyNot is { } why) return NotUsed(RunSentences.PeriodsNotJoined(why), ended);
        var tables = joined.NotProduced.Where(name => IsTable(name, request));
        var (kept, notKept) = await KeepAsync(ended.Folders, [.. tables], cancellationToken).ConfigureAwait(false);
        List<string> names = [.. plan.Parts.Select(part => OneLine.Of(part.Name, LongestName))];
        List<string> missing = [.. joined.NotProduced.Concat(notKept).Select(name => OneLine.Of(name, LongestName))];
        var segments = new RunSegments(ParallelismNames.NameOf(Parallelism.Periods), names.Count, names, missing, kept)
        {
            Form = PeriodPlanner.Form,
        };
        return new(ended.Run, segments, summaries, RunSentences.PeriodsApart(segments.Count));
    }

    /// <summary>Null when the deadline has overtaken the join: the run was stopped by it, and has no results.</summary>
    private JoinedParts? JoinInTime(EndedParts ended, EngineRequest request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.Stop, cancellationToken);
        var files = new PartFiles(ended.Folders, request.OutputPrefix, request.OutputSuffix);
        try
        {
            var into = new JoinedFolder(workspace);
            var joined = files.Join(into.Path, ended.Run.Elapsed, either.Token);
            if (joined.WhyNot is null) into.MoveToOutputs();
            return joined;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return new(EngineSentences.NoRoomToJoin, []); }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static bool IsTable(string name, EngineRequest request) =>
        name == OutputNames.Table(request.OutputPrefix, request.OutputSuffix, Path.GetExtension(name).TrimStart('.'));

    /// <summary>Tables of a run period are whole in themselves: those that are wanted stay, under a name that says which.</summary>
    /// <returns>The names of those that are kept, and of those for which the disk has no room.</returns>
    private async Task<(IReadOnlyList<string> Kept, IReadOnlyList<string> NotKept)> KeepAsync(
        IReadOnlyList<string> folders, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        List<string> kept = [], notKept = [];
        for (var part = 0; part < folders.Count; part++)
            foreach (var name in tables)
            {
                var own = Path.GetFileNameWithoutExtension(name) + FormattableString.Invariant($".period-{part + 1}")
                    + Path.GetExtension(name);
                if (!keeps(name) && !keeps(own)) continue;
                try { if (await KeepAsync(folders[part], name, own, cancellationToken).ConfigureAwait(false)) kept.Add(own); }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException) { notKept.Add(own); }
            }
        return (kept, notKept);
    }

    private async Task<bool> KeepAsync(string folder, string name, string own, CancellationToken cancellationToken)
    {
        var file = ChildFolder.TryRead(Path.Combine(folder, name));
        if (file is null) return false;
        await using var reading = file.ConfigureAwait(false);
        await workspace.MakeAsync(own, (into, token) => file.CopyToAsync(into, token), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
