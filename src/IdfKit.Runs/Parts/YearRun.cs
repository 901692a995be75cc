using System.Diagnostics;

using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Models;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;
using IdfKit.Engine.Results;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Simulates the year of a model in parts side by side, and leaves in the run's folder what can be joined. Whatever speaks against it,
/// before or after, has the year simulated whole, and one sentence says why.
/// </summary>
/// <param name="workspace">The run's.</param>
/// <param name="engine">Runs each part.</param>
/// <param name="engines">How EnergyPlus is bounded, and what the machine has to spare.</param>
/// <param name="left">How long all may take.</param>
internal sealed class YearRun(Workspace workspace, StartedEngine engine, IEngines engines, TimeSpan left)
{
    private const int LongestName = 100; // in the record

    // What says how a part ended. Its series and tables are of days that nobody asked for alone.
    private static readonly string[] Messages = ["err", "end", "audit"];

    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        Model model, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        if (engine.Installation.IsReplay) return PartsEnded.Whole();
        if (!model.Plan.SimulatesRunPeriods || request.DesignDay) return Whole(EngineSentences.NoYear);
        if (!engines.KeepsRunsApart) return Whole(EngineSentences.NotApart);
        var room = await FreeRoom.FindAsync(engine, () => engines.RoomIn(workspace.Path), request, cancellationToken)
            .ConfigureAwait(false);
        var staged = StagedText.Read(request.ModelPath, Path.GetFileName(request.ModelPath)).Model;
        var time = new YearTime(engines.LeastYear, left - Stopwatch.GetElapsedTime(began));
        var year = YearParts.Of(staged, request, room, engine.Installation.Version, time);
        if (year.Plan is not { } plan) return Whole(year.Parts.WhyNot ?? EngineSentences.NoYear);
        using var processors = room.TryHold(year.Parts.AtOnce);
        if (processors is null) return Whole(EngineSentences.FewProcessors(1));

        try
        {
            Directory.CreateDirectory(workspace.Parts);
            var runner = new PartsRunner((part, told, token) => engine.Run(part, told, token), workspace.Parts);
            using var pace = new YearPace(plan, time, progress, request.Stop);
            var ended = await runner.RunAsync(year.Parts, request with { Stop = pace.Stop }, pace, cancellationToken)
                .ConfigureAwait(false);
            return ended.Run.Outcome switch
            {
                RunOutcome.Completed => JoinInTime(year.Parts, plan, ended, staged, request, cancellationToken),
                RunOutcome.TimedOut when pace.WhyNot is { } slow && !request.Stop.IsCancellationRequested =>
                    Whole(slow) with { Spent = ended.Run.CpuTime },
                RunOutcome.TimedOut => TakeMessages(ended, staged, request),
                _ => PartsEnded.Whole(RunSentences.YearNotCompleted(WhyNotCompleted(ended.Run))) with { Spent = ended.Run.CpuTime },
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Whole(EngineSentences.NoRoomForParts); }
        finally { _ = FolderRemoval.TryRemove(workspace.Parts); }
    }

    private static string WhyNotCompleted(EngineRun run) => run switch
    {
        { Exceeded: not null } or { WasRefusedMemory: true } => EngineSentences.OverItsShare,
        { Outcome: RunOutcome.Crashed, Signal: PeriodsRun.Killed } => EngineSentences.WasKilled,
        _ => EngineSentences.PartEnded,
    };

