using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Time series out of the database.</summary>
public sealed class SqlSeriesTests
{
    private const string Environments =
        "INSERT INTO Simulations VALUES (1, 'EnergyPlus', '', 6, 1, 1);"
            + "INSERT INTO EnvironmentPeriods VALUES (1, 1, 'WINTER', 1), (2, 1, 'SUMMER', 2), (3, 1, 'RUN', 3);";

    [Fact]
    public void Cumulative_meter_has_its_mark_in_its_name_and_is_not_taken_for_the_plain_one()
    {
        using var file = new SqlFile(Environments + """
            INSERT INTO ReportDataDictionary VALUES (7, 1, 'Sum', '', 'Zone', 'Cumulative ', 'Electricity:Facility', 'Hourly', NULL, 'J'),
                (8, 1, 'Sum', '', 'Zone', '', 'Electricity:Facility', 'Hourly', NULL, 'J'),
                (9, 1, 'Sum', '', 'Zone', NULL, 'Gas:Facility', 'Hourly', NULL, 'J');
            INSERT INTO Time VALUES (1, 2017, 1, 1, 1, 0, 0, 60, 1, 1, 'Sunday', 3, 0);
            INSERT INTO ReportData VALUES (1, 1, 7, 100), (2, 1, 8, 1), (3, 1, 9, 2);
            """);
        using var sql = file.Open();

        Assert.Equal(["Cumulative Electricity:Facility", "Electricity:Facility", "Gas:Facility"], sql.Variables.Select(v => v.Name));
        Assert.All(sql.Variables, variable => Assert.True(variable.IsMeter));
        Assert.Equal(1, sql.Series("Electricity:Facility")!.Values.Span[0]);
    }

    [Fact]
    public void Many_series_are_those_that_are_read_one_by_one()
    {
        using var file = new SqlFile(Environments + Rows(variables: 9, hours: 30));
        using var sql = file.Open();
        var asked = sql.Variables.Reverse().Append(sql.Variables[3]).Append(sql.Variables[0] with { Id = 12345 }).ToList();

        var many = sql.Series(asked);
        var summer = sql.Series(asked, sql.Environments[1]);

        Assert.Equal(asked.Count, many.Count);
        Assert.Null(many[^1]);
        for (var i = 0; i < asked.Count - 1; i++)
        {
            Assert.Equal(asked[i], many[i]!.Variable);
            Assert.Equal(Enumerable.Range(1, 30).Select(hour => ValueOf(asked[i].Id, 3, hour)), many[i]!.Values.ToArray());
            Assert.Equal(Enumerable.Range(1, 30).Select(hour => ValueOf(asked[i].Id, 2, hour)), summer[i]!.Values.ToArray());
            Assert.Equal(many[i]!.Values.ToArray(), sql.Series(asked[i])!.Values.ToArray());
            Assert.Equal(many[i]!.Times, sql.Series(asked[i])!.Times);
        }
    }

    [Fact]
    public void All_environments_are_given_at_once_design_days_first()
    {
        using var file = new SqlFile(Environments + Rows(variables: 2, hours: 3));
        using var sql = file.Open();

        Assert.Equal(["WINTER 1", "WINTER 2", "SUMMER 1", "SUMMER 2", "RUN 1", "RUN 2"],
            sql.AllSeries().Select(series => $"{series.Environment.Title} {series.Variable.Id}"));
        Assert.Equal(["WINTER", "SUMMER", "RUN"], sql.AllSeries([sql.Variables[1]]).Select(series => series.Environment.Title));
    }

