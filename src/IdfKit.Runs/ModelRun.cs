using System.Collections.ObjectModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results;
using IdfKit.Runs.Parts;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Records;
using IdfKit.Runs.Report;
using IdfKit.Runs.Staging;
using IdfKit.Storage;
using IdfKit.Runs.TimeSeries;

namespace IdfKit.Runs;

/// <summary>
/// One run of one model on local disk, wherever the model came from: staged, checked, prepared, simulated, summarised.
/// Its record grows with it; claiming, publishing and committing it is its owner's.
/// </summary>
/// <param name="source">Where the model and its companions come from.</param>
/// <param name="engines">The EnergyPlus installations at hand.</param>
/// <param name="workspace">The run's folder; its owner disposes it.</param>
/// <param name="begun">The record as it was claimed.</param>
/// <param name="watch">Began with the run.</param>
internal sealed class ModelRun(IModelSource source, IEngines engines, Workspace workspace, RunRecord begun, RunStopwatch watch)
{
    private const long LargestCompressed = 64 << 20;

    private Model? _model;
    private EnergyPlusInstallation? _installation;
    private Model? _dropped;
    private EngineRun? _ended;
    private string _name = "";
    private bool _isExpanded;
    private RunLimit _limit;
    private IReadOnlyList<EnergySummary> _parts = [];

    public RunRecord Record { get; private set; } = begun;

    public RunRequest Request { get; private set; } = new();

    public Workspace Workspace => workspace;

    /// <summary>The model as EnergyPlus is given it.</summary>
    public Model Model => _model ?? throw new InvalidOperationException("The model has not been read yet.");

    /// <summary>The EnergyPlus that runs it.</summary>
    public EnergyPlusInstallation Installation =>
        _installation ?? throw new InvalidOperationException("No EnergyPlus has been chosen yet.");

    public string ModelPath { get; private set; } = "";

    public string? WeatherPath { get; private set; }

    /// <summary>The files that the model names, on local disk.</summary>
    public IReadOnlyList<StagedCompanion> CompanionFiles { get; private set; } = [];

    /// <summary>Where EnergyPlus runs, so that relative paths in the model find what was fetched.</summary>
    public string WorkingDirectory { get; private set; } = workspace.Inputs;

    /// <summary>The last few kilobytes that EnergyPlus printed; empty when it did not run.</summary>
    public string Printed => _ended?.OutputTail ?? "";

    /// <summary>Whether the deadline stopped EnergyPlus before it came to its end.</summary>
    public bool WasStoppedByDeadline => _ended is { Outcome: RunOutcome.TimedOut } && _limit.Reason == RunReason.Deadline;

    // Without -D EnergyPlus insists on a weather file.
    private bool IsDesignDay => Request.DesignDay || WeatherPath is null;

    private RunOutputs Outputs => new(workspace.Outputs, Request.OutputPrefix, Request.OutputSuffix);

    /// <summary>Why a model of which parts were to run side by side is simulated by one process, as far as the request says it.</summary>
    private string? WhyOneProcess => Request switch
    {
        { Study: not null } or { Parallel: Parallelism.Off } => null,
        { IsAmongOthers: true, Parallel: Parallelism.Year } => RunSentences.YearWhole(EngineSentences.AmongOthers),
        { IsAmongOthers: true } when Model.Plan.RunPeriods > 1 => RunSentences.PeriodsNotApart(EngineSentences.AmongOthers),
        _ => null,
    };

    private RunEngine Chosen =>
        new(Installation.Version.ToString(), Installation.Build, Installation.IsReplay) { Confinement = engines.Confinement };

    private bool Expands => ProgramRule.Expands(Model, Request.ExpandObjects);

    /// <summary>Makes the model ready for EnergyPlus, and gives the first objection to it; null when it can be simulated.</summary>
    /// <exception cref="Storage.StorageException">Storage failed.</exception>
    /// <exception cref="EnergyPlusException">A preprocessor could not be started at all.</exception>
    public async Task<Rejection?> PrepareAsync(CancellationToken cancellationToken)
    {
        var objection = await StageAsync(cancellationToken).ConfigureAwait(false);
        Record = Record with { TimingsMs = Record.TimingsMs with { Stage = watch.LapMs() } };
        if (objection is not null) return objection;

        objection = await PrepareModelAsync(cancellationToken).ConfigureAwait(false);
        Record = Record with { TimingsMs = Record.TimingsMs with { Preprocess = watch.LapMs() } };
        return objection;
    }

