using System.Runtime.CompilerServices;

using IdfKit.Simulation;
using IdfKit.Storage;
using IdfKit.Studies.Reading;
using IdfKit.Studies.Running;
using IdfKit.Studies.Tables;

namespace IdfKit.Studies;

/// <summary>
/// Runs the variants of studies: each is an ordinary run in a folder of its own, <c>runs/NAME</c>, below the study's output folder.
/// </summary>
/// <param name="simulator">Simulates them; its owner disposes it.</param>
/// <param name="options">How; null: the defaults.</param>
public sealed class StudyRunner(Simulator simulator, StudyRunnerOptions? options = null)
{
    private readonly StudyRunnerOptions _options = options ?? new();

    /// <summary>Says which variants are to be run. Nothing is started.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results go, on the study's file system.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">A weather file or the results of before cannot be read.</exception>
    /// <remarks>A listing of the runs, a GET for each that has changed since they were collected, and one for each weather file.</remarks>
    public async Task<StudyPlan> PlanAsync(Study study, string outputDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var runs = await OutputFolder.Of(study, outputDirectory).RunsAsync(cancellationToken).ConfigureAwait(false);
        var ended = runs.Rows.Where(run => run.Status is not ("running" or "unknown"))
            .ToDictionary(run => run.Folder, run => run["study_identity"] as string, StringComparer.Ordinal);
        var identities = new RowIdentities(study.Place.FileSystem, simulator.Installations);
        List<PlannedVariant> planned = [];
        foreach (var variant in study.Variants())
        {
            var identity = await identities.OfAsync(variant, OptionsOf(variant.Row.Options), cancellationToken).ConfigureAwait(false);
            planned.Add(new(variant, identity, ended.GetValueOrDefault(variant.Name) == identity));
        }
        return new(study, planned);
    }

    /// <summary>
    /// Simulates the variants of a study that have not run yet, several at a time, and gives each when it has ended. A row's trouble never
    /// stops the others; leaving the stream stops the rest.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results go, on the study's file system.</param>
    /// <param name="progress">Is told, on the threads that do the work, whenever a variant moves.</param>
    /// <param name="cancellationToken">Stops what runs; what has ended stays.</param>
    /// <returns>One event a variant, in the order in which they end.</returns>
    public async IAsyncEnumerable<StudyEvent> RunAsync(
        Study study, string outputDirectory, IProgress<BatchProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var plan = await PlanAsync(study, outputDirectory, cancellationToken).ConfigureAwait(false);
        await foreach (var ended in RunAsync(plan, outputDirectory, progress, cancellationToken).ConfigureAwait(false)) yield return ended;
    }

    /// <summary>Simulates the variants of a plan that are to be run, as <see cref="RunAsync(Study, string, IProgress{BatchProgress}?,
    /// CancellationToken)"/> does.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputDirectory">Where its results go, on the study's file system.</param>
    /// <param name="progress">Is told, on the threads that do the work, whenever a variant moves.</param>
    /// <param name="cancellationToken">Stops what runs; what has ended stays.</param>
    /// <returns>One event a variant, in the order in which they end.</returns>
    public async IAsyncEnumerable<StudyEvent> RunAsync(
        StudyPlan plan, string outputDirectory, IProgress<BatchProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var study = plan.Study;
        var jobs = plan.Variants.Where(one => !one.HasRun).Select(one => JobOf(study, one, outputDirectory));
        var batch = new BatchOptions { MaxConcurrency = _options.MaxConcurrency };
        var fileSystem = study.Place.LocalPath is null ? study.Place.FileSystem : null;
        var ended = 0;
        var events = simulator.SimulateBatchStreamAsync(jobs, batch, fileSystem, progress, cancellationToken).ConfigureAwait(false);
        await foreach (var one in events)
            yield return new(plan.ToRun[one.Index], one.Result, one.Error, ++ended, plan.ToRun.Count);
    }

    private SimulationJob JobOf(Study study, PlannedVariant planned, string outputDirectory)
    {
        var (place, variant) = (study.Place, planned.Variant);
        var row = variant.Row;
        var weather = variant.Weather is { } path ? place.Local(path) : null;
        var model = variant.Base.Unpacked ?? place.Local(variant.Model);
        return new(model, weather, $"{outputDirectory.TrimEnd('/')}/{StudyRecordFile.RunsName}/{variant.Name}")
        {
            MakeModel = variant.MakeModel,
            Label = row.Options.Label ?? variant.Name,
            Tags = row.Options.Tags,
            Study = new(study.Path, variant.Name, row.Number, planned.Identity),
            Options = OptionsOf(row.Options),
        };
    }

    private SimulationOptions OptionsOf(RowOptions row)
    {
        var options = _options.Simulation;
        return options with
        {
            Annual = row.Annual ?? (options.Annual && row.DesignDay is not true),
            DesignDay = row.DesignDay ?? (options.DesignDay && row.Annual is not true),
            Timeout = row.Timeout ?? options.Timeout,
        };
    }
}
