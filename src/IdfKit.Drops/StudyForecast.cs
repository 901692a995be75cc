using IdfKit.Drops.Studies;
using IdfKit.Drops.Studies.Estimates;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Reading;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops;

/// <summary>What the rows of a study will take when the function runs them.</summary>
/// <param name="settings">How the function runs models.</param>
/// <param name="memoryMegabytes">Its memory.</param>
public sealed class StudyForecast(RunSettings settings, int memoryMegabytes)
{
    /// <summary>Whether rows that do not say it themselves run a whole year.</summary>
    public bool Annual { get; init; }

    /// <summary>Whether they run design days alone.</summary>
    public bool DesignDay { get; init; }

    /// <summary>
    /// The estimate for the rows of a plan that are to be run, from the last run of their model that lies beside the study's results, or
    /// from rows that have run. Nothing is started.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputDirectory">Where the study's results go, on its file system.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The results of before cannot be read.</exception>
    /// <remarks>A listing of the runs, and a GET or two for each base model.</remarks>
    public async Task<StudyEstimate> OfAsync(StudyPlan plan, string outputDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var folder = OutputFolder.Of(plan.Study, outputDirectory);
        var runs = await folder.RunsAsync(cancellationToken).ConfigureAwait(false);
        var hasFolder = runs.Rows.Select(run => run.Folder).ToHashSet(StringComparer.Ordinal);
        var companions = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = plan.Variants.Select(one => one.Variant).ToDictionary(
            variant => variant.Name, variant => RowOf(variant, hasFolder, companions), StringComparer.Ordinal);
        try
        {
            var packed = Tickets.Pack([.. plan.ToRun.Select(variant => Tickets.Of(variant, ""))], settings.Studies.Concurrency);
            var examples = new RowExamples(folder, runs, [.. rows.Values], model => FolderOf(plan.Study, folder, model));
            return await new StudyEstimator(settings, examples, memoryMegabytes).OfAsync(
                [.. packed.Select(call => call.Select(row => rows[row.Name]).ToList())], cancellationToken).ConfigureAwait(false);
        }
        catch (StudyTooLongRowException e) { return new(plan.ToRun.Count, null, null, null, e.Message); }
    }

    private EstimatedRow RowOf(StudyVariant variant, HashSet<string> hasFolder, Dictionary<string, int> companions)
    {
        if (!companions.TryGetValue(variant.Model, out var files)) companions[variant.Model] = files = CompanionsOf(variant);
        var (asked, named) = (variant.Row.Options, RowStaging.WeatherOf(variant));
        var request = new RunRequest
        {
            Annual = asked.Annual ?? (Annual && asked.DesignDay is not true),
            DesignDay = asked.DesignDay ?? (DesignDay && asked.Annual is not true),
        };
        return new(variant.Name, variant.Model, named, request)
        {
            OfBase = new(0, 3, 0, 0), // the model, its job file, and the weather that is called like it
            OfWeather = OfWeather(variant, named),
            Companions = files,
            HasFolder = hasFolder.Contains(variant.Name),
            IsFromElsewhere = true,
        };
    }

    private static Requests OfWeather(StudyVariant variant, string? named)
    {
        if (named is not null) return new(0, 1, 0, 0);
        if (variant.Weather is not { } found) return new(0, 0, 1, 0);
        var isSibling = Path.GetFileNameWithoutExtension(found) == Path.GetFileNameWithoutExtension(variant.Model);
        return isSibling || Path.IsPathFullyQualified(found) ? default : new(0, 1, 1, 0); // the only one of the folder
    }

    private static int CompanionsOf(StudyVariant variant)
    {
        if (StudyFolder.IsBundle(variant.Model)) return 0;
        try { return variant.Base.Model.ReferencedFiles.DistinctBy(file => file.Path).Count(); }
        catch (ModelSyntaxException) { return 0; } // before its tags are filled in it is no model
    }

    /// <summary>Where the results of a model lie that is run by itself: beside those of the study, by the rules of a drop.</summary>
    private static string? FolderOf(Study study, OutputFolder folder, string model)
    {
        var inputs = study.Place.Folder.Length == 0 ? "" : study.Place.Folder + "/";
        if (!model.StartsWith(inputs, StringComparison.Ordinal)) return null;
        var beside = folder.Path.LastIndexOf('/') is >= 0 and var end ? folder.Path[..(end + 1)] : "";
        return new OutputLayout("", beside, sameBucket: false).FolderOf(ObjectKey.FromText(model[inputs.Length..]));
    }
}
