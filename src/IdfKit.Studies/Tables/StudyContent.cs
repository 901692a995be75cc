using IdfKit.Runs;
using IdfKit.Runs.Tables;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Tables;

/// <summary>The cells of a study's table.</summary>
internal sealed class StudyContent : ITableContent
{
    /// <summary>The status of a row without a run.</summary>
    public const string NotRun = "not_run";

    private readonly List<(RunColumn Column, Func<int, RunCell> Cell, Func<int, string?> Digits)> _columns = [];
    private readonly Study _study;
    private readonly RunRow?[] _runs;

    /// <param name="study">The study.</param>
    /// <param name="runs">The runs below its folder.</param>
    /// <param name="identities">What the runs of these rows must be of, by their names; a run of something else is none.</param>
    public StudyContent(Study study, RunTable runs, IReadOnlyDictionary<string, string> identities)
    {
        _study = study;
        var byFolder = runs.Rows.ToDictionary(run => run.Folder, StringComparer.Ordinal);
        bool IsPlanned(RunRow run) => !identities.TryGetValue(run.Folder, out var of) || run["study_identity"] as string == of;
        _runs =
        [
            .. study.Variants().Select(variant =>
                byFolder.GetValueOrDefault(variant.Name) is { } run && IsOf(run, variant) && IsPlanned(run) ? run : null),
        ];
        Add("name", RunColumnKind.Text, row => RunCell.Of(study.Rows[row].Name));
        foreach (var column in study.Columns.Where(column => column.Kind is not StudyColumnKind.Name)) AddParameter(column);
        Add("status", RunColumnKind.Text, row => RunCell.Of(_runs[row]?.Status ?? NotRun));
        foreach (var name in (string[])["reason", "message"]) AddFromRuns(name, RunColumnKind.Text);
        foreach (var column in runs.Columns.Where(IsFigure)) AddFromRuns(column.Name, column.Kind);
        foreach (var name in (string[])["warnings", "severe"]) AddFromRuns(name, RunColumnKind.Whole);
        AddFromRuns("hours_simulated", RunColumnKind.Number);
        Add("seconds", RunColumnKind.Number, row => _runs[row]?["timings_ms_total"] is long ms ? RunCell.Of(ms / 1000.0) : default);
        Add("run_folder", RunColumnKind.Text, row => RunCell.Of($"{StudyRecordFile.RunsName}/{study.Rows[row].Name}"));
    }

    public IReadOnlyList<RunColumn> Columns => field ??= [.. _columns.Select(column => column.Column)];

    public int RowCount => _runs.Length;

    /// <summary>The run of each row of the study; null where there is none.</summary>
    public IReadOnlyList<RunRow?> Runs => _runs;

    public RunCell Cell(int row, int column) => _columns[column].Cell(row);

    public string? DigitsOf(int row, int column) => _columns[column].Digits(row);

    /// <summary>Not where the row has been changed since it ran: figures must not stand beside values that they are not of.</summary>
    private static bool IsOf(RunRow run, StudyVariant variant) =>
        variant.Content is not { } content || run["study_identity"] is not string identity
        || identity.StartsWith(content, StringComparison.Ordinal);

    private static bool IsFigure(RunColumn column) =>
        column.Kind is RunColumnKind.Number && column.Name is not "hours_simulated"
        && KnownColumns.GroupOf(column.Name) == KnownColumns.FigurePrefix;

    /// <summary>
    /// A column of the study: of numbers where all of its values are some, which are written with the digits that they have.
    /// </summary>
    private void AddParameter(StudyColumn parameter)
    {
        string?[] values = [.. _study.Variants().Select(variant => variant.ValueOf(parameter))];
        var isNumber = values.Any(value => value is not null) && values.All(value => value is null || NumberText.Read(value) is not null);
        Add(parameter.Heading, isNumber ? RunColumnKind.Number : RunColumnKind.Text, CellOf, row => isNumber ? values[row] : null);

        RunCell CellOf(int row)
        {
            if (values[row] is not { } value) return default;
            return isNumber ? RunCell.Of(NumberText.Read(value)!.Value) : RunCell.Of(value);
        }
    }

    private void AddFromRuns(string name, RunColumnKind kind) => Add(name, kind, row => Of(_runs[row]?[name]));

    private void Add(string name, RunColumnKind kind, Func<int, RunCell> cell, Func<int, string?>? digits = null) =>
        _columns.Add((new(name, kind), cell, digits ?? (_ => null)));

    private static RunCell Of(object? value) => value switch
    {
        string text => RunCell.Of(text),
        double number => RunCell.Of(number),
        long whole => RunCell.Of(whole),
        bool flag => RunCell.Of(flag),
        _ => default,
    };
}
