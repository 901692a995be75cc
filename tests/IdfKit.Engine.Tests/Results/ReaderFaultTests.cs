using System.Globalization;
using System.Text;

using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Tables;

using Microsoft.Data.Sqlite;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Result files that are cut, garbled, empty or something else, for every reader but that of <c>.eso</c>.</summary>
public sealed class ReaderFaultTests(RealRuns runs)
{
    private const string Csv = "Date/Time,CORE_ZN:Zone Mean Air Temperature [C](Hourly),Electricity:Facility [J](Monthly) \n"
        + " 02/28  23:30:00,20.5,\n 02/28  24:00:00,20.25,1e6 \n 03/01  01:00:00,-1.5,2.5\n";

    private static readonly byte[] Html = Encoding.UTF8.GetBytes("""
        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN""http://www.w3.org/TR/html4/loose.dtd">
        <html>
        <body>
        <p>Report:<b> Equipment Summary</b></p>
        <p>For:<b> Entire Facility</b></p>
        <b>Coils</b><br><br>
        <!-- FullName:Equipment Summary_Entire Facility_Coils-->
        <table border="1" cellpadding="4" cellspacing="0">
          <tr><td></td>
            <td align="right">Capacity [W][2]</td>
            <td align="right">Algorithm {Simple <br> TARP}</td>
          </tr>
          <tr>
            <td align="right">A=&gt;B</td>
            <td align="right">     1056.38</td>
            <td align="right"></td>
          </tr>
        </table>
        <b>More</b><br><br>
        <table border="1"><tr><td></td><td>X []</td></tr><tr><td>R</td><td>7</td></tr></table>
        </body>
        </html>
        """);

    [Fact]
    public void Messages_are_one_clean_line_whatever_the_file_says()
    {
        const string Line = "Zone\f\a\u001b[31m\u007f\u2028\u202e\tX";
        Action[] readings =
        [
            () => VariableCatalog.Read(EsoText.Stream($"Program Version\nVar Type (reported time step)\n{Line}\n")),
            () => EsoResults.Read(EsoText.Stream($"{Line}\n")),
            () => TextTables.Read(EsoText.Stream($"<{Line}>\n")),
        ];
        foreach (var read in readings)
        {
            var fault = Assert.Throws<ResultsException>(read);
            Assert.DoesNotContain(fault.Message, letter => char.IsControl(letter) || letter is '\u2028' or '\u202e');
        }
    }

    [Fact]
    public void Html_gives_headers_units_and_cells_as_they_are_meant()
    {
        var table = HtmlTables.Read(new TrickleStream(Html, most: 100)).Find("equipment summary", "coils", "entire facility")!;

        Assert.Equal(["Capacity [W][2]", "Algorithm {Simple TARP}"], table.Headers);
        Assert.Equal(["Capacity", "Algorithm {Simple TARP}"], table.Columns);
        Assert.Equal(("W", ""), (table.UnitOf(0, 0), table.UnitOf(0, 1)));
        Assert.Equal(("1056.38", ""), (table["A=>B", "Capacity"], table[0, 1]));
    }

    [Fact]
    public void Html_cut_anywhere_holds_the_whole_tables_and_says_that_it_is_cut()
    {
        for (var length = 0; length < Html.Length - 1; length++)
        {
            var cut = HtmlTables.Read(new MemoryStream(Html, 0, length));
            Assert.True(cut.IsCut, $"at {length}");
            Assert.All(cut.Tables, table => Assert.Equal(table.Rows.Count, table.Name == "Coils" ? 1 : table["R", "X"] == "7" ? 1 : 0));
        }
        Assert.False(HtmlTables.Read(new MemoryStream(Html)).IsCut);
    }

    [Theory]
    [InlineData("&nbsp;", ""), InlineData("&#160; ", ""), InlineData("a&nbsp;b", "a b"), InlineData("\u00A0", "")]
    [InlineData(" &nbsp;7&nbsp;", "7")]
    public void Html_cell_of_unbreaking_blanks_is_blank(string cell, string text)
    {
        var html = $"<html><b>T</b><table><tr><td></td><td>X [W]</td></tr><tr><td>R</td><td>{cell}</td></tr></table></html>";
        var table = HtmlTables.Read(EsoText.Stream(html)).Tables.Single();

        Assert.Equal(text, table[0, 0]);
        double? number = text == "7" ? 7 : null;
        Assert.Equal(number, table.NumberOf(0, 0));
    }

