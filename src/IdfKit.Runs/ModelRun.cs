using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Runs.Parts;
using IdfKit.Runs.Preflight;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;

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
internal sealed partial class ModelRun(IModelSource source, IEngines engines, Workspace workspace, RunRecord begun, RunStopwatch watch)
{
    private Model? _dropped; // as it came; null when it has been forgotten for its size
    private Model? _model; // what became of it: migrated, with macros carried out
    private string _name = "";
    private EnergyPlusInstallation? _installation;
    private bool _isExpanded;
    private EngineRun? _ended;
    private RunLimit _limit; // which EnergyPlus would have passed, if it was stopped
    private PartsEnded? _parts; // null: one process was asked for

    public RunRecord Record { get; private set; } = begun;

    public RunRequest Request { get; private set; } = new();

    public Workspace Workspace => workspace;

    /// <summary>The model as EnergyPlus is given it, but for the objects that are added and expanded in its file.</summary>
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

    /// <summary>Runs EnergyPlus. What it leaves is in <see cref="Staging.Workspace.Outputs"/>.</summary>
    /// <param name="progress">Is told how far it is; null: nobody listens.</param>
    /// <param name="deadline">When EnergyPlus must have ended.</param>
    /// <param name="cancellationToken">Ends EnergyPlus, and nothing is kept.</param>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started.</exception>
    public async Task SimulateAsync(IProgress<EngineProgress>? progress, RunDeadline deadline, CancellationToken cancellationToken)
    {
        var request = EngineRequestUntil(deadline.Stop);
        workspace.KeepRoom();
        _ended = await RunAsync(request, deadline.Left, progress, cancellationToken).ConfigureAwait(false);
        workspace.GiveRoom();
        var atDeadline = deadline.Stop.IsCancellationRequested;
        _limit = atDeadline ? new(RunReason.Deadline, _ended.Elapsed) : new(RunReason.Timeout, request.Timeout);
        Record = Record with { TimingsMs = Record.TimingsMs with { Simulate = watch.LapMs() } };
    }

    /// <summary>Writes <c>summary.json</c> and the series among the results, and says in the record how EnergyPlus ended.</summary>
    /// <param name="keepsEncoding">Whether results may be stored compressed, because it is told to those who read them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SummarizeAsync(bool keepsEncoding, CancellationToken cancellationToken)
    {
        var ended = _ended ?? throw new InvalidOperationException("The model has not been simulated yet.");
        (Record, var summary) = EndedRun.Describe(Record, ended, Outputs, _dropped, _limit, _parts?.Summaries);
        await workspace.MakeAsync(RunRecordFile.SummaryName, RunRecordFile.ToJson(summary), cancellationToken).ConfigureAwait(false);
        if (keepsEncoding && Request is { Compresses: true, Outputs: null, Profile: not OutputProfile.All })
            await CompressTablesAsync(cancellationToken).ConfigureAwait(false);
        if (Request.TimeSeries) await MakeSeriesAsync(summary, cancellationToken).ConfigureAwait(false);
    }
}
