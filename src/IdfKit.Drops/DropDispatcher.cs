using IdfKit.Drops.Inputs;
using IdfKit.Drops.Notes;
using IdfKit.Drops.Objects;
using IdfKit.Drops.Studies;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// Which models a dropped object starts: itself, those that waited for it, or the one that its note points to. The model's fault ends as a
/// committed record; the world's fault throws, so that the event is delivered again.
/// </summary>
public sealed class DropDispatcher
{
    private const int MostRestarts = 20; // each one needs another file to have arrived

    private readonly RunSettings _settings;
    private readonly IBucketSource _buckets;
    private readonly IEngines _engines;
    private readonly TimeProvider _time;
    private readonly WeatherListings _listings;

    /// <param name="settings">Prefixes, limits, what is allowed.</param>
    /// <param name="buckets">Where models come from and results go.</param>
    /// <param name="engines">The EnergyPlus installations that run them; their owner disposes them.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public DropDispatcher(RunSettings settings, IBucketSource buckets, Engines engines, TimeProvider? time = null)
        : this(settings, buckets, (IEngines)engines, time ?? TimeProvider.System)
    {
    }

    internal DropDispatcher(RunSettings settings, IBucketSource buckets, IEngines engines, TimeProvider time)
    {
        (_settings, _buckets, _engines, _time) = (settings, buckets, engines, time);
        _listings = new(time);
        Studies = new(new StudyParts(settings, buckets, engines, time));
        // Loops are refused at start.
        _ = new OutputLayout(settings.InputPrefix, settings.OutputPrefix, sameBucket: settings.OutputBucket is null);
        if (settings is { Cache: { } cache, OutputBucket: null } && IsDropped(cache, settings))
            throw new ArgumentException(DropSentences.CacheUnderInputs(cache, settings.InputPrefix), nameof(settings));
    }

    /// <summary>The calls by which studies are run.</summary>
    public StudyCalls Studies { get; }

    private static bool IsDropped(string key, RunSettings settings) =>
        key.StartsWith(settings.InputPrefix, StringComparison.Ordinal) && !key.StartsWith(settings.OutputPrefix, StringComparison.Ordinal);

    /// <summary>Removes what crashed runs have left on local disk. To be called before the runs of an invocation begin.</summary>
    /// <returns>The names of the folders that could not be removed: no run needs them.</returns>
    public IReadOnlyList<string> RemoveAbandoned() => Workspace.RemoveAbandoned(_settings.WorkDirectory);

    /// <summary>
    /// Runs the dropped object, if it is a model that has not been run yet; if it is a file that rejected models wait for, runs those.
    /// </summary>
    /// <returns>What became of it, or of each model that waited for it; never empty.</returns>
    /// <exception cref="StorageException">A bucket failed: the world's fault, to be retried.</exception>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started: the world's fault.</exception>
    /// <exception cref="RunDeferredException">
    /// An older run of this key is writing its results, or the time does not suffice for all models that waited.
    /// </exception>
    public async Task<IReadOnlyList<RunResult>> RunAsync(
        DroppedObject drop, Delivery delivery, CancellationToken cancellationToken = default)
    {
        var isNote = delivery.Deadline is null && UnfinishedModels.IsNote(drop.Key, _settings.OutputPrefix);
        if (isNote) return await TakeUpAsync(drop, delivery, cancellationToken).ConfigureAwait(false);

        var results = ResultsPlace.For(drop.Bucket, _settings, _buckets);
        var models = await StartedByAsync(drop, results, cancellationToken).ConfigureAwait(false);
        var ended = new List<RunResult>();
        RunDeferredException? deferred = null;
        foreach (var model in models)
        {
            var isShort = delivery.Deadline is { } deadline && deadline - _time.GetUtcNow() < Delivery.LeastForOneMore;
            if (isShort && ended.Count > 0)
                throw new RunDeferredException(DropSentences.MoreModelsWait(models.Count - ended.Count, drop.Url));
            try { ended.AddRange(await RunStartedAsync(model, results, delivery, cancellationToken).ConfigureAwait(false)); }
            catch (RunDeferredException e) { deferred ??= e; } // the others need not wait for it
        }
        if (deferred is not null) throw new RunDeferredException(deferred.Message);
        return ended.Count > 0 ? ended : [Ignored(drop, results)];
    }

