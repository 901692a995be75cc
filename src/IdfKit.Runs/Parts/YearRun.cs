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
    // What says how a part ended. Its series and tables are of days that nobody asked for alone.
    private static readonly string[] Messages = ["err", "end", "audit"];

    private readonly SideBySide _parts = new(workspace, engine, engines, RunSentences.YearWhole, RunSentences.YearNotJoined);

    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        Model model, EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        if (engine.Installation.IsReplay) return PartsEnded.Whole();
        if (!model.Plan.SimulatesRunPeriods || request.DesignDay) return PartsEnded.Whole(RunSentences.NoYearInParts);
        if (!engines.KeepsRunsApart) return Whole(EngineSentences.NotApart);
        var room = await FreeRoom.FindAsync(engine, () => engines.RoomIn(workspace.Path), request, cancellationToken)
            .ConfigureAwait(false);
        var staged = StagedText.Read(request.ModelPath, Path.GetFileName(request.ModelPath)).Model;
        var time = new YearTime(engines.LeastYear, left - Stopwatch.GetElapsedTime(began));
        var year = YearParts.Of(staged, request, room, engine.Installation.Version, time);
        if (year.Plan is not { } plan) return Whole(year.Parts.WhyNot!);
        using var pace = new YearPace(plan, time, progress, request.Stop);
        var segments = new YearSegments(plan, request, staged);
        var came = await _parts.RunAsync(
            year.Parts, room, request with { Stop = pace.Stop }, pace, segments.TryRead, EndAsync, cancellationToken).ConfigureAwait(false);
        return came.Run is { Outcome: RunOutcome.TimedOut }
            ? came with { Notice = RunSentences.PartsOfYearStopped, HasNoSeries = true }
            : came;

        async Task<PartsEnded> EndAsync(EndedParts ended) => ended.Run.Outcome switch
        {
            RunOutcome.Completed => await _parts.JoinInTimeAsync(
                ended, request, token => JoinAsync(year.Parts, segments, ended, staged, request, token), cancellationToken)
                .ConfigureAwait(false),
            RunOutcome.TimedOut when pace.WhyNot is { } slow && !request.Stop.IsCancellationRequested =>
                PartsEnded.Whole(RunSentences.YearWhole(slow), ended),
            RunOutcome.TimedOut => TakeMessages(ended, staged, request),
            _ => PartsEnded.Whole(
                RunSentences.YearNotCompleted(SideBySide.WhyLess(ended.Run) ?? EngineSentences.PartEnded), ended),
        };
    }

    private static string SentenceOf(RunSegments segments) => segments.Seams is { Count: > 0 } seams
        ? RunSentences.YearInParts(
            segments.Count, seams.Min(seam => seam.LeadInDays),
            seams.Max(seam => seam.WorstMeterPercentOfYear), seams.Max(seam => seam.ZoneAirMaxK), segments.Apart ?? [])
        : "";

    private static PartsEnded Whole(string why) => PartsEnded.Whole(RunSentences.YearWhole(why));

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
        return PartsEnded.As(ended.Run);
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

    private async Task<PartsEnded> JoinAsync(
        PartPlan parts, YearSegments year, EndedParts ended, Model model, EngineRequest request, CancellationToken cancellationToken)
    {
        using var folders = new PartFolders(ended.Folders, request.OutputPrefix, request.OutputSuffix);
        var files = new YearFiles(year.Plan, folders);
        var results = year.Read(ended.Folders, cancellationToken);
        List<YearReports> reports = [.. results.Select(one => one.Reports)];
        var checks = files.Checks(reports);
        if (checks.FirstOrDefault(check => !check.IsWithin) is { } apart)
            return PartsEnded.Whole(TooFarApart(apart), ended);
        cancellationToken.ThrowIfCancellationRequested();
        var steps = results[0].StepsOfHour ?? YearExpectation.StepsOf(model);
        if (new YearSummary(year.Plan, steps).Of(reports, [.. results.Select(one => one.Summary)]) is not var (summary, missing))
            throw new PartsUnlikeException(EngineSentences.OtherFigures);
        List<string?> databases = [.. results.Select(one => one.Database)];
        var joined = new JoinedFolder(workspace);
        var notProduced = await files.JoinAsync(joined.Path, databases, year.Added, ended.Run.Elapsed, cancellationToken)
            .ConfigureAwait(false);
        joined.MoveToOutputs();
        var segments = SideBySide.SegmentsOf(Parallelism.Year, YearPlanner.Form, parts, notProduced.Concat(missing)) with
        {
            ShadingPeriodDays = year.Plan.ShadingDays,
            SimulatedDays = year.Plan.SimulatedDays,
            CpuSeconds = Math.Round(ended.Run.CpuTime.TotalSeconds, 3),
            Seams = [.. checks.Select(SeamOf)],
            Apart = checks.SelectMany(check => check.StatesApart).Distinct()
                .Select(name => OneLine.Of(name, SideBySide.LongestName)).ToList() is { Count: > 0 } states ? states : null,
        };
        return new(ended.Run, segments, [summary], SentenceOf(segments));
    }

    private static string TooFarApart(YearSelfCheck check) => !check.AreTanksWithin
        ? RunSentences.YearTankTooFarApart(DateOf(check), check.TankMaxKelvin ?? double.NaN)
        : RunSentences.YearTooFarApart(DateOf(check), check.WorstMeter, check.WorstMeterPercentOfYear, check.ZoneAirMaxKelvin);

    private static string DateOf(YearSelfCheck check) => FormattableString.Invariant($"{check.Seam.Month:00}-{check.Seam.Day:00}");

    private static RunSeam SeamOf(YearSelfCheck check) => new(
        DateOf(check), check.LeadInDays, check.ComparedDays,
        OneLine.Of(check.WorstMeter ?? "", SideBySide.LongestName),
        Math.Round(check.WorstMeterPercentOfYear, 6), Math.Round(check.ZoneAirMaxKelvin, 6))
    {
        TankMaxK = check.TankMaxKelvin is { } kelvin ? Math.Round(kelvin, 6) : null,
    };
}