    /// <summary>Runs EnergyPlus. What it leaves is in <see cref="Staging.Workspace.Outputs"/>.</summary>
    /// <param name="progress">Is told how far it is; null: nobody listens.</param>
    /// <param name="deadline">When EnergyPlus must have ended.</param>
    /// <param name="cancellationToken">Ends EnergyPlus, and nothing is kept.</param>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started.</exception>
    public async Task SimulateAsync(IProgress<EngineProgress>? progress, RunDeadline deadline, CancellationToken cancellationToken)
    {
        var timeout = Request.Timeout ?? Request.LongestRun;
        var request = new EngineRequest
        {
            ModelPath = ModelPath,
            WeatherPath = WeatherPath,
            OutputDirectory = workspace.Outputs,
            WorkingDirectory = WorkingDirectory,
            Annual = Request.Annual,
            DesignDay = IsDesignDay,
            ExpandObjects = Expands && !_isExpanded,
            ReadVars = Request.ReadVars,
            Timeout = timeout,
            Stop = deadline.Stop,
            OutputPrefix = Request.OutputPrefix,
            OutputSuffix = Request.OutputSuffix,
            ExtraArguments = Request.ExtraArguments,
        };
        workspace.KeepRoom();
        _ended = await RunAsync(request, deadline.Left, progress, cancellationToken).ConfigureAwait(false);
        workspace.GiveRoom();
        var atDeadline = deadline.Stop.IsCancellationRequested;
        _limit = atDeadline ? new(RunReason.Deadline, _ended.Elapsed) : new(RunReason.Timeout, timeout);
        Record = Record with { TimingsMs = Record.TimingsMs with { Simulate = watch.LapMs() } };
    }

    private async Task<EngineRun> RunAsync(
        EngineRequest request, TimeSpan left, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var engine = engines.For(Installation);
        var began = Stopwatch.GetTimestamp();
        if (!Request.MaySplit) return await engine.Run(request, progress, cancellationToken).ConfigureAwait(false);
        var ended = await RunPartsAsync(engine, request, left, progress, cancellationToken).ConfigureAwait(false);
        Notice([ended.Notice]);
        Record = Record with { Segments = ended.Segments };
        _parts = ended.Summaries;
        if (ended.Run is { } joined) return joined;
        var timeout = request.Timeout - Stopwatch.GetElapsedTime(began);
        request = request with { Timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.FromMilliseconds(1) };
        var run = await engine.Run(request, progress, cancellationToken).ConfigureAwait(false);
        return run with { CpuTime = run.CpuTime + ended.Spent };
    }

