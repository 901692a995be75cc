namespace IdfKit.Engine;

/// <summary>Looks tables up by report and title.</summary>
public static class ReportTables
{
    /// <summary>
    /// The first table of a report with this title; null when there is none. Case does not matter, nor do blanks in the report's name,
    /// which <c>.sql</c> leaves out.
    /// </summary>
    public static ReportTable? Find(this IEnumerable<ReportTable> tables, string report, string name, string? forWhat = null)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(report);
        return tables.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase)
            && table.IsOf(report)
            && (forWhat is null || string.Equals(table.For, forWhat, StringComparison.OrdinalIgnoreCase)));
    }
}
