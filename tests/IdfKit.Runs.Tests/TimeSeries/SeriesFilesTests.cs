using System.Globalization;
using System.Text;
using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Records;

using TestBed;

namespace IdfKit.Runs.Tests.TimeSeries;

/// <summary>Series as Parquet, value by value against the reader of <c>.eso</c>, as somebody else's reader (DuckDB) finds them.</summary>
public sealed class SeriesFilesTests
{
    private const string DesignDay = """
        SizingPeriod:DesignDay, Winter, 1, 21, WinterDesignDay, -18, 0, , , Wetbulb, -18, , , , ,
          82000, 3, 340, No, No, No, ASHRAEClearSky, , , , , 0;

        """;

    private static readonly string[] Frequencies = ["Detailed", "Timestep", "Hourly", "Daily", "Monthly", "RunPeriod", "Annual"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RefBldgSmallOffice")]
    [InlineData("one-zone")]
    public async Task Files_hold_bit_by_bit_what_the_eso_holds_of_every_environment_and_frequency(string model)
    {
        using var folder = await RunAsync(await File.ReadAllTextAsync(RealParts.Model(model), Token));
        using var made = await MadeSeries.InAsync(folder.Path);

        Assert.Null(made.Told);
        var reported = Compare(made, folder["eplusout.eso"], folder["eplusout.mtr"]);
        Assert.Equal(Frequencies.Length, reported);
    }

    [Fact]
    public async Task Run_without_eso_and_mtr_has_the_same_files_out_of_its_database()
    {
        var model = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        model += "\nOutput:SQLite, SimpleAndTabular;\n" + DesignDay;
        using var folder = await RunAsync(model);
        using var made = await MadeSeries.InAsync(folder.Path);
        var (eso, mtr) = (folder["eplusout.eso"], folder["eplusout.mtr"]);
        File.Move(eso, folder["kept.eso"]);
        File.Move(mtr, folder["kept.mtr"]);
        using var database = await MadeSeries.InAsync(folder.Path);

        Assert.Null(database.Told);
        Assert.Equal(made.Names, database.Names);
        Assert.Equal(Frequencies.Length, Compare(database, folder["kept.eso"], folder["kept.mtr"]));
        foreach (var frequency in Enum.GetValues<ResultFrequency>())
        {
            var (one, other) = (made.Columns(frequency), database.Columns(frequency));
            Assert.Equal(one.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, values) in one) Assert.Equal(values, other[name]);
        }
    }

