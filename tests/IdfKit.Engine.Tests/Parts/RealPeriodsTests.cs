using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Microsoft.Data.Sqlite;

using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>Run periods side by side against one process, both by the real EnergyPlus.</summary>
public sealed partial class RealPeriodsTests
{
    private const string Actuator = """

        EnergyManagementSystem:Program, Warm, IF Month == 1, SET Lower = 15, ENDIF;
        EnergyManagementSystem:ProgramCallingManager, Caller, BeginTimestepBeforePredictor, Warm;
        EnergyManagementSystem:Actuator, Lower, Heating setpoint, Schedule:Compact, Schedule Value;

        """;

    public static TheoryData<string> Cases => ["two months", "over new year, with design days", "daylight saving", "epJSON", "actuator"];

    [Theory, MemberData(nameof(Cases))]
    public async Task Series_of_run_periods_are_byte_for_byte_those_of_one_process(string which)
    {
        await using var bed = new PeriodsBed();
        await bed.RunAsync(ModelOf(which), name: which is "epJSON" ? "in.epJSON" : "in.idf");
        foreach (var name in new[] { "eplusout.eso", "eplusout.mtr", "eplusout.eio" })
        {
            var (whole, parts) = bed.TextsOf(name);
            Assert.True(whole.Length > 500, name);
            Assert.Equal(WithoutUnset(whole, whole), WithoutUnset(parts, whole));
        }
        var (wholeErrors, partErrors) = bed.TextsOf("eplusout.err");
        Assert.Equal(Elapsed().Replace(wholeErrors, ""), Elapsed().Replace(partErrors, ""));
        Assert.Equal(RowsOf(bed.Whole), RowsOf(bed.Joined));
        Assert.Equal(TimesOf(bed.Whole), TimesOf(bed.Joined));
    }

    [Fact]
    public async Task A_real_office_has_the_records_of_one_process_but_for_the_last_digits()
    {
        const double Close = 1e-9; // seen: 7e-13 of a variable's largest value
        const string Reports = """

            Output:Variable,*,Zone Mean Air Temperature,Hourly;
            Output:Meter,Electricity:Facility,Hourly;
            Output:Meter,NaturalGas:Facility,RunPeriod;
            Output:SQLite,SimpleAndTabular;

            """;
        await using var bed = new PeriodsBed();
        var model = await File.ReadAllTextAsync(RealParts.Model("ASHRAE901_OfficeSmall"), TestContext.Current.CancellationToken);
        var notProduced = await bed.RunAsync(model + Reports, "Golden");
        Assert.Contains("eplustbl.htm", notProduced);
        Assert.Contains("AnnualBuildingUtilityPerformanceSummary", notProduced);
        var reports = ReportsOf(bed.Whole);
        Assert.Equal(reports.Except(ReportsOf(bed.Joined)), notProduced.Where(reports.Contains));
        foreach (var name in new[] { "eplusout.eso", "eplusout.mtr" })
        {
            var (whole, parts) = bed.TextsOf(name);
            Assert.Equal([], Differences(whole, parts, Close));
        }
        // What EnergyPlus says once a process is there once for each run period that says it, and nothing is lost.
        var (wholeErrors, partErrors) = bed.TextsOf("eplusout.err");
        Assert.Equal(MessagesOf(wholeErrors), MessagesOf(partErrors));
        Assert.Equal(TimesOf(bed.Whole), TimesOf(bed.Joined));
        foreach (var name in new[] { "audit", "bnd", "mtd", "shd" })
            Assert.Equal(bed.TextsOf("eplusout." + name).Whole, bed.TextsOf("eplusout." + name).Joined);
    }

    private static List<string> MessagesOf(string errors) =>
        [.. errors.Split('\n').Where(line => line.Contains("** Warning **", StringComparison.Ordinal)
            || line.Contains("** Severe  **", StringComparison.Ordinal)).Select(line => Measured().Replace(line, "")).Distinct()];

