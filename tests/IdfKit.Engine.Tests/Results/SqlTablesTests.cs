using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Tables and texts of the database, as EnergyPlus wrote them.</summary>
public sealed class SqlTablesTests
{
    private const string Twice = """
        INSERT INTO Simulations VALUES (1, 'EnergyPlus', '', 4, 1, 1);
        INSERT INTO Strings VALUES (1, 1, 'Zone Mean Air Temperature'), (2, 2, 'CORE'), (3, 3, 'Values in bins'), (4, 4, 'Below'),
            (5, 4, 'Above'), (6, 5, 'Hours'), (7, 6, ''), (8, 3, 'Statistics');
        INSERT INTO TabularData VALUES
            (1, 1, 2, 3, 4, 6, 7, 1, 0, 0, ' 10.00'), (2, 1, 2, 3, 5, 6, 7, 1, 1, 0, ' 20.00'),
            (3, 1, 2, 8, 4, 6, 7, 1, 0, 0, ' 1.00'),
            (4, 1, 2, 3, 4, 6, 7, 1, 0, 0, ' 30.00'), (5, 1, 2, 3, 5, 6, 7, 1, 1, 0, ' 40.00'), (6, 1, 2, 3, 5, 6, 7, 1, 2, 0, ' 50.00');
        """;

    [Fact]
    public void Tables_of_one_name_are_each_their_own()
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();

