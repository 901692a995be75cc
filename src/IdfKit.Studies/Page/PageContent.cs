using IdfKit.Runs;
using IdfKit.Runs.Tables;

namespace IdfKit.Studies.Page;

/// <summary>The rows and columns that a page has, and which of them it shows first.</summary>
internal sealed class PageContent
{
    /// <summary>What is known of a row that no column of the page is.</summary>
    private static readonly string[] Apart = ["name", "status", "reason", "message", "run_folder"];

    private static readonly string[] OfRuns = ["warnings", "severe", "hours_simulated", "seconds"];

    /// <summary>The most cells of a page, those of names and endings apart: at ten thousand rows two hundred columns.</summary>
    private const int MostCells = 2_000_000;

    /// <summary>The place in the order of figures from which on they say again what others have said.</summary>
    private const int LaterFigures = 20;

    private const int MostShown = 12, MostParametersShown = 7, MostWords = 20;

    private readonly ITableContent? _table;

    private PageContent(ITableContent? table, ISet<string> parameters)
    {
        _table = table;
        if (table is null) return;
        Names = Texts("name");
        Statuses = Texts("status");
        foreach (var name in Names.Index().Reverse()) RowsByName[name.Item] = name.Index;
        (Columns, LeftOut) = Choose(table, parameters);
        Figure = Columns.Select((column, at) => (column, at)).Where(one => one.column.Role is ColumnRole.Figure && !one.column.IsText)
            .OrderBy(one => FigureOrder(one.column)).Select(one => (int?)one.at).FirstOrDefault();
        Base = FindBase();
        Shown = ShowFirst();
    }

    public int RowCount => Names.Count;

    public IReadOnlyList<string> Names { get; } = [];

    /// <summary>How each row ended, as the table has it.</summary>
    public IReadOnlyList<string> Statuses { get; } = [];

    public int CompletedCount => Enumerable.Range(0, RowCount).Count(IsCompleted);