    private async Task<PartsEnded> RunPartsAsync(
        StartedEngine engine, EngineRequest request, TimeSpan left, IProgress<EngineProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (Request.Parallel is Parallelism.Year)
        {
            var year = new YearRun(workspace, engine, engines, left < request.Timeout ? left : request.Timeout);
            return await year.RunAsync(Model, request, progress, cancellationToken).ConfigureAwait(false);
        }
        if (Model.Plan.RunPeriods < 2) return PartsEnded.Whole();
        var rule = RuleFor(ResultRule.LongestName);
        var periods = new PeriodsRun(
            workspace, engine, engines.Options.MaxWrittenBytes, engines.KeepsRunsApart,
            () => engines.RoomIn(workspace.Path), name => rule.Keeps(name));
        return await periods.RunAsync(Model, request, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The results among what EnergyPlus has left, and what was made of them.</summary>
    /// <param name="longestName">How many bytes a name can have where they go.</param>
    public LeftResults Results(int longestName = ResultRule.LongestName) =>
        LeftResults.In(workspace.Outputs, RuleFor(longestName), workspace.Made);

    /// <summary>The results that EnergyPlus has written by now. May be asked for at any time, also while others are made.</summary>
    /// <param name="longestName">How many bytes a name can have where they go.</param>
    public IReadOnlyList<ResultFile> Written(int longestName) => LeftResults.In(workspace.Outputs, RuleFor(longestName)).Files;

    private ResultRule RuleFor(int longestName)
    {
        var kept = Request.Outputs ?? OutputProfiles.FilesOf(Request.Profile, Request.OutputPrefix, Request.OutputSuffix);
        return new(Request.OutputPrefix, kept)
        {
            AllowsAnyName = Request.KeepsAnyName, MostBytes = Math.Min(longestName, ResultRule.LongestName)
        };
    }

    /// <summary>Says in the record what was not kept.</summary>
    public void Tell(LeftBehind behind) => Notice(behind.Sentences());

    /// <summary>Writes <c>summary.json</c> and the series among the results, and says in the record how EnergyPlus ended.</summary>
    /// <param name="keepsEncoding">Whether results may be stored compressed, because it is told to those who read them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SummarizeAsync(bool keepsEncoding, CancellationToken cancellationToken)
    {
        var ended = _ended ?? throw new InvalidOperationException("The model has not been simulated yet.");
        (Record, var summary) = EndedRun.Describe(Record, ended, Outputs, _dropped, _limit, _parts);
        await workspace.MakeAsync(RunRecordFile.SummaryName, RunRecordFile.ToJson(summary), cancellationToken).ConfigureAwait(false);
        if (keepsEncoding && Request is { Compresses: true, Outputs: null, Profile: not OutputProfile.All })
            await CompressTablesAsync(cancellationToken).ConfigureAwait(false);
        if (Request.TimeSeries) await MakeSeriesAsync(summary, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes <c>report.html</c> of what is known by now; nothing is written after it that it tells of but the record. A page that cannot be
    /// made fails no run: the record says so.
    /// </summary>
    /// <param name="files">The results beside it.</param>
    /// <param name="now">When the run has ended.</param>
    /// <param name="memoryMegabytes">What the function has; null outside Lambda.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReportAsync(
        IReadOnlyList<ResultFile> files, DateTimeOffset now, int? memoryMegabytes, CancellationToken cancellationToken)
    {
        var facts = new FactsOfRun
        {
            Record = Finished([], now),
            Summary = Record.Summary,
            Outputs = _ended is null ? null : Outputs,
            Files = files,
            WeatherPath = WeatherPath,
            Model = _dropped ?? _model,
            FunctionMegabytes = memoryMegabytes,
        };
        try
        {
            var page = Encoding.UTF8.GetBytes(ReportPage.Html(facts.Read(cancellationToken)));
            await workspace.MakeAsync(RunRecordFile.ReportName, page, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException) { Notice([RunSentences.NoReport]); }
    }

    /// <summary>The report of tables is most of what a lean run stores, and a twentieth of it compressed.</summary>
    private async Task CompressTablesAsync(CancellationToken cancellationToken)
    {
        var name = OutputNames.Table(Request.OutputPrefix, Request.OutputSuffix, "htm");
        var tables = ChildFolder.TryRead(Path.Combine(workspace.Outputs, name));
        if (tables is null) return;
        await using var reading = tables.ConfigureAwait(false);
        if (tables.Length > LargestCompressed) return; // no report of a run; it is stored as it is
        await workspace.MakeAsync(name, async (file, token) =>
        {
            var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            await using var writing = compressed.ConfigureAwait(false);
            await tables.CopyToAsync(compressed, token).ConfigureAwait(false);
        }, cancellationToken, contentEncoding: "gzip").ConfigureAwait(false);
    }

    private async Task MakeSeriesAsync(EnergySummary summary, CancellationToken cancellationToken)
    {
        var told = WasStoppedByDeadline
            ? RunSentences.SeriesLeftForDeadline
            : await new SeriesMaking(workspace, Outputs, Record, summary).MakeAsync(cancellationToken).ConfigureAwait(false);
        Notice([told ?? ""]);
    }

    /// <summary>Takes over how an earlier run of the same ended, and names it: its results are this one's.</summary>
    public void TakeFrom(RunRecord made)
    {
        Record = Taken(made);
        Notice(made.Notices.Where(Repeats));
    }

    /// <summary>
    /// The notices of an earlier run of the same whose record is to be this one's: what it says of parts only where this one asks for them,
    /// and not of that moment; and what this one says of parts itself.
    /// </summary>
    public IReadOnlyList<string> NoticesOf(RunRecord made)
    {
        List<string> own = [.. Record.Notices.Where(RunSentences.IsOfParts)];
        var taken = made.Notices.Where(notice => !RunSentences.IsOfParts(notice) || own.Contains(notice) || Repeats(notice));
        return [.. taken, .. own.Except(made.Notices)];
    }

    private bool Repeats(string notice) => Request.MaySplit && RunSentences.IsOfParts(notice) && !RunSentences.IsOfMoment(notice);

    private RunRecord Taken(RunRecord made) => Record with
    {
        Status = made.Status,
        Message = made.Message,
        Engine = made.Engine,
        ExitCode = made.ExitCode,
        Diagnostics = made.Diagnostics,
        MessageGroups = made.MessageGroups,
        Summary = made.Summary,
        Migration = made.Migration,
        Segments = made.Segments,
        ResultsOf = new(made.RunId, made.Input.Bucket, made.Input.Key, made.StartedAt),
    };

    /// <summary>The record of a run that was not started.</summary>
    public RunRecord Reject(Rejection rejection) => Record = Record with
    {
        Status = RunStatus.Rejected,
        Reason = rejection.Reason,
        Message = rejection.Message,
        Missing = rejection.Missing,
        Risks = rejection.Risks,
    };

    /// <summary>The record of a run that no attempt has brought to an end.</summary>
    /// <param name="message">Why, in one sentence.</param>
    /// <param name="status">How it ended.</param>
    public RunRecord GiveUp(string message, RunStatus status = RunStatus.Failed) => Record = Record with
    {
        Status = status,
        Reason = RunReason.GaveUp,
        Message = message,
    };

    /// <summary>The record once its files have been published.</summary>
    public RunRecord Finish(IReadOnlyList<RunFile> files, DateTimeOffset now) => Record = Finished(files, now);

    private RunRecord Finished(IReadOnlyList<RunFile> files, DateTimeOffset now) => Record with
    {
        Phase = null,
        Files = files,
        FinishedAt = now,
        ExpiresAt = null,
        TimingsMs = Record.TimingsMs with { Total = watch.TotalMs },
    };

    /// <summary>Forgets the tags of the job file: nothing that is written from now on bears them.</summary>
    public void DropTags() => Record = Record with { Tags = ReadOnlyDictionary<string, string>.Empty };

    /// <summary>What the run has taken until its record is written for the last time, which is counted in advance.</summary>
    /// <param name="counts">Its requests.</param>
    /// <param name="memoryMegabytes">What the function has; null outside Lambda.</param>
    public RunUsage UsageOf(RequestCounts counts, int? memoryMegabytes)
    {
        var gbSeconds = memoryMegabytes / 1024.0 * watch.TotalMs / 1000.0;
        return new(counts.Puts + 1, counts.Gets, counts.Lists, counts.Deletes, counts.BytesIn, counts.BytesOut,
            gbSeconds is { } known ? Math.Round(known, 3) : null);
    }

    /// <summary>Notes how long publishing took.</summary>
    public void Published() => Record = Record with { TimingsMs = Record.TimingsMs with { Upload = watch.LapMs() } };

    /// <summary>
    /// Brings the inputs to local disk and checks them; nothing is started. Gives the first objection; null when there
    /// is none.
    /// </summary>
    /// <exception cref="Storage.StorageException">Storage failed.</exception>
    public async Task<Rejection?> StageAsync(CancellationToken cancellationToken) =>
        await FetchModelAsync(cancellationToken).ConfigureAwait(false)
        ?? ChooseEngine()
        ?? CheckEnd()
        ?? Checks.OfStudies(Model)
        ?? Checks.OfReferences(Model)
        ?? Checks.OfRisks(Model, Request)
        ?? await FetchWeatherAsync(cancellationToken).ConfigureAwait(false)
        ?? await FetchCompanionsAsync(cancellationToken).ConfigureAwait(false)
        ?? CheckPrograms();

    private async Task<Rejection?> FetchModelAsync(CancellationToken cancellationToken)
    {
        var fetched = await source.FetchModelAsync(workspace, cancellationToken).ConfigureAwait(false);
        Request = fetched.Request;
        Record = Record with { Input = fetched.Input, Label = Request.Label, Tags = Request.Tags, Study = Request.Study };
        Notice(fetched.Notices);
        if (fetched.Path is not { } path) return fetched.Rejection;

        StagedModel staged;
        try { staged = StagedModel.Read(path, fetched.Name); }
        catch (ModelSyntaxException e) { return new(RunReason.NotAModel, e.Message, e); }
        (_name, ModelPath) = (fetched.Name, staged.Path);
        _model = _dropped = staged.Model;
        Notice([.. staged.Notices, WhyOneProcess ?? ""]);
        return fetched.Rejection;
    }

    private Rejection? ChooseEngine()
    {
        (_installation, var refused) = Checks.OfVersion(Model, engines.Installations, Request);
        return refused;
    }

    private Rejection? CheckEnd()
    {
        if (!Model.HasClosedEnd) return null;
        var (refused, last) = (Checks.OfEnd(Model, Installation), Model.Objects[^1]);
        if (refused is null) Notice([EngineSentences.EndsWithComma(Model.Text.Who, last.ClassName, last.Line)]);
        return refused;
    }

    private Rejection? CheckPrograms()
    {
        var refused = Checks.OfPrograms(Model, Installation, Request);
        if (refused is not null) Record = Record with { Engine = Chosen };
        return refused;
    }

    private async Task<Rejection?> FetchWeatherAsync(CancellationToken cancellationToken)
    {
        var fetched = await source.FetchWeatherAsync(Model, Request, cancellationToken).ConfigureAwait(false);
        if (fetched.Weather is not null) (WeatherPath, Record) = (workspace.Weather, Record with { Weather = fetched.Weather });
        // Of a run that is rejected for want of weather nobody has asked for design days.
        var isDesignDay = fetched.Rejection is null ? IsDesignDay : Request.DesignDay;
        Record = Record with { Options = Request.ForRecord(isDesignDay, Expands) };
        Notice(fetched.Notices);
        return fetched.Rejection
            ?? (WeatherPath is { } path ? await CheckWeatherAsync(fetched, path, cancellationToken).ConfigureAwait(false) : null);
    }

    private async Task<Rejection?> CheckWeatherAsync(FetchedWeather fetched, string path, CancellationToken cancellationToken)
    {
        var check = WeatherFile.Check(path, fetched.Name);
        if (check.Rejection is { } bad) return bad with { Missing = fetched.Awaited };
        var beside = await WeatherStatistics.FetchAsync(
            fetched.Files!, fetched.Path, path, Model, check, cancellationToken).ConfigureAwait(false);
        Notice([.. check.Notices, beside.Notice ?? ""]);
        var isOfModelsBucket = Record.Weather?.Bucket == Record.Input.Bucket; // only there does an arrival start anything
        return isOfModelsBucket ? beside.Rejection : beside.Rejection is { } alone ? alone with { Missing = [] } : null;
    }

    private async Task<Rejection?> FetchCompanionsAsync(CancellationToken cancellationToken)
    {
        var companions = new Companions(source.CompanionsOf(DataSetsFolder.Of(Installation.Directory)));
        var fetched = await companions.FetchAsync(Model, ModelPath, workspace.Inputs, cancellationToken).ConfigureAwait(false);
        (WorkingDirectory, CompanionFiles) = (fetched.WorkingDirectory, fetched.Files);
        Notice(fetched.Notices);
        if (!fetched.IsModelRewritten) return fetched.Rejection;
        await ForgetIfLargeAsync().ConfigureAwait(false);
        _model = StagedModel.Read(ModelPath, Path.GetFileName(ModelPath)).Model;
        return fetched.Rejection;
    }

    /// <summary>Of two large models only the one that runs is held: the lines of the other one's errors are not told.</summary>
    private async Task ForgetIfLargeAsync()
    {
        const int Large = 8_000_000;
        if (Model.Text.Length <= Large) return;
        (_model, _dropped) = (null, null);
        // What has ended just now holds it until its continuation, which this is, has returned.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // by itself only when as much again has been taken
    }

    private void Notice(IEnumerable<string> sentences) =>
        Record = Record with { Notices = [.. Record.Notices, .. sentences.Where(sentence => sentence.Length > 0)] };

    private async Task<Rejection?> PrepareModelAsync(CancellationToken cancellationToken)
    {
        var options = new PreparationOptions
        {
            VersionPolicy = Request.VersionPolicy,
            ModelName = _name,
            MigratedPath = Path.Combine(workspace.Outputs, RunMigration.FileName),
            RunMacros = Request.RunMacros,
            ExpandObjects = Request.ExpandObjects,
            Variables = Request.Variables,
            Meters = Request.Meters,
            ReportMeters = Request.ReportMeters && !IsDesignDay,
            Annual = Request.Annual,
            WeatherPath = WeatherPath,
            Timeout = Request.PreprocessorTimeout,
            Engine = engines.Options,
        };
        var prepared = await ModelPreparation.PrepareAsync(
            Model, ModelPath, engines.Installations, options, cancellationToken).ConfigureAwait(false);
        var isRewritten = prepared.Model != _model;
        if (isRewritten) await ForgetIfLargeAsync().ConfigureAwait(false);
        (_model, _isExpanded) = (prepared.Model, prepared.IsExpanded);
        _installation = prepared.Installation ?? _installation;
        Record = Record with
        {
            Engine = Chosen,
            AddedObjects = prepared.AddedObjects,
            Migration = RunMigration.Of(prepared.Migration),
            Options = Request.ForRecord(IsDesignDay, Expands),
        };
        if (prepared.Refusal is { } refusal) return Rejection.Of(refusal);

        // What EPMacro has included may name files of its own.
        return isRewritten ? await FetchCompanionsAsync(cancellationToken).ConfigureAwait(false) : null;
    }
}
