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
/// <param name="engines">How EnergyPlus is bounded, and what the machine has to spare.</param>
/// <param name="keeps">Whether a table of that name is wanted among the results.</param>
internal sealed class PeriodsRun(Workspace workspace, StartedEngine engine, IEngines engines, Func<string, bool> keeps)
{
    private readonly SideBySide _parts =
        new(workspace, engine, engines, RunSentences.PeriodsNotApart, RunSentences.PeriodsNotJoined);

    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        Model model, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        if (!PeriodPlanner.IsForParts(model, request) || engine.Installation.IsReplay) return PartsEnded.Whole();
        if (!engines.KeepsRunsApart) return NotApart(EngineSentences.NotApart);
        var free = await FreeRoom.FindAsync(engine, () => engines.RoomIn(workspace.Path), request, cancellationToken)
            .ConfigureAwait(false);
        if (free.WhyNot is { } crowded) return NotApart(crowded);
        var plan = PeriodPlanner.Plan(StagedText.Read(request.ModelPath, Path.GetFileName(request.ModelPath)).Model, request, free);
        if (plan.Parts.Count == 0) return plan.WhyNot is { } why ? NotApart(why) : PartsEnded.Whole();
        return await _parts.RunAsync(
            plan, free, request, progress, completed: null, ended => EndAsync(plan, ended, request, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private static PartsEnded NotApart(string why) => PartsEnded.Whole(RunSentences.PeriodsNotApart(why));

    private async Task<PartsEnded> EndAsync(
        PartPlan plan, EndedParts ended, EngineRequest request, CancellationToken cancellationToken) => ended.Run switch
        {
            { Outcome: RunOutcome.Completed } => await _parts.JoinInTimeAsync(
                ended, request, token => JoinAsync(plan, ended, request, token, cancellationToken), cancellationToken)
                .ConfigureAwait(false),
            _ when SideBySide.WhyLess(ended.Run) is { } why => PartsEnded.Whole(RunSentences.PeriodsNotCompleted(why), ended),
            _ => TakeOne(ended),
        };

    /// <summary>Of a part that did not complete, its files are the run's.</summary>
    private PartsEnded TakeOne(EndedParts ended)
    {
        using var folder = ChildFolder.TryOpen(ended.Folders[0]);
        foreach (var entry in folder?.Entries() ?? [])
            if (entry is { Kind: EntryKind.File, Name: { } name and not Workspace.PartsName })
                File.Move(Path.Combine(ended.Folders[0], name), Path.Combine(workspace.Outputs, name), overwrite: true);
        return PartsEnded.As(ended.Run);
    }

    /// <param name="plan">The parts.</param>
    /// <param name="ended">How they ended.</param>
    /// <param name="request">How they were run.</param>
    /// <param name="inTime">Ends the join; tables are kept all the same.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<PartsEnded> JoinAsync(
        PartPlan plan, EndedParts ended, EngineRequest request, CancellationToken inTime, CancellationToken cancellationToken)
    {
        // Read first: what is joined is no longer in the parts' folders.
        var summaries = ended.Folders.Select(folder => EnergySummary.Read(folder, request.OutputPrefix, request.OutputSuffix)).ToList();
        var into = new JoinedFolder(workspace);
        var notProduced = new PartFiles(ended.Folders, request.OutputPrefix, request.OutputSuffix)
            .Join(into.Path, ended.Run.Elapsed, inTime);
        into.MoveToOutputs();
        var tables = notProduced.Where(name => IsTable(name, request));
        var (kept, notKept) = await KeepAsync(ended.Folders, [.. tables], cancellationToken).ConfigureAwait(false);
        var segments = SideBySide.SegmentsOf(Parallelism.Periods, PeriodPlanner.Form, plan, notProduced.Concat(notKept));
        return new(ended.Run, segments with { Tables = kept }, summaries, RunSentences.PeriodsApart(segments.Count));
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
