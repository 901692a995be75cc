using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results;

namespace IdfKit.Engine;

/// <summary>
/// Adds to the staged copy of a model what a summary of its run needs, and the lists of what it could report. The rest of the text stays as
/// it is.
/// </summary>
public static partial class ModelPreparation
{
    // Output:SQLite has its second field since then (EnergyPlus pull request 8474); before, one field too many is a fatal error.
    private static readonly EnergyPlusVersion UnitsOfTables = new(9, 5);

    private static readonly string[] SummaryReports = [SummaryTables.Annual, "SystemSummary"];

    /// <summary>
    /// Adds <c>Output:SQLite</c> and <c>Output:Table:SummaryReports</c> where the model has none (a second one is a fatal error in
    /// EnergyPlus 25.2), <c>Output:VariableDictionary</c> likewise, and the requested variables and meters that the model does not report
    /// already. A model's own list of reports without the annual one gets it, and its own <c>Output:SQLite</c> becomes
    /// <c>SimpleAndTabular</c> where no other file would have tables that the summary is read from. Lines that end with CR alone, on which
    /// EnergyPlus crashes, then end with LF.
    /// </summary>
    /// <param name="model">What <paramref name="path"/> holds.</param>
    /// <param name="path">The staged copy; it is changed.</param>
    /// <param name="variables">Output variables that the run shall report.</param>
    /// <param name="meters">Meters that the run shall report; their key is ignored.</param>
    /// <returns>The added and the completed objects as one line of IDF text each, for the record.</returns>
    public static IReadOnlyList<string> Apply(
        Model model, string path, IReadOnlyList<OutputRequest> variables, IReadOnlyList<OutputRequest> meters) =>
        ApplyFor(UnitsOfTables, model, path, variables, meters, []);

    /// <summary>The same for an EnergyPlus of this version.</summary>
    internal static IReadOnlyList<string> ApplyFor(
        EnergyPlusVersion version, Model model, string path, IReadOnlyList<OutputRequest> variables, IReadOnlyList<OutputRequest> meters,
        IReadOnlyList<AddedObject> reportMeters)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = StagedText.BytesOf(model, path);
        List<AddedObject> added = [];
        if (!model.Has("Output:SQLite")) added.Add(Sqlite(version));
        if (!model.Has("Output:Table:SummaryReports"))
            added.Add(AddedObject.List("Output:Table:SummaryReports", "reports", "report_name", SummaryReports));
        if (!model.Has("Output:VariableDictionary")) added.Add(new("Output:VariableDictionary", ("key_field", "regular")));
        added.AddRange(RequestedOutputs.Missing(model, variables, meters));
        added.AddRange(reportMeters);
        var edits = new TextEdits();
        var completed = ModelCompletion.Apply(model, text, edits, SummaryReports);
        ModelAppender.Append(model, text.Length, edits, added);
        if (!edits.IsEmpty) edits.WriteTo(path, text.Span);
        if (model.Format is ModelFormat.Idf && model.HasLoneCarriageReturns) LineEnds.Mend(path);
        return [.. completed, .. added.Select(item => item.Idf)];
    }

    private static AddedObject Sqlite(EnergyPlusVersion version) => version < UnitsOfTables
        ? new("Output:SQLite", ("option_type", "SimpleAndTabular"))
        : new("Output:SQLite", ("option_type", "SimpleAndTabular"), ("unit_conversion_for_tabular_data", "None"));
}
