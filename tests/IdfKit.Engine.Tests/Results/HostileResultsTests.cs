using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TestBed;

using IdfKit.Engine.Results;

namespace IdfKit.Engine.Tests.Results;

/// <summary>The readers of what a run leaves come to an end, whatever lies under the names that they read.</summary>
public sealed class HostileResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("eplusout.sql")]
    [InlineData("eplustbl.htm")]
    [InlineData("eplustbl.csv")]
    [InlineData("eplusout.eio")]
    [InlineData("eplusout.err")]
    public async Task Pipe_or_link_in_a_files_place_is_as_good_as_no_file(string name)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Hostile.Pipe(_folder[name]);
        Assert.Null((await ReadAsync()).SiteEnergyGj);
        File.Delete(_folder[name]);
        File.CreateSymbolicLink(_folder[name], "/dev/zero");
        Assert.Null((await ReadAsync()).SiteEnergyGj);
    }

    [Theory, InlineData("eplusout.end"), InlineData("eplusout.err")]
    public async Task Tail_of_a_pipe_or_of_a_device_is_empty(string name)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Hostile.Pipe(_folder[name]);
        Assert.Equal("", await InTimeAsync(() => BoundedLines.Tail(_folder[name])));
        File.Delete(_folder[name]);
        File.CreateSymbolicLink(_folder[name], "/dev/zero");
        Assert.Equal("", await InTimeAsync(() => BoundedLines.Tail(_folder[name])));
    }

    [Fact]
    public async Task Report_that_is_no_html_is_as_good_as_none()
    {
        await File.WriteAllTextAsync(_folder["eplustbl.htm"], "root:x:0:0", TestContext.Current.CancellationToken);
        Assert.Null((await ReadAsync()).SiteEnergyGj);
    }

    [Theory, InlineData("1e308"), InlineData("NaN"), InlineData("Infinity"), InlineData("-1e300")]
    public async Task Numbers_that_no_run_has_are_left_out_and_the_summary_can_be_written(string number)
    {
        await File.WriteAllTextAsync(_folder["eplusout.eio"],
            $"Environment,RUN PERIOD 1,WeatherFileRunPeriod,01/01/2017,12/31/2017,Sunday,{number},x\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["eplustbl.htm"], $"""
            <html><b>Values gathered over {number} hours</b>
            <p>Report:<b> Annual Building Utility Performance Summary</b></p><p>For:<b> Entire Facility</b></p>
            <b>Site and Source Energy</b><table>
            <tr><td></td><td>Total Energy [GJ]</td></tr><tr><td>Total Site Energy</td><td>{number}</td></tr></table>
            <b>End Uses</b><table>
            <tr><td></td><td>Electricity [GJ]</td></tr><tr><td>Heating</td><td>{number}</td></tr></table></html>
            """, TestContext.Current.CancellationToken);
        var summary = await ReadAsync();
        Assert.Null(summary.SiteEnergyGj);
        Assert.Empty(summary.Periods);
        Assert.NotEmpty(JsonSerializer.SerializeToUtf8Bytes(summary));
    }

    [Fact]
    public async Task Eio_with_a_million_periods_gives_a_small_summary()
    {
        var eio = new StringBuilder();
        for (var i = 0; i < 200_000; i++)
            eio.Append("Environment,P").Append(i).Append(",WeatherFileRunPeriod,01/01/2017,12/31/2017,Sunday,1,x\n");
        await File.WriteAllTextAsync(_folder["eplusout.eio"], eio.ToString(), TestContext.Current.CancellationToken);
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(await ReadAsync()).Length < 100_000);
    }

    [Fact]
    public async Task Table_with_a_million_end_uses_gives_a_small_summary()
    {
        var rows = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            rows.Append("<tr><td>Use").Append(i).Append(new string('x', 200)).Append("</td><td>1</td></tr>\n");
        await File.WriteAllTextAsync(_folder["eplustbl.htm"], $"""
            <html><p>Report:<b> Annual Building Utility Performance Summary</b></p><p>For:<b> Entire Facility</b></p>
            <b>Site and Source Energy</b><table><tr><td></td><td>Total Energy [GJ]</td></tr></table>
            <b>End Uses</b><table><tr><td></td><td>Electricity [GJ]</td></tr>{rows}</table></html>
            """, TestContext.Current.CancellationToken);
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(await ReadAsync()).Length < 100_000);
    }

    [Fact]
    public async Task Database_that_can_be_read_for_ever_is_given_up()
    {
        MakeEndless();
        Assert.Null((await ReadAsync(TimeSpan.FromSeconds(60))).SiteEnergyGj);
    }

    [Fact]
    public async Task Database_that_can_be_read_for_ever_is_given_up_at_once_when_nobody_waits_for_it()
    {
        MakeEndless();
        var given = TimeSpan.FromSeconds(25); // otherwise it is read for 30 s
        Assert.Null((await InTimeAsync(() => SummarySources.Read(_folder.Path, "eplus", 'L', new CancellationToken(canceled: true)), given))
            .SiteEnergyGj);
    }

    [Theory]
    [InlineData("CREATE VIEW Simulations AS SELECT 1 AS x WHERE instr({0}) = -1")] // one call takes hours, and nothing interrupts it
    [InlineData("CREATE VIEW simulations AS WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT n FROM r")]
    [InlineData("CREATE TABLE Simulations(y); CREATE TABLE Strings(StringIndex, Value AS (instr({0})))")]
    [InlineData("CREATE TABLE Simulations(y); CREATE TABLE Time(x, y/**/GENERATED/**/ALWAYS/**/AS/**/(instr({0})))")]
    public async Task Database_whose_tables_are_computed_is_as_good_as_none(string definition)
    {
        const string Long = "CAST(hex(zeroblob(7000000)) AS BLOB), CAST(hex(zeroblob(3500000)) || '1' AS BLOB)";
        await using (var database = new SqliteConnection($"Data Source={_folder["eplusout.sql"]};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = definition.Replace("{0}", Long, StringComparison.Ordinal);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var error = await InTimeAsync(() =>
        {
            using var folder = IdfKit.Engine.Folders.ChildFolder.TryOpen(_folder.Path)!;
            return Assert.Throws<ResultsException>(() => SqlResults.TryOpenIn(folder, _folder.Path, "eplusout.sql"));
        });
        Assert.Contains("computed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_of_nothing_but_tags_is_read_in_time()
    {
        var tags = string.Concat(Enumerable.Repeat("<x>", 2_000_000));
        await File.WriteAllTextAsync(_folder["eplustbl.htm"], $"<html><p>Report:<b>{tags}</b></p><table><tr><td>a</td></tr></table></html>",
            TestContext.Current.CancellationToken);
        Assert.Null((await ReadAsync()).SiteEnergyGj);
    }

    [Theory, InlineData("eplustbl.htm", "<html>", "<table></table>"), InlineData("eplustbl.csv", "REPORT:,A\n", ",\na\n")]
    public async Task Report_of_millions_of_tables_takes_little_memory(string name, string start, string table)
    {
        var tables = string.Concat(Enumerable.Repeat(table, 15_000_000 / table.Length));
        await File.WriteAllTextAsync(_folder[name], start + tables, TestContext.Current.CancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(EnergySummary.Read(_folder.Path).SiteEnergyGj);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000); // in all, not at once
    }

    [Fact]
    public async Task Messages_made_to_keep_patterns_busy_are_read_in_time()
    {
        string[] lines =
        [
            "EnergyPlus Completed Successfully" + new string('1', 60_000),
            "   ** Severe  ** " + new string('A', 200) + string.Concat(Enumerable.Repeat(":A", 300)),
            "   ** Severe  ** <root>" + string.Concat(Enumerable.Repeat("[]", 200)) + "x",
            "   ** Warning ** occurred " + new string('1', 60_000),
        ];
        var text = string.Join('\n', Enumerable.Range(0, 500).SelectMany(_ => lines));
        await File.WriteAllTextAsync(_folder["eplusout.err"], text, TestContext.Current.CancellationToken);
        Assert.NotNull(await InTimeAsync(() => ErrDigest.ReadFile(_folder["eplusout.err"])));
    }

    private void MakeEndless()
    {
        // Each row of the cells meets a thousand rows of texts, six times over.
        using (var connection = new SqliteConnection($"Data Source={_folder["eplusout.sql"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE Simulations (a); CREATE TABLE EnvironmentPeriods (EnvironmentType);
                CREATE TABLE Strings (StringIndex INTEGER, Value TEXT);
                CREATE TABLE TabularData (TabularDataIndex, ReportNameIndex, ReportForStringIndex, TableNameIndex, RowNameIndex,
                    ColumnNameIndex, UnitsIndex, RowId, ColumnId, Value);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
                    INSERT INTO Strings SELECT 1, 'End Uses' FROM n;
                INSERT INTO TabularData VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1, '1');
                """;
            command.ExecuteNonQuery();
        }
    }

    private Task<EnergySummary> ReadAsync(TimeSpan? limit = null) => InTimeAsync(() => EnergySummary.Read(_folder.Path), limit);

    private static Task<T> InTimeAsync<T>(Func<T> read, TimeSpan? limit = null) =>
        Task.Factory.StartNew(read, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(limit ?? TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
}
