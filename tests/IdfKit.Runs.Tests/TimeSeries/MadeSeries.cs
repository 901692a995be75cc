using DuckDB.NET.Data;

using IdfKit.Engine;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Runs.TimeSeries;

using TestBed;

namespace IdfKit.Runs.Tests.TimeSeries;

/// <summary>The files of series of a folder of results, and what DuckDB reads in them.</summary>
internal sealed class MadeSeries : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    private MadeSeries() => _workspace = Workspace.Create(_folder.Path, "1");

    /// <summary>What was said of what could not be made.</summary>
    public string? Told { get; private set; }

    public IEnumerable<string> Names => _workspace.Made.Select(file => file.Path).Order(StringComparer.Ordinal);

    /// <summary>Makes them of a folder.</summary>
    public static async Task<MadeSeries> InAsync(string directory)
    {
        var made = new MadeSeries();
        var record = new RunRecord
        {
            RunId = "0123",
            Status = RunStatus.Completed,
            Input = new("models", "inputs/office.idf"),
            Engine = new("25.2.0", "cf7368216c", false),
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        var making = new SeriesMaking(made._workspace, new(directory), record, new());
        made.Told = await making.MakeAsync(TestContext.Current.CancellationToken);
        return made;
    }

    /// <summary>Makes them of texts.</summary>
    public static async Task<MadeSeries> OfAsync(string? eso, string? mtr = null)
    {
        using var folder = new TemporaryFolder();
        if (eso is not null) await File.WriteAllTextAsync(folder["eplusout.eso"], eso);
        if (mtr is not null) await File.WriteAllTextAsync(folder["eplusout.mtr"], mtr);
        return await InAsync(folder.Path);
    }

    public string PathOf(ResultFrequency frequency) =>
        _workspace.Made.Single(file => file.Path == SeriesFiles.FileOf(frequency)).LocalPath;

    /// <summary>The columns of a file, by name, as DuckDB reads them.</summary>
    public Dictionary<string, List<object?>> Columns(ResultFrequency frequency, string condition = "")
    {
        var (names, rows) = Query($"SELECT * FROM read_parquet('{PathOf(frequency)}') {condition}");
        return names.Index().ToDictionary(name => name.Item, name => rows.Select(row => row[name.Index]).ToList());
    }

    public Dictionary<string, string> Metadata(ResultFrequency frequency)
    {
        var (_, rows) = Query($"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{PathOf(frequency)}')");
        return rows.ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
    }

    public static (List<string> Names, List<object?[]> Rows) Query(string query)
    {
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        using var command = database.CreateCommand();
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
        return (names, rows);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }
}
