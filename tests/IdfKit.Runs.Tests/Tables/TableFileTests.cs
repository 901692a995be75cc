using System.Globalization;
using System.Text;

using DuckDB.NET.Data;

using IdfKit.Storage;

using TestBed;

namespace IdfKit.Runs.Tests.Tables;

/// <summary>What is written, as somebody else's reader (DuckDB) finds it, and as the next call takes it over.</summary>
public sealed class TableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Parquet_is_cell_by_cell_the_table_for_another_reader(int count)
    {
        var table = RunTable.Collect("outputs", SampleRuns.Many(count));
        await WriteAsync("t.parquet", table.WriteParquetAsync);

        var read = Query($"SELECT * FROM read_parquet('{_folder["t.parquet"]}')");
        Assert.Equal(table.Columns.Select(column => column.Name), read.Names);
        Assert.Equal(table.Columns.Select(TypeOf), read.Types);
        Assert.Equal(count, read.Rows.Count);
        for (var row = 0; row < count; row++)
            foreach (var (at, column) in table.Columns.Index())
                Assert.Equal(Millis(table.Rows[row][column.Name]), read.Rows[row][at]);
    }

    [Fact]
    public async Task Parquet_can_be_asked_by_conditions_and_says_what_it_is()
    {
        _files.Put("a", SampleRuns.Record(1) with { Label = "Büro, Süd" }, SampleRuns.Summary(1));
        _files.Put("b", SampleRuns.Record(2) with { Label = "Ωmega 🏠" }, SampleRuns.Summary(2));
        _files.Put("c", SampleRuns.Record(4, RunStatus.Failed));
        await WriteAsync("t.parquet", RunTable.Collect("", _files).WriteParquetAsync);
        var file = $"read_parquet('{_folder["t.parquet"]}')";

        Assert.Equal(["a"], Texts($"SELECT folder FROM {file} WHERE label = 'Büro, Süd'"));
        Assert.Equal(["b"], Texts($"SELECT folder FROM {file} WHERE label LIKE '%🏠' AND site_energy_gj > 100.3"));
        Assert.Equal(["c"], Texts($"SELECT folder FROM {file} WHERE site_energy_gj IS NULL AND status = 'failed'"));
        Assert.Equal(["a", "b"], Texts($"SELECT folder FROM {file} WHERE started_at < TIMESTAMPTZ '2026-02-03 04:05:09+00' ORDER BY 1"));
        Assert.Equal(["idfkit.table/1"],
            Texts($"SELECT decode(value) FROM parquet_kv_metadata('{_folder["t.parquet"]}') WHERE decode(key) = 'idfkit.table'"));
    }

    [Fact]
    public async Task Question_that_docs_pipelines_asks_in_DuckDB_is_answered()
    {
        var tagged = new Dictionary<string, string> { ["season"] = "winter" };
        _files.Put("a", SampleRuns.Record(1) with { Tags = tagged }, SampleRuns.Summary(1));
        _files.Put("b", SampleRuns.Record(2) with { Tags = tagged }, SampleRuns.Summary(2));
        await WriteAsync("results.parquet", RunTable.Collect("", _files).WriteParquetAsync);

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "pipelines.md"), Token);
        var sql = page.Split("```sql\n-- DuckDB\n")[1].Split("```")[0];
        var answer = Query(sql.Replace("'results.parquet'", $"'{_folder["results.parquet"]}'", StringComparison.Ordinal));
        Assert.Equal(["winter", 2L], Assert.Single(answer.Rows).Take(2));
    }

    [Fact]
    public async Task Csv_is_cell_by_cell_the_table_for_another_reader()
    {
        var table = RunTable.Collect("outputs", SampleRuns.Many(200));
        await WriteAsync("t.csv", table.WriteCsvAsync);
        var read = Query(Csv("t.csv", "all_varchar=true"));
        Assert.Equal(table.Columns.Select(column => column.Name), read.Names);
        for (var row = 0; row < table.Rows.Count; row++)
            foreach (var (at, column) in table.Columns.Index())
                Assert.Equal(Text(table.Rows[row][column.Name]), read.Rows[row][at]);
        // And with the types that a reader finds by itself.
        var sums = Query($"SELECT sum(site_energy_gj), max(timings_ms_total), min(started_at) FROM ({Csv("t.csv", "sample_size=-1")})");
        Assert.Equal(table.Rows.Sum(row => row["site_energy_gj"] as double? ?? 0), (double)sums.Rows[0][0]!, 1e-6);
        Assert.Equal(table.Rows.Max(row => (long)row["timings_ms_total"]!), sums.Rows[0][1]);
    }

    [Fact]
    public async Task Csv_quotes_what_must_be_and_keeps_lines_and_letters()
    {
        string[] labels =
        [
            "plain", "a,b", "a\"b\"", "line\nline", "line\r\nline\rline", " blanks ", "Büro ²", "🏠", "", "NULL", "\"", "''x",
        ];
        foreach (var (number, label) in labels.Index()) _files.Put($"r{number:00}", SampleRuns.Record() with { Label = label });
        var table = RunTable.Collect("", _files);
        await WriteAsync("t.csv", table.WriteCsvAsync);

        var bytes = await File.ReadAllBytesAsync(_folder["t.csv"], Token);
        Assert.Equal((byte[])[0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("\r\n", Encoding.UTF8.GetString(bytes.AsSpan(bytes.Length - 2)));
        var read = Texts($"SELECT coalesce(label, '') FROM ({Csv("t.csv", "all_varchar=true")})");
        Assert.Equal(labels, read);
        Assert.Equal(labels, (await ReadAsync("t.csv"))!.Rows.Select(row => row["label"]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49 30")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("=HYPERLINK(\"http://example.org\",\"x\")")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    public async Task Csv_holds_no_formulas_and_gives_the_text_back(string text)
    {
        var record = SampleRuns.Record() with
        {
            Label = text, Message = text, Tags = new Dictionary<string, string> { ["a"] = text, [text] = text },
        };
        _files.Put("a", record);
        var table = RunTable.Collect("", _files);
        await WriteAsync("t.csv", table.WriteCsvAsync);

        var read = Query(Csv("t.csv", "all_varchar=true"));
        foreach (var column in (string[])["label", "message", "tags_a"])
            Assert.Equal("'" + text, read.Rows[0][read.Names.IndexOf(column)]);
        Assert.All(read.Names, name => Assert.DoesNotMatch("^[=+@\t\r\n-]", name));
        var back = (await ReadAsync("t.csv"))!.Rows[0];
        Assert.Equal((text, text, text), (back["label"], back["message"], back["tags_a"]));
    }

    [Fact]
    public async Task Csv_of_plain_letters_has_no_mark_and_negative_numbers_stay_numbers()
    {
        _files.Put("a", """{"status": "completed", "run_id": "1", "summary": {"site_energy_gj": -5.5, "saved": -1e-9}}""");
        await WriteAsync("t.csv", RunTable.Collect("", _files).WriteCsvAsync);
        var text = await File.ReadAllTextAsync(_folder["t.csv"], Token);
        Assert.StartsWith("folder,model_key,status,", text, StringComparison.Ordinal);
        Assert.Contains(",-5.5,", text, StringComparison.Ordinal);
        Assert.Contains(",-1E-09,", text, StringComparison.Ordinal);
        Assert.Equal((byte)'f', (await File.ReadAllBytesAsync(_folder["t.csv"], Token))[0]);
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.parquet")]
    public async Task Table_that_is_read_again_and_brought_up_to_date_is_the_bytes_of_a_new_one(string name)
    {
        var files = SampleRuns.Many(120);
        files.Put("outputs/z/odd", "{");
        files.WriteText("outputs/z/plain/eplusout.end", "");
        files.Put("outputs/z/named", SampleRuns.Json(
            SampleRuns.Record(5) with { Tags = new Dictionary<string, string>() }, SampleRuns.Summary(5))
            .With("study", new Dictionary<string, string> { ["name"] = "-12", ["extra"] = "012", ["more"] = "Süd, =1" }));
        var first = RunTable.Collect("outputs", files);
        await WriteAsync(name, Writing(first, name));
        files.Put("outputs/p0/office-3", SampleRuns.Record(888) with { Tags = new Dictionary<string, string> { ["new"] = "-1" } });
        files.Put("outputs/added", SampleRuns.Record(889), SampleRuns.Summary(889));
        files.Remove("outputs/z/odd/run.json");

        var earlier = await ReadAsync(name);
        Assert.Equal(0, earlier!.RecordsRead);
        var updated = await RunTable.CollectAsync("outputs", files.AsAsync(), earlier, cancellationToken: Token);
        Assert.Equal(2, updated.RecordsRead);
        await WriteAsync("updated-" + name, Writing(updated, name));
        await WriteAsync("fresh-" + name, Writing(RunTable.Collect("outputs", files), name));
        Assert.Equal(
            await File.ReadAllBytesAsync(_folder["fresh-" + name], Token), await File.ReadAllBytesAsync(_folder["updated-" + name], Token));
    }

    [Theory]
    [InlineData("t.csv", "name,weather\r\nbase,chicago.epw\r\n")]
    [InlineData("t.csv", "")]
    [InlineData("t.csv", "\"folder")]
    [InlineData("t.csv", "folder,etag\r\na,b\r\n")]
    [InlineData("t.csv", "\0\0\0\0")]
    [InlineData("t.parquet", "")]
    [InlineData("t.parquet", "PAR1PAR1")]
    [InlineData("t.parquet", "PAR1 and more of something else that is not Parquet at all PAR1")]
    public async Task File_that_holds_no_table_is_told(string name, string content)
    {
        await File.WriteAllTextAsync(_folder[name], content, Token);
        Assert.Null(await ReadAsync(name));
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.parquet")]
    public async Task File_that_was_cut_or_altered_is_no_table_or_a_shorter_one(string name)
    {
        await WriteAsync(name, Writing(RunTable.Collect("outputs", SampleRuns.Many(30)), name));
        var whole = await File.ReadAllBytesAsync(_folder[name], Token);
        var random = new Random(14);
        for (var round = 0; round < Needs.Rounds(200, 40); round++)
        {
            var damaged = whole.AsSpan(0, random.Next(whole.Length)).ToArray();
            if (round % 2 == 1) (damaged = [.. whole])[random.Next(whole.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(_folder[name], damaged, Token);
            Assert.InRange((await ReadAsync(name))?.Rows.Count ?? 0, 0, 30);
        }
    }

    [Fact]
    public void Blocking_calls_write_the_same_bytes()
    {
        var table = RunTable.Collect("outputs", SampleRuns.Many(10));
        using var csv = new MemoryStream();
        using var parquet = new MemoryStream();
        table.WriteCsv(csv);
        table.WriteParquet(parquet);
        Assert.StartsWith("folder,", Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);
        Assert.Equal("PAR1"u8.ToArray(), parquet.ToArray()[..4]);
        Assert.Equal("PAR1"u8.ToArray(), parquet.ToArray()[^4..]);
    }

    private static Func<Stream, CancellationToken, Task> Writing(RunTable table, string name) =>
        name.EndsWith(".csv", StringComparison.Ordinal) ? table.WriteCsvAsync : table.WriteParquetAsync;

    private static string TypeOf(RunColumn column) => column.Kind switch
    {
        RunColumnKind.Whole => "BIGINT",
        RunColumnKind.Number => "DOUBLE",
        RunColumnKind.Flag => "BOOLEAN",
        RunColumnKind.Time => "TIMESTAMP WITH TIME ZONE",
        _ => "VARCHAR",
    };

    // DuckDB gives moments as DateTime, and Parquet holds milliseconds.
    private static object? Millis(object? value) => value is DateTimeOffset time ? Cut(time).UtcDateTime : value;

    private static DateTimeOffset Cut(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => System.Text.Json.JsonSerializer.Serialize(time).Trim('"').Replace("\\u002B", "+", StringComparison.Ordinal),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private string Csv(string name, string options) =>
        $"SELECT * FROM read_csv('{_folder[name]}', header=true, delim=',', quote='\"', escape='\"', {options})";

    private async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write)
    {
        await using var file = File.Create(_folder[name]);
        await write(file, Token);
    }

    private async Task<RunTable?> ReadAsync(string name)
    {
        await using var file = File.OpenRead(_folder[name]);
        return name.EndsWith(".csv", StringComparison.Ordinal)
            ? await RunTable.ReadCsvAsync(file, Token)
            : await RunTable.ReadParquetAsync(file, Token);
    }

    private static List<string?> Texts(string query) => [.. Query(query).Rows.Select(row => row[0]?.ToString())];

    private static (List<string> Names, List<string> Types, List<object?[]> Rows) Query(string query)
    {
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "DESCRIBE " + query;
        var types = new List<string>();
        using (var described = command.ExecuteReader()) while (described.Read()) types.Add(described.GetString(1));
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add([.. values.Select(value => value is DBNull ? null : value)]);
        }
        return (names, types, rows);
    }
}