        Assert.Equal(["Values in bins", "Statistics", "Values in bins"], sql.Tables.Select(table => table.Name));
        Assert.Equal(["10.00 20.00", "1.00", "30.00 40.00 50.00"],
            sql.Tables.Select(table => string.Join(' ', Enumerable.Range(0, table.Rows.Count).Select(row => table[row, 0]))));
    }

    [Fact]
    public void Tables_of_one_name_are_each_their_own_for_a_summary()
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();

        Assert.Equal([2, 3], sql.ReadTables(["Values in bins"]).Select(table => table.Rows.Count));
    }

    [Fact]
    public void Texts_that_are_no_UTF8_are_those_of_Latin1_as_in_the_other_files()
    {
        using var file = new SqlFile(Twice + """
            INSERT INTO EnvironmentPeriods VALUES (1, 1, CAST($latin AS TEXT), 3);
            INSERT INTO Time VALUES (1, 2017, 1, 1, 1, 0, 0, 60, 1, 1, 'Sunday', 1, 0);
            INSERT INTO ReportDataDictionary VALUES (7, 0, 'Avg', 'Zone', 'Zone', CAST($latin AS TEXT), 'Air', 'Hourly', NULL, 'C');
            INSERT INTO ReportData VALUES (1, 1, 7, 1.5);
            """.Replace("$latin", "x'42FC726F20B0'", StringComparison.Ordinal));
        var (latin, utf8) = (Encoding.Latin1.GetBytes("Büro °"), Encoding.UTF8.GetBytes("5 °C"));
        file.Run("UPDATE Strings SET Value = CAST($text AS TEXT) WHERE StringIndex IN (2, 4)", ("$text", latin));
        file.Run("UPDATE TabularData SET Value = CAST($text AS TEXT) WHERE TabularDataIndex = 1", ("$text", utf8));
        using var sql = file.Open();

        Assert.Equal("Büro °", sql.Tables[0].For);
        Assert.Equal(("Büro °", "5 °C"), (sql.Tables[0].Rows[0], sql.Tables[0][0, 0]));
        Assert.Equal("Büro °", sql.ReadTables(["Statistics"])[0].For);
        Assert.Equal("Büro °", sql.Variables.Single().Key);
        Assert.Equal("Büro °", sql.Environments.Single().Title);
        Assert.Equal("Büro °", sql.ReadPeriods()!.Single().Name);
        Assert.Equal(1.5, sql.Series("Air", "BÜRO °")!.Values.Span[0]);
    }

    [Fact]
    public void Database_without_the_table_of_simulations_is_read()
    {
        using var file = new SqlFile("DROP TABLE Simulations");
        using var sql = file.Open();

        Assert.Empty(sql.Variables);
        Assert.Empty(sql.Tables);
        Assert.Empty(sql.Environments);
    }

    [Fact]
    public void Database_of_something_else_is_named()
    {
        using var file = new SqlFile("CREATE TABLE Songs (Title)", hasTables: false);

        Assert.Contains("none of EnergyPlus's tables", Assert.Throws<ResultsException>(file.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Query_finds_rows_of_every_kind_of_value()
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();

        var found = sql.Query("SELECT 1 AS a, 2.5, NULL, x'00FF', Value FROM Strings WHERE StringIndex = $index",
            new Dictionary<string, object?> { ["index"] = 2 });

        Assert.Equal("a", found.Columns[0]);
        Assert.Equal([1L, 2.5, null, new byte[] { 0, 255 }, "CORE"], Assert.Single(found.Rows));
        Assert.Equal(6L, sql.Query("WITH t AS (SELECT * FROM TabularData) SELECT count(*) FROM t;").Rows[0][0]);
    }

    [Theory]
    [InlineData("DELETE FROM Strings"), InlineData("CREATE TABLE x(y)"), InlineData("VACUUM INTO '{0}'")]
    [InlineData("ATTACH '{0}' AS other"), InlineData("EXPLAIN"), InlineData(" ; ")]
    [InlineData("SELECT 1; DELETE FROM Strings"), InlineData("PRAGMA journal_mode = DELETE")]
    [InlineData("SELECT nothing FROM nowhere")]
    [InlineData("INSERT INTO Strings VALUES (99, 1, 'x') RETURNING StringIndex"), InlineData("BEGIN"), InlineData("no SQL")]
    public void Query_that_is_no_single_question_is_refused(string query)
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();
        var other = file.Path + ".other";

        Assert.Throws<ArgumentException>(() => sql.Query(string.Format(null, query, other)));
        Assert.False(File.Exists(other));
        Assert.Equal(8L, sql.Query("SELECT count(*) FROM Strings").Rows[0][0]);
    }

    [Fact]
    public void Query_without_end_can_be_cancelled()
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var error = Assert.Throws<OperationCanceledException>(() => sql.Query(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", cancellationToken: stop.Token));
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public void Query_with_a_parameter_that_it_does_not_have_is_refused()
    {
        using var file = new SqlFile(Twice);
        using var sql = file.Open();

        Assert.Throws<ArgumentException>(() => sql.Query("SELECT 1", new Dictionary<string, object?> { ["$x"] = 1 }));
        Assert.Throws<ArgumentException>(() => sql.Query("SELECT $x", new Dictionary<string, object?> { ["$x"] = DateTime.MaxValue }));
        Assert.Equal(1L, sql.Query("SELECT :x", new Dictionary<string, object?> { [":x"] = true }).Rows[0][0]);
    }

    [Fact]
    public void Database_of_numbers_that_no_run_has_gives_times_or_a_typed_error()
    {
        using var file = new SqlFile("""
            INSERT INTO EnvironmentPeriods VALUES (1, 1, 'RUN', 3);
            INSERT INTO Time VALUES (1, 2147483647, 99, 2147483647, 2147483647, 2147483647, 0, 2147483647, 1, 2147483647, 'Sunday', 1, 0),
                (2, -5, -9, -2147483648, -2147483648, -2147483648, 0, -2147483648, -1, -2147483648, 'Sunday', 1, 0),
                (3, 1, 1, 1, 1, 0, 0, 2147483647, 2, 1, 'Sunday', 1, 0),
                (99999999, 2017, 1, 1, 1, 0, 0, 60, 1, 1, 'Sunday', 1, 0);
            INSERT INTO ReportDataDictionary VALUES (7, 0, 'Avg', 'Zone', 'Zone', 'A', 'Air', 'Hourly', NULL, 'C'),
                (2147483647, 0, 'Avg', 'Zone', 'Zone', 'B', 'Air', 'Daily', NULL, 'C'), (-3, 0, '', '', '', 'C', 'Air', 'Daily', NULL, 'C');
            INSERT INTO ReportData VALUES (1, 1, 7, 1.5), (2, 2, 7, 'text'), (3, 3, 7, NULL), (4, 99999999, 7, 1), (5, -1, 7, 1),
                (6, 9223372036854775807, 7, 1), (7, 1, 9223372036854775807, 1), (8, 1, 2147483647, 1), (9, 1, -3, 1);
            INSERT INTO ReportExtendedData VALUES (1, 8, 1, 99, 99, 99, 99, 99, 1, -1, -1, -1, -1, -1);
            """);
        using var sql = file.Open();
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var series in sql.AllSeries())
        {
            Assert.Equal(series.Count, series.Times.Count);
            Assert.True(series.Extremes.Count is 0 || series.Extremes.Count == series.Count);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        Assert.Equal(3, sql.Series("Air", "A")!.Count);
    }
}
