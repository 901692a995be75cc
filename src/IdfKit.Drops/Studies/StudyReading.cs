using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Preflight;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>A study that was read: its rows, or why there are none.</summary>
/// <param name="Study">Null when it is refused.</param>
/// <param name="Rows">In the order of the file.</param>
/// <param name="Refusal">Null when it can be run.</param>
internal sealed record ReadStudy(Study? Study, IReadOnlyList<StagedRow> Rows, StudyRefusal? Refusal);

/// <summary>Why a study is not run.</summary>
/// <param name="Message">In one sentence.</param>
/// <param name="Faults">All that is wrong; at most a hundred sentences.</param>
/// <param name="Missing">The keys any of which may let it run when it arrives; none: it is not for want of a file.</param>
internal sealed record StudyRefusal(string Message, IReadOnlyList<string> Faults, IReadOnlyList<string> Missing)
{
    public static StudyRefusal Of(string sentence) => new(sentence, [sentence], []);

    public static StudyRefusal Of(Rejection rejection) => new(rejection.Message, [rejection.Message], rejection.Missing);
}

/// <summary>Reads a study with its bases and weather, and finds all that keeps it from being run.</summary>
/// <param name="study">Its key.</param>
/// <param name="inputs">What it may read.</param>
/// <param name="staging">Readies its rows.</param>
/// <param name="engines">The EnergyPlus installations at hand, the default first.</param>
internal sealed class StudyReading(
    ObjectKey study, StudyInputs inputs, RowStaging staging, IReadOnlyList<EnergyPlusInstallation> engines)
{
    public async Task<ReadStudy> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var options = new StudyOptions { Installations = engines, HasOpenBundles = true };
            var read = await Study.ReadAsync(study.Value, options, inputs, cancellationToken).ConfigureAwait(false);
            List<StagedRow> rows = [];
            foreach (var variant in read.Variants())
                rows.Add(await staging.OfAsync(variant, cancellationToken).ConfigureAwait(false));
            var refusal = await RefusalOfAsync(rows, cancellationToken).ConfigureAwait(false);
            return refusal is null ? new(read, rows, null) : new(null, [], refusal);
        }
        catch (StudyException e) { return Refused(new(e.Message, [.. e.Faults.Select(fault => fault.Message)], e.Missing)); }
        catch (UnreadBaseException e) { return Refused(StudyRefusal.Of(e.Rejection)); }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied)
        {
            return Refused(StudyRefusal.Of(DropSentences.StudyDenied(study.Value, e.Path)));
        }
    }

    private static ReadStudy Refused(StudyRefusal refusal) => new(null, [], refusal);

    /// <summary>The first base that cannot be run as it is, or lacks weather that a row of it needs.</summary>
    private static async Task<StudyRefusal?> RefusalOfAsync(List<StagedRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Find(row => !JobMarks.MayBePut(row.Request.Tags)) is { Variant: { } tagged })
            return StudyRefusal.Of(DropSentences.BadRowTags(tagged.Row.FileRow));
        var kinds = rows.DistinctBy(row => (row.Base, row.WeatherKey, row.Request.Annual, row.Request.DesignDay));
        foreach (var row in kinds)
        {
            if (row.Rejection is { } bad) return StudyRefusal.Of(bad);
            var model = row.Base.Model!.Read(row.Variant!.MakeModel());
            var weather = await row.Base.WeatherAsync(row.WeatherKey, model, cancellationToken).ConfigureAwait(false);
            if (weather.Found.Rejection is not { } none) continue;
            if (row.WeatherKey is not null || Checks.NeedsWeather(model, row.Request)) return StudyRefusal.Of(none);
        }
        return null;
    }
}
