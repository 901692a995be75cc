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
/// <param name="options">How EnergyPlus is bounded.</param>
/// <param name="keepsApart">Whether runs may go on at once here.</param>
/// <param name="room">What the machine has to spare.</param>
internal sealed class PeriodsRun(Workspace workspace, StartedEngine engine, EngineOptions options, bool keepsApart, PartRoom room)
{
    private const string FolderName = "parts";
    private const int LongestName = 100; // in the record

    // Among the outputs, so that what is written there counts for how early the deadline has to stop it.
    private string Folder => Path.Combine(workspace.Outputs, FolderName);

    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        Model model, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        if (!PeriodPlanner.IsForParts(model, request) || engine.Installation.IsReplay) return PartsEnded.Whole();
        if (!keepsApart) return PartsEnded.Whole(RunSentences.PeriodsNotApart(EngineSentences.NotApart));
        if (room.WhyNot is { } crowded) return PartsEnded.Whole(RunSentences.PeriodsNotApart(crowded));
        Directory.CreateDirectory(Folder);
        try { return await RunInFolderAsync(request, progress, cancellationToken).ConfigureAwait(false); }
        finally { _ = FolderRemoval.TryRemove(Folder); }
    }

    private async Task<PartsEnded> RunInFolderAsync(
        EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var expanded = await ExpandedAsync(request, cancellationToken).ConfigureAwait(false);
        if (expanded is null) return PartsEnded.Whole(RunSentences.PeriodsNotApart(EngineSentences.NotExpanded));
        var plan = PeriodPlanner.Plan(StagedText.Read(expanded, Path.GetFileName(expanded)).Model, request, room);
        if (plan.Parts.Count == 0) return PartsEnded.Whole(plan.WhyNot is { } why ? RunSentences.PeriodsNotApart(why) : "");

        var runner = new PartsRunner((part, told, token) => engine.Run(part, told, token), Folder);
        var ended = await runner.RunAsync(plan, request with { ModelPath = expanded }, progress, cancellationToken).ConfigureAwait(false);
        return ended.Run.Outcome is RunOutcome.Completed
            ? await JoinAsync(plan, ended, request, cancellationToken).ConfigureAwait(false)
            : TakeOne(ended);
    }

    /// <summary>The model as it is planned; null where ExpandObjects has not expanded it.</summary>
    private async Task<string?> ExpandedAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        if (!request.ExpandObjects) return request.ModelPath;
        var expanded = Path.Combine(Folder, Path.GetFileName(request.ModelPath));
        var programs = new Preprocessors(engine.Installation) { Timeout = request.Timeout, Engine = options };
        try
        {
            var isExpanded = await programs.TryExpandAsync(request.ModelPath, expanded, cancellationToken).ConfigureAwait(false);
            return isExpanded ? expanded : null;
        }
        catch (EnergyPlusException) { return null; } // the plain run says what is wrong
    }

    /// <summary>Of a part that did not complete, its files are the run's.</summary>
    private PartsEnded TakeOne(EndedParts ended)
    {
        using var folder = ChildFolder.TryOpen(ended.Folders[0]);
        foreach (var entry in folder?.Entries() ?? [])
            if (entry is { Kind: EntryKind.File, Name: { } name and not FolderName })
                File.Move(Path.Combine(ended.Folders[0], name), Path.Combine(workspace.Outputs, name), overwrite: true);
        return new(ended.Run, null, [], "");
    }

    private async Task<PartsEnded> JoinAsync(
        PartPlan plan, EndedParts ended, EngineRequest request, CancellationToken cancellationToken)
    {
        var files = new PartFiles(ended.Folders, request.OutputPrefix, request.OutputSuffix);
        var joined = files.Join(workspace.Outputs, ended.Run.Elapsed, cancellationToken);
        if (joined.WhyNot is { } why) return PartsEnded.Whole(RunSentences.PeriodsNotJoined(why));
        var summaries = ended.Folders.Select(folder => EnergySummary.Read(folder, request.OutputPrefix, request.OutputSuffix)).ToList();
        var kept = new List<string>();
        for (var part = 0; part < ended.Folders.Count; part++)
            foreach (var name in joined.NotProduced.Where(name => IsTable(name, request)))
                if (await KeepAsync(ended.Folders[part], name, part + 1, cancellationToken).ConfigureAwait(false) is { } own) kept.Add(own);
        List<string> names = [.. plan.Parts.Select(part => OneLine.Of(part.Name, LongestName))];
        List<string> missing = [.. joined.NotProduced.Select(name => OneLine.Of(name, LongestName))];
        var segments = new RunSegments("periods", names.Count, names, missing, kept);
        return new(ended.Run, segments, summaries, RunSentences.PeriodsApart(segments.Count));
    }

    private static bool IsTable(string name, EngineRequest request) =>
        name == OutputNames.Table(request.OutputPrefix, request.OutputSuffix, Path.GetExtension(name).TrimStart('.'));

    /// <summary>The tables of a run period are whole in themselves: they stay under a name that says which.</summary>
    private async Task<string?> KeepAsync(string folder, string name, int part, CancellationToken cancellationToken)
    {
        var file = ChildFolder.TryRead(Path.Combine(folder, name));
        if (file is null) return null;
        await using var reading = file.ConfigureAwait(false);
        var own = Path.GetFileNameWithoutExtension(name) + FormattableString.Invariant($".period-{part}") + Path.GetExtension(name);
        await workspace.MakeAsync(own, (into, token) => file.CopyToAsync(into, token), cancellationToken).ConfigureAwait(false);
        return own;
    }
}