    [Theory]
    [InlineData(
        "ZONE, ONE:Zone Mean Air Temperature [C](Hourly),A,B:Power, W [W](Hourly) ", "ZONE, ONE|Zone Mean Air Temperature", "A,B|Power, W")]
    [InlineData("A:Zone Air [C](Hourly),B:Zone Air [](Hourly:SCHED)", "A|Zone Air", "B|Zone Air")]
    [InlineData("A:Zone Air [C],B:Zone Air [C]", "A|Zone Air", "B|Zone Air")]
    public void Csv_names_with_commas_shift_no_column(string header, params string[] names)
    {
        foreach (var rows in new[] { " 01/01  01:00:00,1,2\n 01/01  02:00:00,3,4\n", "" })
        {
            var csv = CsvResults.Read(EsoText.Stream("Date/Time," + header + "\n" + rows));
            Assert.Equal(names, csv.Columns.Select(column => column.Key + "|" + column.Name));
            Assert.Equal(rows.Length == 0 ? Array.Empty<double>() : [2.0, 4.0], csv.ValuesOf(1).ToArray());
        }
    }

    [Fact]
    public void Html_headers_of_their_own_kind_are_cells()
    {
        const string Html = "<html><b>T</b><table><thead><tr><th></th><th align=x>X [W]</th></tr></thead>"
            + "<tr><th>R</th><td>7</td></tr></table></html>";
        var table = HtmlTables.Read(EsoText.Stream(Html)).Tables.Single();

        Assert.Equal(("X", "R", "7"), (table.Columns.Single(), table.Rows.Single(), table["R", "X"]));
    }

    [Fact]
    public void Csv_tables_with_commas_in_names_and_names_of_Latin1_shift_no_column()
    {
        byte[] bytes =
        [
            .. "REPORT:,Zones\nFOR:,Entire Facility\nAreas\n\n,,Area [m2],Air [°C]\n,ZONE, ONE,10.0,20.0\n"u8,
            .. Encoding.Latin1.GetBytes(",BÜRO,11.0,21.0\n"),
        ];
        var table = CsvTables.Read(new MemoryStream(bytes)).Tables.Single();

        Assert.Equal(["ZONE, ONE", "BÜRO"], table.Rows);
        Assert.Equal(("20.0", "11.0", "°C"), (table["ZONE, ONE", "Air"], table["Büro", "Area"], table.UnitOf(0, 1)));
    }

    [Fact]
    public void Csv_column_is_found_by_its_variable_alone()
    {
        var csv = CsvResults.Read(new MemoryStream(Encoding.UTF8.GetBytes(Csv)));

        Assert.Equal([20.5, 20.25, -1.5], csv.ValuesOf("zone mean air temperature")!.Value.ToArray());
        Assert.Null(csv.ValuesOf("Zone Mean"));
    }

