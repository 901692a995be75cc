using IdfKit.Engine;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Simulation.Tests.Results;

/// <summary>One series of a run that lies elsewhere, out of its Parquet.</summary>
public sealed class ParquetSeriesTests
{
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_of_a_remote_run_takes_three_small_requests_and_is_that_of_the_other_files()
    {
        await RunAsync("RefBldgSmallOffice");
        var remote = new CountingFileSystem(_files.AsAsync());
        using var result = await SimulationResult.FromDirectoryAsync("out", remote, Token);
        remote.Clear();

        const string Temperature = "Zone Mean Air Temperature";
        var series = (await result.GetSeriesAsync(Temperature, "CORE_ZN", ResultFrequency.Hourly, cancellationToken: Token))!;
        _ = series.Times;
        Assert.InRange(remote.Requests, 1, 3);
        Assert.InRange(remote.Bytes, 1, 150_000);
        Assert.Equal(8760, series.Count);

        remote.Clear();
        var second = await result.GetSeriesAsync(Temperature, "PERIMETER_ZN_1", ResultFrequency.Hourly, cancellationToken: Token);
        Assert.Equal(1, remote.Requests);
        Assert.NotEqual(series.Values.ToArray(), second!.Values.ToArray());

        using var others = await WithoutParquetAsync();
        AssertSame(others.Series(Temperature, "CORE_ZN", ResultFrequency.Hourly)!, series);
    }

    [Fact]
    public async Task Series_are_the_same_whichever_file_they_come_from()
    {
        await RunAsync("one-zone");
        using var ours = await SimulationResult.FromDirectoryAsync("out", _files.AsAsync(), Token);
        using var others = await WithoutParquetAsync();
        var compared = 0;
        foreach (var variable in others.Eso!.Variables.Concat(others.Mtr!.Variables))
        {
            foreach (var environment in others.Eso.Environments)
            {
                var expected = others.Series(variable.Name, variable.Key, variable.Frequency, environment.Title);
                var series = ours.Series(variable.Name, variable.Key, variable.Frequency, environment.Title);
                Assert.Equal(expected is null, series is null);
                if (expected is null) continue;
                AssertSame(expected, series!);
                Assert.Equal(expected.Extremes, series!.Extremes);
                compared++;
            }
            AssertSame(others.Series(variable.Name)!, ours.Series(variable.Name)!);
        }
        Assert.True(compared >= 10, $"{compared}");
        Assert.Null(ours.Series("No Such Variable"));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("foreign")]
    [InlineData("longer")]
    public async Task Series_fall_back_where_the_file_is_gone_or_unreadable(string fault)
    {
        await RunAsync("one-zone");
        const string Path = "out/timeseries.hourly.parquet";
        var bytes = _files.ReadBytes(Path);
        if (fault == "gone") _files.Remove(Path);
        else
        {
            _files.WriteBytes(Path, fault switch
            {
                "empty" => [],
                "cut" => bytes[..^100],
                "longer" => [.. bytes, 1, 2, 3],
                _ => new byte[bytes.Length],
            });
        }
        using var ours = await SimulationResult.FromDirectoryAsync("out", _files.AsAsync(), Token);
        using var others = await WithoutParquetAsync();
        AssertSame(
            others.Series("Zone Mean Air Temperature", frequency: ResultFrequency.Hourly)!,
            ours.Series("Zone Mean Air Temperature", frequency: ResultFrequency.Hourly)!);
    }

    [Fact]
    public async Task Damaged_bytes_give_the_right_series_or_the_fall_back_and_no_other_end()
    {
        await RunAsync("one-zone");
        const string Path = "out/timeseries.monthly.parquet";
        var bytes = _files.ReadBytes(Path);
        var random = new Random(4711);
        for (var round = 0; round < 300; round++)
        {
            var damaged = bytes.ToArray();
            for (var i = 0; i < 3; i++) damaged[random.Next(Math.Max(0, damaged.Length - 3000), damaged.Length)] = (byte)random.Next(256);
            _files.WriteBytes(Path, damaged);
            using var result = await SimulationResult.FromDirectoryAsync("out", _files.AsAsync(), Token);
            Assert.NotNull(result.Series("Zone Mean Air Temperature", frequency: ResultFrequency.Monthly));
        }
    }

    private async Task RunAsync(string model)
    {
        var text = await File.ReadAllTextAsync(RealParts.Model(model), Token);
        string[] asked = [.. Enum.GetValues<ResultFrequency>().Select(each => $"Output:Variable,*,Zone Mean Air Temperature,{each};"),
            "Output:Meter:MeterFileOnly,InteriorLights:Electricity,Hourly;"];
        _files.WriteText("m.idf", text + "\n" + string.Join('\n', asked) + "\n", cancellationToken: Token);
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        _files.WriteBytes("w.epw", await File.ReadAllBytesAsync(RealParts.Weather("Golden"), Token));
        var job = new SimulationJob("m.idf", "w.epw", "out") { Options = new() { TimeSeries = true, Annual = true } };
        using var result = await simulator.SimulateAsync(job, _files.AsAsync(), cancellationToken: Token);
        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("timeseries.hourly.parquet", result.Files);
        var told = result.Record!.Files.Single(file => file.Path == "timeseries.hourly.parquet");
        Assert.Equal("application/vnd.apache.parquet", told.ContentType);
    }

    /// <summary>The same run as an earlier version left it.</summary>
    private async Task<SimulationResult> WithoutParquetAsync()
    {
        var older = new MemoryFileSystem();
        foreach (var entry in _files.List("out"))
            if (!entry.Path.EndsWith(".parquet", StringComparison.Ordinal) && !entry.Path.EndsWith("run.json", StringComparison.Ordinal))
                older.WriteBytes(entry.Path, _files.ReadBytes(entry.Path));
        return await SimulationResult.FromDirectoryAsync("out", older.AsAsync(), Token);
    }

    private static void AssertSame(ResultSeries expected, ResultSeries actual)
    {
        Assert.Equal(expected.Variable, actual.Variable);
        Assert.Equal(expected.Environment, actual.Environment);
        Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
        Assert.Equal(expected.Times, actual.Times);
    }
}
