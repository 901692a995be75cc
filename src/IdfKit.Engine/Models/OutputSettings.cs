namespace IdfKit.Engine.Models;

/// <summary>
/// What a model says about the files that EnergyPlus writes (EnergyPlus 25.2's field order of <c>OutputControl:Files</c>).
/// </summary>
internal sealed class OutputSettings(Model model)
{
    private static readonly string[] WholeReports =
        ["AllSummary", "AllSummaryAndSizingPeriod", "AllSummaryAndMonthly", "AllSummaryMonthlyAndSizingPeriod"];

    private ModelObject? _reports;

    /// <summary>Whether the model keeps EnergyPlus from writing the <c>.eso</c> file, which ReadVarsESO reads.</summary>
    public bool IsEsoOff => IsOff(2, "output_eso");

    /// <summary>Whether the model keeps EnergyPlus from writing the <c>.mtr</c> file.</summary>
    public bool IsMtrOff => IsOff(1, "output_mtr");

    /// <summary>Whether the model keeps EnergyPlus from writing the <c>.eio</c> file.</summary>
    public bool IsEioOff => IsOff(3, "output_eio");

    /// <summary>Whether the model keeps EnergyPlus from writing its tables as a file.</summary>
    public bool IsTableFileOff => IsOff(4, "output_tabular");

    /// <summary>Whether the model keeps EnergyPlus from writing the <c>.sql</c> file.</summary>
    public bool IsSqlOff => IsOff(5, "output_sqlite");

    /// <summary>How the tables are written: HTML, Comma, XML …; Comma where the model does not say.</summary>
    public string TableStyle => First("OutputControl:Table:Style")?.Field(0, "column_separator") ?? "Comma";

    /// <summary>
    /// Whether the summary is read from such tables: web pages and comma-separated ones are, not tabs, fixed columns and XML.
    /// </summary>
    public bool IsTableFileRead => !IsTableFileOff && TableStyle.ToUpperInvariant() is not ("TAB" or "FIXED" or "XML");

    /// <summary>Whether the model asks for the tables in the <c>.sql</c> file.</summary>
    public bool AreTablesInSql =>
        !IsSqlOff && "SimpleAndTabular".Equals(First("Output:SQLite")?.Field(0, "option_type"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The model's list of reports, of which EnergyPlus takes one.</summary>
    public ModelObject? Reports => _reports ??= First("Output:Table:SummaryReports");

    /// <summary>Whether the model asks for a report, by its name or by that of a set which holds it.</summary>
    public bool HasReport(string report) =>
        Reports is { } list
        && list.Texts.Any(name => Is(name, report) || WholeReports.Any(whole => Is(name, whole)));

    private static bool Is(string one, string other) => string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);

    private bool IsOff(int field, string key) =>
        "No".Equals(First("OutputControl:Files")?.Field(field, key), StringComparison.OrdinalIgnoreCase);

    private ModelObject? First(string className) => model.ObjectsOf(className) is [var first, ..] ? first : null;
}
