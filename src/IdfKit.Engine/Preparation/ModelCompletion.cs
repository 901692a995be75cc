using System.Text;

using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>
/// Completes the objects of a model from which a summary is read, where a second one would be a fatal error: the annual report joins the
/// model's own list, and the database gets the tables where nothing else has them. Lines keep their numbers.
/// </summary>
internal static class ModelCompletion
{
    private const string Reports = "Output:Table:SummaryReports";
    private const string Sqlite = "Output:SQLite";
    private const string WithTables = "SimpleAndTabular";
    private const int LongestNote = 500;

    /// <summary>Notes the changes for the text of the staged copy, which holds <paramref name="model"/>.</summary>
    /// <returns>The objects as they are then, one line of IDF each; empty when nothing is noted.</returns>
    public static IReadOnlyList<string> Apply(
        Model model, ReadOnlyMemory<byte> text, TextEdits edits, IReadOnlyList<string> summaryReports)
    {
        var settings = new OutputSettings(model);
        List<Completion> completions = [];
        if (model.ObjectsOf(Reports).Count == 1 && settings.Reports is { } list && !settings.HasReport(summaryReports[0]))
            completions.Add(new(list, [.. summaryReports.Where(report => !settings.HasReport(report))], IsList: true));
        if (model.ObjectsOf(Sqlite) is [var sqlite] && !settings.IsSqlOff && !settings.AreTablesInSql && !settings.IsTableFileRead)
            completions.Add(new(sqlite, [WithTables], IsList: false));
        return completions.Count == 0 ? [] : Apply(new ModelEdit(text, model.Format, edits), completions);
    }

    private static List<string> Apply(ModelEdit text, List<Completion> completions)
    {
        List<string> notes = [];
        foreach (var completion in completions.OrderByDescending(completion => (completion.Object.Line, completion.Object.Column)))
            if (TryWrite(text, completion)) notes.Add(Note(completion));
        return notes;
    }

    private static bool TryWrite(ModelEdit text, Completion completion) => completion.IsList
        ? text.TryAddToList(completion.Object, completion.Values)
        : text.TrySetFirst(completion.Object, completion.Values[0], "option_type");

    private static string Note(Completion completion)
    {
        var fields = completion.Object.Texts;
        var now = completion.IsList
            ? fields.Where(field => field.Length > 0).Concat(completion.Values)
            : fields.Skip(1).Prepend(completion.Values[0]);
        var note = new StringBuilder(completion.Object.ClassName);
        foreach (var field in now.TakeWhile(_ => note.Length <= LongestNote)) note.Append(',').Append(field);
        return OneLine.Of(note.Append(';').ToString(), LongestNote);
    }

    private sealed record Completion(ModelObject Object, IReadOnlyList<string> Values, bool IsList);
}
