using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Studies.Files;

/// <summary>Reads a study out of a model's own objects of the group Parametric.</summary>
internal sealed class ParametricTable(Model model, FaultList faults)
{
    public const string ClassPrefix = "Parametric:";

    private const string Values = "Parametric:SetValueForRun", Control = "Parametric:RunControl", Suffix = "Parametric:FileNameSuffix";
    private const string Logic = "Parametric:Logic";

    /// <summary>The table; null, with a fault, when the model has none.</summary>
    public static RawTable? Read(Model model, FaultList faults) => new ParametricTable(model, faults).Read();

    private RawTable? Read()
    {
        var parameters = model.ObjectsOf(Values);
        if (parameters.Count == 0) faults.Add(StudySentences.NoParametric);
        if (model.ObjectsOf(Logic) is [var logic, ..]) faults.Add(StudySentences.ParametricLogic(logic.Line));
        foreach (var once in (string[])[Control, Suffix])
            if (model.ObjectsOf(once) is [_, var second, ..]) faults.Add(StudySentences.ParametricTwice(once, second.Line));
        foreach (var parameter in parameters)
            if (parameter.FieldCount < 2 || !IsName(parameter.Fields[0])) faults.Add(StudySentences.BadParameter(parameter.Line));
        if (!faults.IsEmpty) return null;

        var runs = parameters.Max(parameter => parameter.FieldCount) - 1;
        if (runs <= RawTable.MostRows)
            return new(
                ["name", .. parameters.Select(parameter => parameter.Fields[0].ToLowerInvariant())],
                [.. Enumerable.Range(1, runs).Where(IsToRun).Select(run => RowOf(run, parameters))]) { HasParameters = true };
        faults.Add(StudySentences.TooManyRows(RawTable.MostRows));
        return null;
    }

    /// <summary>A parameter with fewer values than there are runs has its last one in all others.</summary>
    private RawRow RowOf(int run, IReadOnlyList<ModelObject> parameters) =>
        new(run, [NameOf(run), .. parameters.Select(parameter => parameter.Fields[Math.Min(run, parameter.FieldCount - 1)])]);

    private bool IsToRun(int run) => !string.Equals(Field(Control, run), "No", StringComparison.OrdinalIgnoreCase);

    /// <summary>The suffix of its file's name; else its number, as the preprocessor writes it.</summary>
    private string NameOf(int run) =>
        Field(Suffix, run) is { Length: > 0 } suffix ? suffix : run.ToString("D6", CultureInfo.InvariantCulture);

    private string? Field(string className, int field) =>
        model.ObjectsOf(className) is [var only, ..] && field < only.FieldCount ? only.Fields[field] : null;

    private static bool IsName(string name) =>
        name.Length > 1 && name[0] == '$' && name.Skip(1).All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
