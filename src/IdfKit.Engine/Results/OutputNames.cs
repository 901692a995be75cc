namespace IdfKit.Engine.Results;

/// <summary>How EnergyPlus names its result files, by the prefix and suffix style it was given.</summary>
internal static class OutputNames
{
    /// <summary>A result file such as <c>eplusout.sql</c> (L), <c>eplus.sql</c> (C, D).</summary>
    public static string Output(string prefix, char suffix, string extension) =>
        char.ToUpperInvariant(suffix) is 'L' ? $"{prefix}out.{extension}" : $"{prefix}.{extension}";

    /// <summary>The tabular report: <c>eplustbl.htm</c> (L), <c>eplusTable.htm</c> (C), <c>eplus-table.htm</c> (D).</summary>
    public static string Table(string prefix, char suffix, string extension) => char.ToUpperInvariant(suffix) switch
    {
        'C' => $"{prefix}Table.{extension}",
        'D' => $"{prefix}-table.{extension}",
        _ => $"{prefix}tbl.{extension}",
    };

    /// <summary>
    /// What ReadVarsESO makes of the meters: <c>eplusmtr.csv</c> (L), <c>eplusMeter.csv</c> (C),
    /// <c>eplus-meter.csv</c> (D).
    /// </summary>
    public static string Meters(string prefix, char suffix) => char.ToUpperInvariant(suffix) switch
    {
        'C' => $"{prefix}Meter.csv",
        'D' => $"{prefix}-meter.csv",
        _ => $"{prefix}mtr.csv",
    };

    /// <summary>EnergyPlus's log of its database: <c>sqlite.err</c> (L), <c>eplusSqlite.err</c> (C), <c>eplus-sqlite.err</c> (D).</summary>
    public static string DatabaseLog(string prefix, char suffix) => char.ToUpperInvariant(suffix) switch
    {
        'C' => $"{prefix}Sqlite.err",
        'D' => $"{prefix}-sqlite.err",
        _ => "sqlite.err",
    };
}