    [Fact]
    public void Steps_of_the_systems_have_the_length_that_EnergyPlus_gave_them()
    {
        // Three steps in ten minutes, a step of the zones, four in ten, and two that fill none.
        (int Minute, int Interval)[] rows =
            [(3, 3), (7, 4), (10, 3), (10, 10), (13, 3), (15, 2), (18, 3), (20, 2), (20, 10), (23, 3), (27, 4)];
        var script = new StringBuilder(Environments
            + "INSERT INTO ReportDataDictionary VALUES (7, 0, 'Sum', '', 'HVAC System', 'FAN', 'Fan', 'HVAC System Timestep', NULL, 'J');");
        for (var i = 0; i < rows.Length; i++)
            script.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO Time VALUES ({i + 1}, 2017, 1, 1, 0, {rows[i].Minute}, 0, {rows[i].Interval}, -1, 1, 'Sunday', 3, 0);
                INSERT INTO ReportData VALUES ({i + 1}, {i + 1}, 7, {i});
                """);
        using var file = new SqlFile(script.ToString());
        using var sql = file.Open();

        Assert.Equal(
            ["0-3.33", "3.33-6.67", "6.67-10", "0-10", "10-12.5", "12.5-15", "15-17.5", "17.5-20", "10-20", "20-23", "23-27"],
            sql.Series("Fan")!.Times.Select(time => FormattableString.Invariant(
                $"{time.Start.TimeOfDay.TotalMinutes:0.##}-{time.End.TimeOfDay.TotalMinutes:0.##}")));
    }

    [Fact]
    public void Extremes_of_a_day_and_of_longer_have_their_moments()
    {
        using var file = new SqlFile(Environments + """
            INSERT INTO ReportDataDictionary VALUES (7, 0, 'Avg', '', 'Zone', 'A', 'Air', 'Daily', NULL, 'C'),
                (8, 0, 'Avg', '', 'Zone', 'A', 'Air', 'Run Period', NULL, 'C'), (9, 0, 'Avg', '', 'Zone', 'A', 'Air', 'Hourly', NULL, 'C');
            INSERT INTO Time VALUES (1, 2017, 12, 31, 24, 0, 0, 1440, 2, 1, 'Sunday', 3, 0),
                (2, 2018, 1, 1, 24, 0, 0, 1440, 2, 2, 'Monday', 3, 0), (3, 2017, 12, 31, 24, 0, 0, 60, 1, 1, 'Sunday', 3, 0),
                (4, NULL, NULL, NULL, NULL, NULL, NULL, 2880, 4, 2, NULL, 3, 0);
            INSERT INTO ReportData VALUES (1, 1, 7, 10), (2, 2, 7, 11), (3, 3, 9, 12), (4, 4, 8, 10.5);
            INSERT INTO ReportExtendedData VALUES (1, 1, 20, 12, 31, 13, NULL, 45, 5, 12, 31, 7, NULL, 30),
                (2, 2, 21, 1, 1, 24, NULL, 0, 6, 1, 1, 0, NULL, 15), (3, 4, 21, 1, 1, 24, NULL, 0, 5, 12, 31, 7, NULL, 30);
            """);
        using var sql = file.Open();

        Assert.Equal(
            [
                new(5, new(2017, 12, 31, 7, 30, 0), 20, new(2017, 12, 31, 13, 45, 0)),
                new(6, new(2018, 1, 1, 0, 15, 0), 21, new(2018, 1, 2)),
            ],
            sql.Series("Air", "A", ResultFrequency.Daily)!.Extremes);
        Assert.Equal(
            [new(5, new(2017, 12, 31, 7, 30, 0), 21, new(2018, 1, 2))], sql.Series("Air", "A", ResultFrequency.RunPeriod)!.Extremes);
        Assert.Empty(sql.Series("Air", "A", ResultFrequency.Hourly)!.Extremes);
    }

    private static double ValueOf(int variable, int environment, int hour) => (variable * 1000) + (environment * 100) + hour + 0.25;

    private static string Rows(int variables, int hours)
    {
        var script = new StringBuilder();
        for (var variable = 1; variable <= variables; variable++)
            script.Append(CultureInfo.InvariantCulture, $"INSERT INTO ReportDataDictionary VALUES ({variable}, 0, 'Avg', '', 'Zone', ")
                .Append(CultureInfo.InvariantCulture, $"'Z{variable}', 'Air', 'Hourly', NULL, 'C');\n");
        var (time, row) = (0, 0);
        for (var environment = 1; environment <= 3; environment++)
            for (var hour = 1; hour <= hours; hour++)
            {
                var start = new DateTime(2017, 1, 1).AddHours(hour - 1);
                script.Append(CultureInfo.InvariantCulture, $"INSERT INTO Time VALUES ({++time}, 2017, 1, {start.Day}, {start.Hour + 1}, ")
                    .Append(CultureInfo.InvariantCulture, $"0, 0, 60, 1, 1, 'Sunday', {environment}, 0);\n");
                for (var variable = 1; variable <= variables; variable++)
                    script.Append(CultureInfo.InvariantCulture,
                        $"INSERT INTO ReportData VALUES ({++row}, {time}, {variable}, {ValueOf(variable, environment, hour)});\n");
            }
        return "BEGIN;\n" + script + "COMMIT;";
    }
}
