using System.Globalization;

using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Runs.Parts;

/// <summary>What the tables of one part of a year say, of all that it has simulated.</summary>
/// <param name="Summary">Its figures.</param>
/// <param name="SourceFactors">By fuel, as summaries name them; empty where the tables have none.</param>
internal sealed record YearTables(EnergySummary Summary, IReadOnlyDictionary<string, double> SourceFactors)
{
    /// <summary>How many steps an hour has in EnergyPlus, which may not be what the model asks for; null where it does not say.</summary>
    public int? StepsOfHour { get; init; }

    private const string Report = "AnnualBuildingUtilityPerformanceSummary";
    private const string Factors = "Site to Source Energy Conversion Factors";
    private const string Column = "Site=>Source Conversion Factor";
    private const long LargestTables = 16 << 20;

    public static YearTables Read(string folder, string prefix, char suffix)
    {
        var factors = new Dictionary<string, double>(StringComparer.Ordinal);
        if (TablesOf(folder, prefix, suffix)?.Find(Report, Factors) is { } table)
            for (var row = 0; row < table.Rows.Count; row++)
                if (table.Find(table.Rows[row], Column) is var (r, c) && r >= 0 && c >= 0 && table.NumberOf(r, c) is { } factor)
                    factors[SummaryTables.SnakeCase(table.Rows[row])] = factor;
        return new(EnergySummary.Read(folder, prefix, suffix), factors)
        {
            StepsOfHour = StepsIn(folder, OutputNames.Output(prefix, suffix, "eio")),
        };
    }

    private static int? StepsIn(string directory, string name)
    {
        using var folder = ChildFolder.TryOpen(directory);
        using var file = folder is null ? null : Plain(folder, name);
        var told = file is null ? null : EioTables.Read(file).Find("Timesteps per Hour")?["#TimeSteps"];
        return int.TryParse(told, CultureInfo.InvariantCulture, out var steps) && steps > 0 ? steps : null;
    }

    /// <summary>Those of the database, else of the page or the text; null where there are none that can be read.</summary>
    private static IReadOnlyList<ReportTable>? TablesOf(string directory, string prefix, char suffix)
    {
        using var folder = ChildFolder.TryOpen(directory);
        if (folder is null) return null;
        try
        {
            using var sql = SqlResults.TryOpenIn(folder, directory, OutputNames.Output(prefix, suffix, "sql"));
            if (sql?.ReadTables([Factors]) is { Count: > 0 } tables) return tables;
            using var html = Plain(folder, OutputNames.Table(prefix, suffix, "htm"));
            if (html is not null) return HtmlTables.Read(html).Tables;
            using var csv = Plain(folder, OutputNames.Table(prefix, suffix, "csv"));
            return csv is null ? null : CsvTables.Read(csv).Tables;
        }
        catch (ResultsException) { return null; } // its figures cannot be read either
    }

    private static FileStream? Plain(ChildFolder folder, string name)
    {
        var file = folder.TryReadFile(name);
        if (file is not { Length: > LargestTables }) return file;
        file.Dispose();
        return null;
    }
}