    [Fact]
    public async Task Database_that_is_none_or_too_large_is_told_of()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["eplusout.sql"], "no database", Token);
        using (var none = await MadeSeries.InAsync(folder.Path)) Assert.Equal(RunSentences.SeriesUnreadable, none.Told);
        await using (var file = File.Create(folder["eplusout.sql"])) file.SetLength((64L << 20) + 1);
        using var large = await MadeSeries.InAsync(folder.Path);
        Assert.Contains("a database of more than 67 MB and no .eso", large.Told, StringComparison.Ordinal);
        Assert.Empty(large.Names);
    }

    [Fact]
    public async Task Columns_are_named_as_the_csv_of_energyplus_names_them()
    {
        using var folder = await RunAsync(await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token), readVars: true);
        using var made = await MadeSeries.InAsync(folder.Path);

        var csv = new List<string>();
        foreach (var name in (string[])["eplusout.csv", "eplusmtr.csv"])
            csv.AddRange((await File.ReadAllLinesAsync(folder[name], Token))[0].Split(',').Skip(1).Select(column => column.Trim()));
        var ours = Enum.GetValues<ResultFrequency>().SelectMany(each => made.Columns(each).Keys.Skip(3)).ToList();
        Assert.Equal(csv.Distinct().Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task File_says_of_which_run_and_model_it_is_and_in_which_units()
    {
        using var made = await MadeSeries.OfAsync(Hourly(hours: 24));
        var metadata = made.Metadata(ResultFrequency.Hourly);
        Assert.Equal("idfkit.timeseries/1", metadata["idfkit.timeseries"]);
        Assert.Equal("0123", metadata["idfkit.run_id"]);
        Assert.Equal("inputs/office.idf", metadata["idfkit.model_key"]);
        Assert.Equal("25.2.0", metadata["idfkit.energyplus"]);
        Assert.Equal("hourly", metadata["idfkit.frequency"]);
        Assert.Equal("false", metadata["idfkit.is_cut"]);
        var units = JsonDocument.Parse(metadata["idfkit.units"]).RootElement;
        Assert.Equal("C", units.GetProperty("Z:Temperature [C](Hourly)").GetString());
    }

    [Fact] // Parquet.Net writes the bounds of moments in milliseconds: a reader that trusts them would find nothing
    public async Task Rows_are_found_by_conditions_on_times()
    {
        using var made = await MadeSeries.OfAsync(Hourly(hours: 8760));
        var file = $"read_parquet('{made.PathOf(ResultFrequency.Hourly)}')";
        Assert.Equal(24L, One($"SELECT count(*) FROM {file} WHERE start >= TIMESTAMP '2017-12-31 00:00:00'"));
        Assert.Equal(1L, One($"SELECT count(*) FROM {file} WHERE \"end\" = TIMESTAMP '2018-01-01 00:00:00'"));
        Assert.Equal(0L, One($"SELECT count(*) FROM {file} WHERE start < TIMESTAMP '2017-01-01 00:00:00'"));
        Assert.Equal(8760L, One($"SELECT count(*) FROM {file} WHERE start < \"end\" AND environment = 'RUN'"));
        Assert.Equal("TIMESTAMP", One($"SELECT typeof(start) FROM {file} LIMIT 1"));
        var chunks = $"parquet_metadata('{made.PathOf(ResultFrequency.Hourly)}')";
        Assert.Equal(new DateTime(2017, 1, 1), One($"SELECT stats_min_value::TIMESTAMP FROM {chunks} WHERE path_in_schema = 'start'"));
    }

    [Fact]
    public async Task Names_may_have_anything_and_each_column_has_its_own()
    {
        string[] keys = ["<script>alert(1)</script>", "A \"B\" 'C'", "a.b.c", "Küche ²", "x:y", "🏠", "a [C] !Hourly b", "X", "x"];
        var dictionary = keys.Index().Select(key => $"{key.Index + 10},1,{key.Item},Zone Temperature [C] !Hourly").ToList();
        dictionary.Add("30,1,X,Zone Temperature [C] !Hourly");
        dictionary.Add("31,1,Odd, Key, Zone Temperature [] !Hourly");
        var numbers = dictionary.Select(line => line.Split(',')[0]);
        using var made = await MadeSeries.OfAsync(EsoText.File(dictionary,
            [EsoText.Environment("A, B"), EsoText.Step(1, 1, 0, 0, 60, "Sunday"), .. numbers.Select(number => $"{number},{number}.5\n")]));
        Assert.Null(made.Told);
        var columns = made.Columns(ResultFrequency.Hourly);
        Assert.Equal("A, B", columns["environment"][0]);
        for (var i = 0; i < 8; i++) Assert.Equal(i + 10.5, columns[$"{keys[i]}:Zone Temperature [C](Hourly)"][0]);
        Assert.Equal(18.5, columns["x:Zone Temperature [C](Hourly) #2"][0]);
        Assert.Equal(30.5, columns["X:Zone Temperature [C](Hourly) #3"][0]);
        Assert.Equal(31.5, columns["Odd, Key:Zone Temperature [](Hourly)"][0]);
    }

    [Fact]
    public async Task Values_may_be_no_numbers_and_stay_what_they_are()
    {
        string[] values = ["nan", "-nan", "inf", "-inf", "1.7976931348623157e308", "4.9e-324", "-0.0", "0.1"];
        using var made = await MadeSeries.OfAsync(EsoText.File(["10,1,Z,T [C] !Hourly"],
        [
            EsoText.Environment("RUN"),
            .. values.Index().Select(value => EsoText.Step(1, 1, value.Index, 0, 60, "Sunday") + $"10,{value.Item}\n"),
        ]));
        double[] expected =
        [
            double.NaN, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -0.0, 0.1,
        ];
        var read = made.Columns(ResultFrequency.Hourly)["Z:T [C](Hourly)"].Cast<double>();
        Assert.Equal(expected, read);
        Assert.True(double.IsNegative((double)made.Columns(ResultFrequency.Hourly)["Z:T [C](Hourly)"][6]!));
        var file = $"read_parquet('{made.PathOf(ResultFrequency.Hourly)}')";
        Assert.Equal(4L, One($"SELECT count(*) FROM {file} WHERE \"Z:T [C](Hourly)\" > 1"));
    }

    [Fact]
    public async Task Rows_of_detailed_series_and_meters_stand_there_once_and_have_something()
    {
        string[] steps =
        [
            EsoText.Step(1, 1, 0, 0, 7.5, "Sunday"), EsoText.Step(1, 1, 0, 7.5, 15, "Sunday"), EsoText.Step(1, 1, 0, 0, 15, "Sunday"),
        ];
        var eso = EsoText.File(["10,1,Z,T [C] !Each Call", "11,1,Fan,W [W] !HVAC System Timestep"],
            [EsoText.Environment("RUN"), steps[0], "11,1\n", steps[1], "11,2\n", steps[2], "10,3\n"]);
        var mtr = EsoText.File(["12,1,Gas:Facility [J] !Each Call"], [EsoText.Environment("RUN"), steps[2], "12,4\n"]);
        using var made = await MadeSeries.OfAsync(eso, mtr);
        var columns = made.Columns(ResultFrequency.Detailed);
        Assert.Equal([1.0, 2.0, null], columns["Fan:W [W](Each Call)"]);
        Assert.Equal([null, null, 3.0], columns["Z:T [C](Each Call)"]);
        Assert.Equal([null, null, 4.0], columns["Gas:Facility [J](Each Call)"]);
    }

    [Fact]
    public async Task Detailed_series_of_different_times_share_rows_and_lack_the_others()
    {
        using var made = await MadeSeries.OfAsync(EsoText.File(["10,1,Z,T [C] !Each Call", "11,1,Fan,W [W] !HVAC System Timestep"],
        [
            EsoText.Environment("RUN"),
            EsoText.Step(1, 1, 0, 0, 7.5, "Sunday"), "11,1\n",
            EsoText.Step(1, 1, 0, 7.5, 15, "Sunday"), "11,2\n",
            EsoText.Step(1, 1, 0, 0, 15, "Sunday"), "10,3\n",
            EsoText.Step(1, 1, 0, 15, 30, "Sunday"), "10,4\n", "11,5\n",
        ]));
        var columns = made.Columns(ResultFrequency.Detailed);
        Assert.Equal([null, null, 3.0, 4.0], columns["Z:T [C](Each Call)"]);
        Assert.Equal([1.0, 2.0, null, 5.0], columns["Fan:W [W](Each Call)"]);
        Assert.Equal([0, 7.5, 0, 15], columns["start"].Select(at => ((DateTime)at! - new DateTime(2017, 1, 1)).TotalMinutes));
    }

    [Fact]
    public async Task Meters_of_the_mtr_alone_stand_beside_those_of_both()
    {
        string[] steps = [.. Enumerable.Range(0, 24).Select(hour => EsoText.Step(2, 29, hour, 0, 60, "Monday"))];
        var eso = EsoText.File(["10,1,Z,T [C] !Hourly", "11,1,Electricity:Facility [J] !Hourly"],
            [EsoText.Environment("RUN"), .. steps.Select(step => step + "10,1\n11,2\n")]);
        var mtr = EsoText.File(["11,1,Electricity:Facility [J] !Hourly", "12,1,Gas:Facility [J] !Hourly"],
            [EsoText.Environment("RUN"), .. steps.Select(step => step + "11,2\n12,3\n")]);
        using var made = await MadeSeries.OfAsync(eso, mtr);
        var columns = made.Columns(ResultFrequency.Hourly);
        Assert.Equal(
            ["environment", "start", "end", "Z:T [C](Hourly)", "Electricity:Facility [J](Hourly)", "Gas:Facility [J](Hourly)"],
            columns.Keys);
        Assert.All(columns["Gas:Facility [J](Hourly)"], value => Assert.Equal(3.0, value));
        Assert.Equal(new DateTime(2016, 2, 29, 23, 0, 0).TimeOfDay, ((DateTime)columns["start"][^1]!).TimeOfDay);
        Assert.Equal(3, ((DateTime)columns["end"][^1]!).Month);
    }

    [Fact]
    public async Task Cut_files_give_what_there_is_and_say_so()
    {
        var whole = Hourly(hours: 48);
        using var made = await MadeSeries.OfAsync(whole[..(whole.Length * 2 / 3)]);
        Assert.Null(made.Told);
        Assert.Equal("true", made.Metadata(ResultFrequency.Hourly)["idfkit.is_cut"]);
        Assert.InRange(made.Columns(ResultFrequency.Hourly)["start"].Count, 20, 40);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Program Version,EnergyPlus\n")]
    [InlineData("Program Version,EnergyPlus\nEnd of Data Dictionary\nEnd of Data\n")]
    [InlineData("Program Version,EnergyPlus\n10,1,Z,T [C] !Hourly\nEnd of Data Dictionary\n10,5\nEnd of Data\n")]
    public async Task Files_without_values_make_none(string eso)
    {
        using var made = await MadeSeries.OfAsync(eso);
        Assert.Empty(made.Names);
        Assert.Null(made.Told);
    }

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("\0\0\0\0\n")]
    public async Task Files_that_are_no_eso_are_told_of(string eso)
    {
        using var made = await MadeSeries.OfAsync(eso);
        Assert.Empty(made.Names);
        Assert.Equal(RunSentences.SeriesUnreadable, made.Told);
    }

    [Fact]
    public async Task Files_of_more_series_environments_or_times_than_a_run_has_are_told_of()
    {
        var many = Enumerable.Range(10, EsoSelection.MostVariables + 1).Select(id => $"{id},1,Z{id},T [C] !Hourly");
        await RefusedAsync(EsoText.File(many, []), "more than 20,000 series");
        await RefusedAsync(EsoText.File(["16000000,1,Z,T [C] !Hourly"], []), "numbers of series");
        await RefusedAsync(EsoText.File(["10,1,Z,T [C] !Hourly"], Enumerable.Repeat(EsoText.Environment("A"), 40_001)), "environments");
        var wide = Enumerable.Range(10, 200).Select(id => $"{id},1,{new string('x', 100_000)},T [C] !Hourly");
        await RefusedAsync(EsoText.File(wide, []), "names longer");
        var step = EsoText.Step(1, 1, 0, 0, 60, "Sunday") + "10,1\n";
        await RefusedAsync(
            EsoText.File(["10,1,Z,T [C] !Hourly"], [EsoText.Environment("A"), .. Enumerable.Repeat(step, EsoSelection.MostTimes + 1)]),
            "times");
    }

    [Fact]
    public async Task Files_that_are_too_large_are_not_read_at_all()
    {
        using var folder = new TemporaryFolder();
        await using (var file = File.Create(folder["eplusout.eso"])) file.SetLength(3L << 30);
        using var made = await MadeSeries.InAsync(folder.Path);
        Assert.Contains("more than 1,073 MB of series", made.Told, StringComparison.Ordinal);
        Assert.Empty(made.Names);
    }

    [Fact]
    public async Task One_series_repeated_in_one_interval_takes_no_more_memory_than_one_value()
    {
        var repeated = string.Concat(Enumerable.Repeat("10,7\n", 2_000_000));
        using var made = await MadeSeries.OfAsync(EsoText.File(["10,1,Z,T [C] !Hourly"],
            [EsoText.Environment("A"), EsoText.Step(1, 1, 0, 0, 60, "Sunday"), "10,1\n", repeated]));
        Assert.Equal([1.0], made.Columns(ResultFrequency.Hourly)["Z:T [C](Hourly)"]);
    }

    [Fact]
    public async Task Large_files_are_read_in_parts_and_give_the_same()
    {
        const int Series = 320, Hours = 8760; // some 40 MB of text, and 22 MB of values
        var dictionary = Enumerable.Range(10, Series).Select(id => $"{id},1,Zone {id},T [C] !Hourly");
        using var folder = new TemporaryFolder();
        var begin = EsoText.File(dictionary, [EsoText.Environment("RUN")]);
        var text = new StringBuilder(begin.Replace(EsoText.End, "", StringComparison.Ordinal));
        var day = new DateTime(2017, 1, 1);
        var random = new Random(5);
        for (var hour = 0; hour < Hours; hour++, day = day.AddHours(1))
        {
            text.Append(EsoText.Step(day.Month, day.Day, day.Hour, 0, 60, day.DayOfWeek.ToString()));
            for (var id = 10; id < Series + 10; id++)
                if (hour % 7 != 0 || id % 5 != 0) text.Append(CultureInfo.InvariantCulture, $"{id},{random.NextDouble() * 30:R}\n");
        }
        await File.WriteAllTextAsync(folder["eplusout.eso"], text.Append(EsoText.End).ToString(), Token);
        using var made = await MadeSeries.InAsync(folder.Path);
        Assert.Null(made.Told);
        Assert.Equal(1, Compare(made, folder["eplusout.eso"], null));
    }

    [Fact]
    public void Nobody_else_may_leave_a_file_of_such_a_name()
    {
        var rule = new ResultRule("eplus", ["*"]);
        Assert.True(rule.IsOurs("timeseries.hourly.parquet"));
        Assert.True(rule.IsOurs("a/TimeSeries.Run_Period.parquet"));
        Assert.False(rule.IsOurs("timeseries.parquet"));
        Assert.Equal("application/vnd.apache.parquet", ContentTypes.Of("timeseries.hourly.parquet"));
    }

    private static async Task RefusedAsync(string eso, string why)
    {
        using var made = await MadeSeries.OfAsync(eso);
        Assert.Empty(made.Names);
        Assert.Contains(why, made.Told, StringComparison.Ordinal);
        Assert.True(made.Told!.Length <= RunSentences.Longest);
    }

    private static string Hourly(int hours)
    {
        var start = new DateTime(2017, 1, 1);
        var steps = Enumerable.Range(0, hours).Select(hour => start.AddHours(hour)).Select((at, hour) =>
            EsoText.Step(at.Month, at.Day, at.Hour, 0, 60, at.DayOfWeek.ToString())
                + string.Create(CultureInfo.InvariantCulture, $"10,{Math.Sin(hour) * 20:R}\n"));
        return EsoText.File(["10,1,Z,Temperature [C] !Hourly"], [EsoText.Environment("RUN"), .. steps]);
    }

    private static object? One(string query) => MadeSeries.Query(query).Rows[0][0];

    private static async Task<TemporaryFolder> RunAsync(string model, bool readVars = false)
    {
        var folder = new TemporaryFolder();
        var path = folder["in.idf"];
        var asked = Frequencies.SelectMany<string, string>(each =>
        [
            $"Output:Variable,*,Zone Mean Air Temperature,{each};",
            $"Output:Variable,*,Site Outdoor Air Drybulb Temperature,{each};",
            $"Output:Variable,*,Zone Air System Sensible Heating Rate,{each};",
        ]).Concat(Frequencies.Skip(1).SelectMany<string, string>(each =>
        [
            $"Output:Meter,Electricity:Facility,{each};",
            $"Output:Meter:MeterFileOnly,InteriorLights:Electricity,{each};",
        ]));
        await File.WriteAllTextAsync(path, model + "\n" + string.Join('\n', asked) + "\n", Token);
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var ended = await runner.RunAsync(
            new()
            {
                ModelPath = path,
                WeatherPath = RealParts.Weather("Golden"),
                OutputDirectory = folder.Path,
                ReadVars = readVars,
                Annual = true,
            },
            progress: null, Token);
        Assert.Equal(RunOutcome.Completed, ended.Outcome);
        return folder;
    }

    /// <summary>Compares every value and time; how many files there are.</summary>
    private static int Compare(MadeSeries made, string eso, string? mtr)
    {
        var sources = new[] { eso, mtr }.OfType<string>().Select(path =>
        {
            using var file = File.OpenRead(path);
            return EsoResults.Read(file);
        }).ToList();
        var compared = 0;
        foreach (var frequency in Enum.GetValues<ResultFrequency>())
        {
            var all = sources.SelectMany(source => source.AllSeries())
                .Where(series => series.Variable.Frequency == frequency)
                .DistinctBy(series => (series.Variable.Id, series.Environment.Index))
                .ToList();
            if (all.Count == 0) continue;
            compared++;
            var columns = made.Columns(frequency);
            Assert.Equal(all.Select(series => series.Variable.Id).Distinct().Count(), columns.Count - 3);
            foreach (var series in all) Compare(columns, series);
        }
        return compared;
    }

    private static void Compare(Dictionary<string, List<object?>> columns, ResultSeries series)
    {
        var values = columns[SeriesFiles.ColumnOf(series.Variable)];
        var rows = Enumerable.Range(0, values.Count)
            .Where(row => (string)columns["environment"][row]! == series.Environment.Title && values[row] is not null)
            .ToList();
        Assert.Equal(series.Count, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(series.Values.Span[i]), BitConverter.DoubleToInt64Bits((double)values[rows[i]]!));
            Assert.Equal(series.Times[i].Start, columns["start"][rows[i]]);
            Assert.Equal(series.Times[i].End, columns["end"][rows[i]]);
        }
    }
}
