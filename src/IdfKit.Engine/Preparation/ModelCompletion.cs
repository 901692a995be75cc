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

    /// <summary>Changes the staged copy at <paramref name="path"/>, which holds <paramref name="model"/>.</summary>
    /// <returns>The objects as they are now, one line of IDF each; empty when the file was left as it is.</returns>
    public static IReadOnlyList<string> Apply(Model model, string path, IReadOnlyList<string> summaryReports)
    {
        var settings = new OutputSettings(model);
        List<Completion> completions = [];
        if (model.ObjectsOf(Reports) is [var list] && !settings.HasReport(summaryReports[0]))
            completions.Add(new(list, [.. summaryReports.Where(report => !settings.HasReport(report))], IsList: true));
        if (model.ObjectsOf(Sqlite) is [var sqlite] && !settings.IsSqlOff && !settings.AreTablesInSql && !settings.IsTableFileRead)
            completions.Add(new(sqlite, [WithTables], IsList: false));
        return completions.Count == 0 ? [] : Apply(model, path, completions);
    }

    private static List<string> Apply(Model model, string path, List<Completion> completions)
    {
        var text = new ModelEdit(File.ReadAllBytes(path), model.Format);
        List<string> notes = [];
        // From the end of the file, so that the places of what comes before stay right.
        foreach (var completion in completions.OrderByDescending(completion => (completion.Object.Line, completion.Object.Column)))
            if (TryWrite(text, completion)) notes.Add(Note(completion));
        if (notes.Count > 0) File.WriteAllBytes(path, text.Bytes);
        return notes;
    }

    private static bool TryWrite(ModelEdit text, Completion completion) => completion.IsList
        ? text.TryAddToList(completion.Object, completion.Values)
        : text.TrySetFirst(completion.Object, completion.Values[0], "option_type");

    private static string Note(Completion completion)
    {
        var fields = completion.Object.Fields;
        IEnumerable<string> now = completion.IsList
            ? [.. fields.Where(field => field.Length > 0), .. completion.Values]
            : [completion.Values[0], .. fields.Skip(1)];
        return OneLine.Of($"{completion.Object.ClassName},{string.Join(',', now)};", LongestNote);
    }

    private sealed record Completion(ModelObject Object, IReadOnlyList<string> Values, bool IsList);
}