    private static string ModelOf(string which) => which switch
    {
        "two months" => PeriodModel.With(["B first, 1, 1, , 2, 28, , Monday", "A second, 7, 1, , 7, 31, , Monday"]),
        "daylight saving" => PeriodModel.With(
            ["Spring, 3, 1, , 4, 30, , Monday", "Autumn, 10, 1, , 11, 30, , Monday", "Spring again, 3, 1, , 4, 30, , Monday"],
            "RunPeriodControl:DaylightSavingTime, 2nd Sunday in March, 1st Sunday in November;\n"),
        // EnergyPlus forgets between run periods what was actuated.
        "actuator" => PeriodModel.With(["First, 1, 1, , 1, 31, , Monday", "Second, 3, 1, , 3, 31, , Monday"], Actuator),
        "epJSON" => InJson(PeriodModel.With(["Z, 1, 1, , 1, 31, , Monday", "b, 3, 1, , 3, 31, , Monday", "a, 7, 1, , 7, 31, , Monday"])),
        _ => PeriodModel.With(["Winter, 12, 1, 2016, 1, 31, 2017, ", "May, 5, 1, 2017, 5, 31, 2017, "], withDesignDays: true),
    };

    /// <summary>By EnergyPlus's own program, with the run periods in another order than that of their names.</summary>
    private static string InJson(string idf)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["in.idf"], idf);
        Assert.Equal(0, Child.Run(Path.Combine(RealParts.EnergyPlus(), "ConvertInputFormat"), folder.Path, ["in.idf"]));
        var model = JsonNode.Parse(File.ReadAllText(folder["in.epJSON"]))!.AsObject();
        var periods = model["RunPeriod"]!.AsObject();
        string[] order = ["a", "b", "Z"];
        model["RunPeriod"] = new JsonObject(order.Select(name => new KeyValuePair<string, JsonNode?>(name, periods[name]!.DeepClone())));
        return model.ToJsonString();
    }

    /// <summary>
    /// Without the extremes of the monthly records for which the plain program writes none: it does not set them up again for a second run
    /// period (25.2), while each by itself has them.
    /// </summary>
    private static string WithoutUnset(string text, string whole)
    {
        const string Unset = "99999999999999.0";
        var (lines, reference) = (text.Split('\n'), whole.Split('\n'));
        Assert.Equal(reference.Length, lines.Length);
        return string.Join('\n', lines.Zip(reference, (line, other) =>
            other.Contains(Unset, StringComparison.Ordinal) ? string.Join(',', line.Split(',')[..2]) : line));
    }

    private static List<string> Differences(string whole, string parts, double close)
    {
        var (first, second) = (whole.Split('\n'), parts.Split('\n'));
        Assert.Equal(first.Length, second.Length);
        var largest = new Dictionary<string, double>();
        List<(string Id, string Line, string Other, double By)> unlike = [];
        foreach (var (line, other) in first.Zip(second))
        {
            var (one, two) = (line.Split(','), other.Split(','));
            if (one.Length < 2 || !double.TryParse(one[1], CultureInfo.InvariantCulture, out var value)) continue;
            largest[one[0]] = Math.Max(largest.GetValueOrDefault(one[0]), Math.Abs(value));
            if (line == other) continue;
            var by = Math.Abs(value - double.Parse(two[1], CultureInfo.InvariantCulture));
            unlike.Add((one[0], line, other, by));
        }
        return [.. unlike.Where(one => one.By > close * largest[one.Id]).Select(one => one.Line + " / " + one.Other)];
    }

    /// <summary>Every record with its time and its environment.</summary>
    private static List<string> RowsOf(string folder) => Ask(folder, """
        SELECT d.ReportDataIndex, d.ReportDataDictionaryIndex, d.Value, t.*, e.*, x.ReportExtendedDataIndex
            FROM ReportData d JOIN Time t USING (TimeIndex) JOIN EnvironmentPeriods e USING (EnvironmentPeriodIndex)
            LEFT JOIN ReportExtendedData x USING (ReportDataIndex)
            ORDER BY d.ReportDataIndex
        """);

    private static List<string> TimesOf(string folder) => Ask(folder, """
        SELECT t.*, e.EnvironmentName, count(d.ReportDataIndex) FROM Time t JOIN EnvironmentPeriods e USING (EnvironmentPeriodIndex)
            LEFT JOIN ReportData d USING (TimeIndex) GROUP BY t.TimeIndex ORDER BY t.TimeIndex
        """);

    private static List<string> ReportsOf(string folder) => Ask(folder, """
        SELECT DISTINCT Strings.Value FROM TabularData JOIN Strings ON StringIndex = ReportNameIndex ORDER BY Strings.Value
        """);

    private static List<string> Ask(string folder, string query)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "eplusout.sql")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>Numbers: how far a warm-up was from its goal differs.</summary>
    [GeneratedRegex(@"Elapsed Time=.*|\d\S*")]
    private static partial Regex Measured();

    [GeneratedRegex(@"Elapsed Time=.*")]
    private static partial Regex Elapsed();
}
