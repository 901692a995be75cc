using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

public static partial class ModelPreparation
{
    private static IReadOnlyList<AddedObject> MetersOf(PreparedModel prepared, PreparationOptions options) =>
        AsksForReportMeters(prepared, options)
            ? ReportMeters.Missing(prepared.Model, prepared.Installation!.Version, options.Meters)
            : [];

    /// <summary>Adds the meters to a staged copy that has been expanded, and gives them as one line of IDF text each.</summary>
    private static IEnumerable<string> AddMetersToExpanded(PreparedModel prepared, string path, PreparationOptions options)
    {
        if (!AsksForReportMeters(prepared, options)) return [];
        var expanded = Model.ReadFile(path);
        var meters = ReportMeters.Missing(expanded, prepared.Installation!.Version, []); // what was asked for besides is in it by now
        var text = StagedText.BytesOf(expanded, path);
        var edits = new TextEdits();
        ModelAppender.Append(expanded, text.Length, edits, meters);
        if (!edits.IsEmpty) edits.WriteTo(path, text.Span);
        return meters.Select(meter => meter.Idf);
    }

    /// <summary>A replayed run has what it has, and the page shows run periods only.</summary>
    private static bool AsksForReportMeters(PreparedModel prepared, PreparationOptions options)
    {
        if (!options.ReportMeters || prepared.Installation!.IsReplay) return false;
        var plan = prepared.Model.Plan;
        return (options.Annual ? plan.ForWholeYear() : plan).SimulatesRunPeriods;
    }
}