    public Dictionary<string, int> RowsByName { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters in the order of the file, then figures, then the rest.</summary>
    public IReadOnlyList<PageColumn> Columns { get; } = [];

    /// <summary>The names of columns for which the page has no room.</summary>
    public IReadOnlyList<string> LeftOut { get; } = [];

    /// <summary>The column by which rows are compared at first; null: no row has figures.</summary>
    public int? Figure { get; }

    /// <summary>The row that is as the base; null: it is not known which.</summary>
    public int? Base { get; }

    /// <summary>The columns that are shown at first, ascending.</summary>
    public IReadOnlyList<int> Shown { get; } = [];

    public static PageContent Of(PageFacts facts) =>
        new(facts.Table, facts.Record.Parameters.Select(parameter => parameter.Column).ToHashSet(StringComparer.Ordinal));

    public bool IsCompleted(int row) => Statuses[row] == "completed";

    /// <summary>Whether a row has a run of which there is a page.</summary>
    public bool HasReport(int row) => Statuses[row] is not ("not_run" or "running" or "unknown");

    /// <summary>The digits of a parameter as the study's file has them; null: there are none.</summary>
    public string? DigitsOf(int row, PageColumn column) => column.Place is { } place ? _table!.DigitsOf(row, place) : null;

    private static (IReadOnlyList<PageColumn> Kept, IReadOnlyList<string> LeftOut) Choose(ITableContent table, ISet<string> parameters)
    {
        List<(int Order, PageColumn Column)> kept = [];
        List<(int Order, string Name)> leftOut = [];
        var room = MostCells;
        foreach (var (order, candidate) in Candidates(table, parameters).Index().OrderBy(one => one.Item.Claim))
        {
            var column = candidate.Read();
            if (column.IsEmpty) continue;
            if (!column.IsSame && (room -= table.RowCount) < 0) leftOut.Add((order, column.Name));
            else kept.Add((order, column));
        }
        return (
            [.. kept.OrderBy(one => one.Order).Select(one => one.Column)],
            [.. leftOut.OrderBy(one => one.Order).Select(one => one.Name)]);
    }

    /// <summary>Each column that could be on the page, read when its turn comes: the lowest claims first.</summary>
    private static IEnumerable<(int Claim, Func<PageColumn> Read)> Candidates(ITableContent table, ISet<string> parameters)
    {
        var all = table.Columns.Index().Where(column => !Apart.Contains(column.Item.Name)).ToArray();
        foreach (var (place, column) in all.Where(column => parameters.Contains(column.Item.Name)))
            yield return (1, () => Read(table, place, ColumnRole.Parameter));
        foreach (var column in UsesByArea.Of(table)) yield return (0, () => column);
        var results = all.Where(column => !parameters.Contains(column.Item.Name)).ToArray();
        foreach (var (place, column) in results.Where(column => !OfRuns.Contains(column.Item.Name)))
            yield return (FigureOrder(column.Name) < LaterFigures ? 0 : 2, () => Read(table, place, ColumnRole.Figure));
        foreach (var (place, column) in results.Where(column => OfRuns.Contains(column.Item.Name)))
            yield return (2, () => Read(table, place, ColumnRole.Other));
    }

    private static PageColumn Read(ITableContent table, int place, ColumnRole role)
    {
        var column = table.Columns[place];
        var isText = column.Kind is not (RunColumnKind.Number or RunColumnKind.Whole);
        var rows = Enumerable.Range(0, table.RowCount);
        return new()
        {
            Name = column.Name,
            Label = role is ColumnRole.Parameter ? ColumnLabels.OfParameter(column.Name) : ColumnLabels.OfFigure(column.Name),
            Role = role,
            Texts = isText ? [.. rows.Select(row => table.Cell(row, place).Text)] : null,
            Numbers = isText ? null : [.. rows.Select(row => table.Cell(row, place).AsNumber ?? double.NaN)],
            IsLessBetter = role is not ColumnRole.Parameter && ColumnLabels.IsLessBetter(column.Name),
            Place = place,
        };
    }

    /// <summary>What people look at first of figures: energy a square metre, then what makes it up, peaks and comfort.</summary>
    private static int FigureOrder(PageColumn column) => FigureOrder(column.Name) + (column.IsVaried ? 0 : 100);

    private static int FigureOrder(string column) => column switch
    {
        "site_eui_kwh_m2" => 0,
        "heating_kwh_m2" => 2,
        "cooling_kwh_m2" => 3,
        "peaks_electricity_watts" => 5,
        "unmet_hours_occupied_heating" => 6,
        "unmet_hours_occupied_cooling" => 7,
        "site_energy_kwh" => 8,
        "source_eui_kwh_m2" or "site_energy_gj" or "site_eui_mj_m2" or "source_eui_mj_m2" or "source_energy_gj" => LaterFigures + 1,
        "total_area_m2" or "conditioned_area_m2" or "unmet_hours_heating" or "unmet_hours_cooling" => LaterFigures + 2,
        _ when column.StartsWith("end_uses_", StringComparison.Ordinal) => LaterFigures,
        _ when column.EndsWith("_kwh_m2", StringComparison.Ordinal) => 4,
        _ => 9,
    };

    private int? FindBase()
    {
        for (var row = 0; row < RowCount; row++)
            if (Names[row].ToLowerInvariant() is "base" or "baseline") return row;
        var parameters = Columns.Where(column => column.Role is ColumnRole.Parameter).ToArray();
        if (parameters.Length == 0) return null;
        for (var row = 0; row < RowCount; row++)
            if (Array.TrueForAll(parameters, column => column.Texts is { } texts ? texts[row] is null : double.IsNaN(column.Numbers![row])))
                return row;
        return null;
    }

    private IReadOnlyList<int> ShowFirst()
    {
        var all = Enumerable.Range(0, Columns.Count).ToArray();
        var varied = all.Where(at => Columns[at].IsVaried).ToArray();
        bool IsReadable(int at) => !Columns[at].IsText || Columns[at].Distinct <= MostWords;
        var parameters = varied.Where(at => Columns[at].Role is ColumnRole.Parameter && IsReadable(at)).Take(MostParametersShown).ToArray();
        var figures = varied.Where(at => Columns[at].Role is ColumnRole.Figure && FigureOrder(Columns[at]) < LaterFigures)
            .OrderBy(at => FigureOrder(Columns[at])).Take(MostShown - parameters.Length).ToArray();
        int[] shown = [.. parameters, .. figures];
        return shown.Length > 0 ? [.. shown.Order()] : [.. all.Take(MostShown)];
    }

    private IReadOnlyList<string> Texts(string name)
    {
        var at = _table!.Columns.Index().First(column => column.Item.Name == name).Index;
        return [.. Enumerable.Range(0, _table.RowCount).Select(row => _table.Cell(row, at).Text ?? "")];
    }
}