    [Fact]
    public void Files_of_more_than_an_array_holds_are_a_typed_error()
    {
        foreach (var read in new Action<Stream>[]
        {
            stream => HtmlTables.Read(stream), stream => CsvResults.Read(stream), stream => VariableCatalog.Read(stream),
            stream => CsvTables.Read(stream),
        })
        {
            var error = Assert.Throws<ResultsException>(() => read(new LongStream(3L << 30)));
            Assert.Contains("2,000 MB", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ResultsException>(() => ResultBytes.ReadAll(new TrickleStream(new byte[5000], most: 700), "x", longest: 4999));
        Assert.Equal(5000, ResultBytes.ReadAll(new TrickleStream(new byte[5000], most: 700), "x", longest: 5000).Length);
    }

    [Fact]
    public void Csv_of_one_line_that_does_not_end_like_one_of_EnergyPlus_is_a_typed_error()
    {
        var bytes = new byte[80 << 20];
        bytes.AsSpan().Fill((byte)'x');
        "Date/Time,"u8.CopyTo(bytes);
        bytes[^1] = (byte)'\n';

        var error = Assert.Throws<ResultsException>(() => CsvResults.Read(new MemoryStream(bytes)));
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_of_one_line_that_does_not_end_is_a_typed_error()
    {
        var bytes = new byte[80 << 20];
        bytes.AsSpan().Fill((byte)'x');
        bytes[^1] = (byte)'\n';
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ResultsException>(() => VariableCatalog.Read(new MemoryStream(bytes, 0, bytes.Length, false, publiclyVisible: true)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Csv_ends_say_when_with_24_hours_as_the_next_day()
    {
        var csv = CsvResults.Read(new TrickleStream(Encoding.UTF8.GetBytes(Csv), most: 10));

        Assert.Equal([new(2017, 2, 28, 23, 30, 0), new(2017, 3, 1), new DateTime(2017, 3, 1, 1, 0, 0)], csv.Ends.Select(end => end!.Value));
        Assert.Equal([20.5, 20.25, -1.5], csv.ValuesOf("CORE_ZN:Zone Mean Air Temperature")!.Value.ToArray());
        Assert.Equal([double.NaN, 1e6, 2.5], csv.ValuesOf(1).ToArray());
        Assert.Equal(new CsvColumn("Electricity:Facility [J](Monthly)", "", "Electricity:Facility", "J", "Monthly"), csv.Columns[1]);
        var leap = CsvResults.Read(EsoText.Stream("Date/Time,A [J](Hourly)\n 02/29  24:00:00,1\n")).Ends;
        Assert.Equal(new DateTime(2016, 3, 1), leap.Single());
        Assert.Null(CsvResults.Read(EsoText.Stream("Time,A [W]\n00:10:00,1\n")).Ends.Single());
    }

    [Fact]
    public void Csv_cut_anywhere_holds_the_whole_rows_and_says_that_it_is_cut()
    {
        for (var length = 1; length < Csv.Length; length++)
        {
            var cut = CsvResults.Read(EsoText.Stream(Csv[..length]));
            Assert.Equal(Csv[length - 1] != '\n', cut.IsCut);
            Assert.Equal(Math.Max(0, Csv[..length].Count(letter => letter == '\n') - 1), cut.Times.Count);
        }
    }

    [Fact]
    public void Csv_with_a_hole_stops_before_it_and_names_the_line()
    {
        var csv = CsvResults.Read(EsoText.Stream(Csv + " 03/01\0\0\0\0\n 03/01  02:00:00,1,2\n"));

        Assert.Equal((true, 5, 3), (csv.IsCut, csv.FaultLine, csv.Times.Count));
    }

    [Theory]
    [InlineData("binary \0\u0001\u0002\n\n\0")]
    [InlineData("7,1,A\n8,2\n")]
    public void Readers_of_another_kind_of_file_say_what_and_where(string text)
    {
        Action[] reads =
        [
            () => HtmlTables.Read(EsoText.Stream(text)),
            () => CsvResults.Read(EsoText.Stream(text)),
            () => VariableCatalog.Read(EsoText.Stream(text)),
        ];
        foreach (var read in reads)
            Assert.Contains("line 1", Assert.Throws<ResultsException>(read).Message, StringComparison.Ordinal);
        var report = ErrReport.Read(EsoText.Stream(text));
        Assert.True(report.IsCut);
        Assert.Empty(report.Messages);
    }

    [Fact]
    public void Readers_of_nothing_say_that_it_is_cut()
    {
        Assert.True(HtmlTables.Read(Stream.Null).IsCut);
        Assert.True(CsvResults.Read(Stream.Null).IsCut);
        Assert.True(VariableCatalog.Read(Stream.Null).IsCut);
        Assert.True(ErrReport.Read(Stream.Null).IsCut);
    }

    [Fact]
    public void Sql_cut_anywhere_is_a_typed_error_or_gives_what_it_holds()
    {
        var whole = File.ReadAllBytes(Path.Combine(runs.Of("RefBldgSmallOffice", "Chicago"), "eplusout.sql"));
        using var folder = new TestBed.TemporaryFolder();
        var failed = 0;
        for (var part = 0; part < 20; part++)
        {
            File.WriteAllBytes(folder["cut.sql"], whole[..(whole.Length * part / 20)]);
            try
            {
                using var sql = SqlResults.Open(folder["cut.sql"]);
                foreach (var variable in sql.Variables.Take(5)) Assert.True(sql.Series(variable) is null or { Count: <= 48 });
                Assert.All(sql.Tables, table => Assert.NotNull(table.Rows));
            }
            catch (ResultsException e)
            {
                failed++;
                Assert.Contains("cut.sql", e.Message, StringComparison.Ordinal);
                Assert.Equal(folder["cut.sql"], e.File);
            }
        }
        Assert.Equal(20, failed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no database at all, but text of some length")]
    public void Sql_of_another_kind_of_file_is_a_typed_error(string text)
    {
        using var folder = new TestBed.TemporaryFolder();
        File.WriteAllText(folder["x.sql"], text);

        Assert.Contains("x.sql", Assert.Throws<ResultsException>(() => SqlResults.Open(folder["x.sql"])).Message, StringComparison.Ordinal);
        Assert.Throws<ResultsException>(() => SqlResults.Open(folder["missing.sql"]));
    }

    [Fact]
    public void Sql_series_of_rows_in_no_regular_order_are_whole()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TestBed.TemporaryFolder();
        var expected = WriteIrregular(folder["x.sql"], random);

        using var sql = SqlResults.Open(folder["x.sql"]);
        foreach (var (variable, values) in expected)
        {
            var series = sql.Series("V" + variable.ToString(CultureInfo.InvariantCulture))!;
            Assert.Equal(values.Select(value => value.Value), series.Values.ToArray());
            Assert.Equal(values.Select(value => new DateTime(2019, 1, 1).AddHours(value.Hour)), series.Times.Select(time => time.End));
        }
    }

    /// <summary>Variables that come at some hours and not at others, days between, and warm-up.</summary>
    private static Dictionary<int, List<(int Hour, double Value)>> WriteIrregular(string path, Random random)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        var script = new StringBuilder("""
            CREATE TABLE Simulations(SimulationIndex INTEGER PRIMARY KEY);
            CREATE TABLE EnvironmentPeriods(EnvironmentPeriodIndex INTEGER PRIMARY KEY, SimulationIndex INTEGER,
            EnvironmentName TEXT, EnvironmentType INTEGER);
            CREATE TABLE Time(TimeIndex INTEGER PRIMARY KEY, Year INTEGER, Month INTEGER, Day INTEGER, Hour INTEGER,
            Minute INTEGER, Dst INTEGER, Interval INTEGER, IntervalType INTEGER, SimulationDays INTEGER, DayType TEXT,
            EnvironmentPeriodIndex INTEGER, WarmupFlag INTEGER);
            CREATE TABLE ReportDataDictionary(ReportDataDictionaryIndex INTEGER PRIMARY KEY, IsMeter INTEGER, Type TEXT,
            IndexGroup TEXT, TimestepType TEXT, KeyValue TEXT, Name TEXT, ReportingFrequency TEXT, ScheduleName TEXT,
            Units TEXT);
            CREATE TABLE ReportData(ReportDataIndex INTEGER PRIMARY KEY, TimeIndex INTEGER, ReportDataDictionaryIndex INTEGER, Value REAL);
            INSERT INTO EnvironmentPeriods VALUES(5, 1, 'RUN', 3);

            """);
        var expected = new Dictionary<int, List<(int, double)>>();
        for (var variable = 10; variable < 15; variable++)
        {
            expected[variable] = [];
            script.Append(CultureInfo.InvariantCulture,
                $"INSERT INTO ReportDataDictionary VALUES({variable}, 0, '', '', '', 'K', 'V{variable}', 'Hourly', NULL, 'C');\n");
        }
        var (time, row) = (0, 0);
        for (var hour = 1; hour <= 2000; hour++)
        {
            var isWarmup = random.Next(40) == 0;
            var day = new DateTime(2019, 1, 1).AddHours(hour - 1);
            if (random.Next(24) == 0)
                script.Append(CultureInfo.InvariantCulture,
                    $"INSERT INTO Time VALUES({++time}, 2019, {day.Month}, {day.Day}, 24, 0, 0, 1440, 2, 1, 'Monday', 5, 0);\n");
            script.Append(CultureInfo.InvariantCulture,
                $"INSERT INTO Time VALUES({++time}, 2019, {day.Month}, {day.Day}, {day.Hour + 1}, 0, 0, 60, 1, "
                    + $"1, 'Monday', 5, {(isWarmup ? 1 : 0)});\n");
            foreach (var (variable, values) in expected)
            {
                if (variable == 12 && random.Next(3) == 0) continue;
                if (variable == 13 && hour is > 700 and < 1300) continue;
                var value = random.NextDouble();
                script.Append(CultureInfo.InvariantCulture, $"INSERT INTO ReportData VALUES({++row}, {time}, {variable}, {value:R});\n");
                if (!isWarmup) values.Add((hour, value));
            }
        }
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN;\n" + script + "COMMIT;";
        command.ExecuteNonQuery();
        return expected;
    }
}