    /// <summary>
    /// Says in the records of the models that the dropped object starts that its event was given up, unless they have ended or a
    /// living run holds them.
    /// </summary>
    /// <param name="drop">The object that the event told of.</param>
    /// <param name="why">What became of the last attempt.</param>
    /// <param name="delivery">This invocation, with the request id of the attempts that are over: what they hold is taken over.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of each model; never empty.</returns>
    /// <exception cref="StorageException">A bucket failed: the record is not written.</exception>
    /// <exception cref="RunDeferredException">A living run holds the record; if it does not end, it is to be given up later.</exception>
    public async Task<IReadOnlyList<RunResult>> GiveUpAsync(
        DroppedObject drop, GivenUp why, Delivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(why);
        if (UnfinishedModels.IsNote(drop.Key, _settings.OutputPrefix))
        {
            var notes = new UnfinishedModels(_buckets.Open(drop.Bucket), _settings.OutputPrefix);
            if (await notes.ReadAsync(drop.Key, cancellationToken).ConfigureAwait(false) is not { } model)
                return [new(RunResultKind.Duplicate, DropSentences.NoteTakenUp(drop.Url))];
            drop = model;
        }
        var results = ResultsPlace.For(drop.Bucket, _settings, _buckets);
        var ended = new List<RunResult>();
        foreach (var model in await StartedByAsync(drop, results, cancellationToken).ConfigureAwait(false))
        {
            ended.Add(await GiveUpAsync(model, why, results, delivery, cancellationToken).ConfigureAwait(false));
        }
        return ended.Count > 0 ? ended : [Ignored(drop, results)];
    }

    private async Task<RunResult> GiveUpAsync(
        DroppedObject drop, GivenUp why, ResultsPlace results, Delivery delivery, CancellationToken cancellationToken)
    {
        if (results.Layout.KindOf(drop.Key, results.InSameBucket) is DropKind.Study)
            return await Studies.GiveUpAsync(drop, why, delivery, cancellationToken).ConfigureAwait(false);
        var model = await new ClaimedRun(_settings, _buckets, _engines, _time, results, delivery)
            .GiveUpAsync(drop, why, cancellationToken).ConfigureAwait(false);
        return IsStudy(drop, model) ? await Studies.GiveUpAsync(drop, why, delivery, cancellationToken).ConfigureAwait(false) : model;
    }

    /// <summary>
    /// The models and studies that waited for the dropped object; else itself, if it is answered, and the study that waited for it.
    /// </summary>
    private async Task<IReadOnlyList<DroppedObject>> StartedByAsync(
        DroppedObject drop, ResultsPlace results, CancellationToken cancellationToken)
    {
        var kind = results.Layout.KindOf(drop.Key, results.InSameBucket);
        var mayBeAwaited = kind.MayBeAwaited && drop.Key.IsPath;
        var waiting = mayBeAwaited ? await results.Waiting.ForAsync(drop, cancellationToken).ConfigureAwait(false) : [];
        if (waiting.Count > 0) return waiting;
        if (kind is not (DropKind.Model or DropKind.Bundle) || _settings.Studies.ByMachine)
            return kind.IsAnswered || kind is DropKind.Study ? [drop] : [];
        drop = drop with { Asked = RequestCounts.Begin() };
        return [drop, .. await results.Waiting.StudiesForAsync(drop, cancellationToken).ConfigureAwait(false)];
    }

    private static RunResult Ignored(DroppedObject drop, ResultsPlace results) =>
        new(RunResultKind.Ignored, results.Layout.WhyNotRun(drop.Key, results.InSameBucket)!);