    /// <summary>Where the deadline overtakes the join, the run was stopped by it, and has no results.</summary>
    private PartsEnded JoinInTime(
        PartPlan parts, YearPlan plan, EndedParts ended, Model model, EngineRequest request, CancellationToken cancellationToken)
    {
        if (ResultFile.In(workspace.Parts).Sum(file => file.SizeBytes) > engines.Options.MaxWrittenBytes)
            return NotJoined(EngineSentences.TooMuchTogether, ended);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.Stop, cancellationToken);
        try { return Join(parts, plan, ended, model, request, either.Token); }
        catch (PartsUnlikeException unlike) { return NotJoined(unlike.Message, ended); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NotJoined(EngineSentences.NoRoomToJoin, ended);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(ended.Run with { Outcome = RunOutcome.TimedOut }, null, [], "");
        }
    }

    private static string SentenceOf(RunSegments segments) => segments.Seams is { Count: > 0 } seams
        ? RunSentences.YearInParts(
            segments.Count, seams.Min(seam => seam.LeadInDays),
            seams.Max(seam => seam.WorstMeterPercentOfYear), seams.Max(seam => seam.ZoneAirMaxK), segments.Apart ?? [])
        : "";

    private static PartsEnded Whole(string why) =>
        PartsEnded.Whole(why == EngineSentences.NoYear ? RunSentences.NoYearInParts : RunSentences.YearWhole(why));

    private PartsEnded TakeMessages(EndedParts ended, Model model, EngineRequest request)
    {
        using var folder = ChildFolder.TryOpen(ended.Folders[0]);
        foreach (var kind in Messages)
        {
            var name = OutputNames.Output(request.OutputPrefix, request.OutputSuffix, kind);
            if (folder?.Entries().Any(entry => entry.Kind is EntryKind.File && entry.Name == name) is not true) continue;
            var into = Path.Combine(workspace.Outputs, name);
            if (kind is not "err" || !TryCopyErrors(folder, name, into, model))
                File.Move(Path.Combine(ended.Folders[0], name), into, overwrite: true);
        }
        return new(ended.Run, null, [], "");
    }

    /// <summary>Without messages about what only we asked for. Where the disk has no room for that, the file is taken as it is.</summary>
    private static bool TryCopyErrors(ChildFolder folder, string name, string into, Model model)
    {
        using var file = folder.TryReadFile(name);
        if (file is null) return false;
        try
        {
            using var copy = new FileStream(into, FileMode.Create, FileAccess.Write);
            YearMessages.CopyOne(file, copy, new(model));
            return true;
        }
        catch (IOException) { return false; }
    }

    private PartsEnded Join(
        PartPlan parts, YearPlan plan, EndedParts ended, Model model, EngineRequest request, CancellationToken cancellationToken)
    {
        var (prefix, suffix) = (request.OutputPrefix, request.OutputSuffix);
        using var folders = new PartFolders(ended.Folders, prefix, suffix);
        var files = new YearFiles(plan, folders);
        var reports = files.Reports(cancellationToken);
        var checks = files.Checks(reports);
        if (checks.FirstOrDefault(check => !check.IsWithin) is { } apart)
            return PartsEnded.Whole(TooFarApart(apart)) with { Spent = ended.Run.CpuTime };
        cancellationToken.ThrowIfCancellationRequested();
        List<YearTables> tables = [.. ended.Folders.Select(folder => YearTables.Read(folder, prefix, suffix))];
        var steps = tables[0].StepsOfHour ?? YearExpectation.StepsOf(model);
        if (new YearSummary(plan, steps).Of(reports, tables) is not var (summary, missing))
            return NotJoined(EngineSentences.OtherFigures, ended);
        var notProduced = JoinFiles(files, model, ended, cancellationToken);
        List<string> names = [.. parts.Parts.Select(part => OneLine.Of(part.Name, LongestName))];
        var segments = new RunSegments(
            ParallelismNames.NameOf(Parallelism.Year), names.Count, names,
            [.. notProduced.Concat(missing).Select(name => OneLine.Of(name, LongestName))], [])
        {
            Form = YearPlanner.Form,
            ShadingPeriodDays = plan.ShadingDays,
            SimulatedDays = plan.SimulatedDays,
            CpuSeconds = Math.Round(ended.Run.CpuTime.TotalSeconds, 3),
            Seams = [.. checks.Select(SeamOf)],
            Apart = checks.SelectMany(check => check.StatesApart).Distinct().Select(name => OneLine.Of(name, LongestName)).ToList()
                is { Count: > 0 } states ? states : null,
        };
        return new(ended.Run, segments, [summary], SentenceOf(segments));
    }

    private static PartsEnded NotJoined(string why, EndedParts ended) =>
        PartsEnded.Whole(RunSentences.YearNotJoined(why)) with { Spent = ended.Run.CpuTime };

    private IReadOnlyList<string> JoinFiles(YearFiles files, Model model, EndedParts ended, CancellationToken cancellationToken)
    {
        var joined = new JoinedFolder(workspace);
        var notProduced = files.Join(joined.Path, workspace.Parts, model, ended.Run.Elapsed, cancellationToken);
        joined.MoveToOutputs();
        return notProduced;
    }

    private static string TooFarApart(YearSelfCheck check) => !check.AreTanksWithin
        ? RunSentences.YearTankTooFarApart(DateOf(check), check.TankMaxKelvin ?? double.NaN)
        : RunSentences.YearTooFarApart(DateOf(check), check.WorstMeter, check.WorstMeterPercentOfYear, check.ZoneAirMaxKelvin);

    private static string DateOf(YearSelfCheck check) => FormattableString.Invariant($"{check.Seam.Month:00}-{check.Seam.Day:00}");

    private static RunSeam SeamOf(YearSelfCheck check) => new(
        DateOf(check), check.LeadInDays, check.ComparedDays,
        OneLine.Of(check.WorstMeter ?? "", LongestName),
        Math.Round(check.WorstMeterPercentOfYear, 6), Math.Round(check.ZoneAirMaxKelvin, 6))
    {
        TankMaxK = check.TankMaxKelvin is { } kelvin ? Math.Round(kelvin, 6) : null,
    };
}