    /// <summary>
    /// Runs the model that a note points to. The note goes once this model's record has ended, and stays when this
    /// fails.
    /// </summary>
    private async Task<IReadOnlyList<RunResult>> TakeUpAsync(DroppedObject note, Delivery delivery, CancellationToken cancellationToken)
    {
        var notes = new UnfinishedModels(_buckets.Open(note.Bucket), _settings.OutputPrefix);
        if (await notes.ReadAsync(note.Key, cancellationToken).ConfigureAwait(false) is not { } model)
            return [new(RunResultKind.Duplicate, DropSentences.NoteTakenUp(note.Url))];
        var results = await RunAsync(model, delivery, cancellationToken).ConfigureAwait(false);
        // Newer content that took over may yet be stopped itself, and its note is the same one.
        var hasEnded = results.All(result => result.Kind != RunResultKind.Superseded && result.Record is not { Status: RunStatus.Running });
        if (hasEnded) await notes.RemoveAsync(note.Key, cancellationToken).ConfigureAwait(false);
        return results;
    }

    /// <summary>Runs a model, or a study: then its own result goes first, and that of each row follows.</summary>
    private async Task<IReadOnlyList<RunResult>> RunStartedAsync(
        DroppedObject drop, ResultsPlace results, Delivery delivery, CancellationToken cancellationToken)
    {
        if (results.Layout.KindOf(drop.Key, results.InSameBucket) is not DropKind.Study)
            return await RunModelOrStudyAsync(drop, results, delivery, cancellationToken).ConfigureAwait(false);
        if (_settings.Studies.ByMachine) return [new(RunResultKind.Ignored, DropSentences.LeftToMachine(drop.Url))];
        return await RunStudyAsync(drop, delivery, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<RunResult>> RunStudyAsync(DroppedObject drop, Delivery delivery, CancellationToken cancellationToken)
    {
        var rows = new EndedRows();
        var study = await Studies.RunAsync(drop, delivery, rows, cancellationToken).ConfigureAwait(false);
        return [study, .. rows];
    }

    /// <summary>Runs a model. One that is a study by itself says so in its record, and is run as one: no machine knows of it.</summary>
    private async Task<IReadOnlyList<RunResult>> RunModelOrStudyAsync(
        DroppedObject drop, ResultsPlace results, Delivery delivery, CancellationToken cancellationToken)
    {
        var model = await RunModelAsync(drop, results, delivery, cancellationToken).ConfigureAwait(false);
        if (!IsStudy(drop, model)) return [model];
        // The order of its event is that of the record, also where a late file brings it back.
        var study = drop with { Sequencer = model.Record!.Sequencer, Asked = null };
        return [model, .. await RunStudyAsync(study, delivery, cancellationToken).ConfigureAwait(false)];
    }

    private static bool IsStudy(DroppedObject drop, RunResult model) =>
        model is { Kind: RunResultKind.Committed or RunResultKind.Duplicate, Record.Reason: RunReason.IsStudy }
        && FileKind.IsIdf(drop.Key);

    /// <summary>Runs a model; and again for as long as what it was rejected for turns out to have arrived meanwhile.</summary>
    private async Task<RunResult> RunModelAsync(
        DroppedObject drop, ResultsPlace results, Delivery delivery, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var run = new ClaimedRun(_settings, _buckets, _engines, _time, results, delivery) { Listings = _listings };
            var result = await run.RunAsync(drop, cancellationToken).ConfigureAwait(false);
            // A companion's own event looks for rejected models. One that came before this record was committed has
            // found none, so it is looked for here.
            if (attempt == MostRestarts || result.Record is not { Status: RunStatus.Rejected, Missing.Count: > 0 } rejected) return result;
            var arrived = await WaitingModels.ArrivedAsync(_buckets.Open(drop.Bucket), rejected, cancellationToken).ConfigureAwait(false);
            if (arrived is not { } companion) return result;
            drop = WaitingModels.Again(rejected, companion);
        }
    }
}
