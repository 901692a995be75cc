using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Runs.Records;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// What a file of series says of itself in its metadata, so that a reader needs nothing else: one text under each key. See
/// <c>docs/timeseries.md</c>.
/// </summary>
internal sealed class SeriesMetadata
{
    public const string SchemaKey = "idfkit.timeseries", Schema = "idfkit.timeseries/1";
    public const string Environment = "environment", Start = "start", End = "end";

    private const string FrequencyKey = "idfkit.frequency", EnvironmentsKey = "idfkit.environments", SeriesKey = "idfkit.series";
    private const string DayTypesKey = "idfkit.day_types", CutKey = "idfkit.is_cut";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns before those of the series.</summary>
    public static IReadOnlyList<string> OwnColumns { get; } = [Environment, Start, End];

    public required IReadOnlyList<SeriesRows> Environments { get; init; }

    public required IReadOnlyList<ResultVariable> Variables { get; init; }

    /// <summary>Of each row.</summary>
    public required IReadOnlyList<string> DayTypes { get; init; }

    public required bool IsCut { get; init; }

    public static Dictionary<string, string> Write(SeriesTable table, SeriesAbout about) => new()
    {
        [SchemaKey] = Schema,
        ["idfkit.run_id"] = about.RunId,
        ["idfkit.model_key"] = about.ModelKey,
        ["idfkit.energyplus"] = about.EngineVersion,
        [FrequencyKey] = SeriesFiles.NameOf(table.Frequency),
        ["idfkit.units"] = Units(table),
        [EnvironmentsKey] = Json(json => WriteEnvironments(json, table)),
        [SeriesKey] = Json(json => WriteSeries(json, table)),
        [DayTypesKey] = DayTypeRuns.Write(table.Environments.SelectMany(environment => environment.Times.Select(time => time.DayType))),
        [CutKey] = about.IsCut ? "true" : "false",
    };

    /// <summary>Takes the texts of a file apart; null when they are of another form, frequency, rows or columns.</summary>
    public static SeriesMetadata? Read(
        IReadOnlyDictionary<string, string> texts, ResultFrequency frequency, IReadOnlyList<string> columns, int rows)
    {
        if (texts.GetValueOrDefault(SchemaKey) != Schema) return null;
        if (texts.GetValueOrDefault(FrequencyKey) != SeriesFiles.NameOf(frequency)) return null;
        if (!columns.Take(OwnColumns.Count).SequenceEqual(OwnColumns)) return null;
        var environments = ReadEnvironments(texts.GetValueOrDefault(EnvironmentsKey) ?? "");
        var variables = ReadSeries(texts.GetValueOrDefault(SeriesKey) ?? "", frequency, [.. columns.Skip(OwnColumns.Count)]);
        var dayTypes = DayTypeRuns.Read(texts.GetValueOrDefault(DayTypesKey) ?? "", rows);
        if (environments is null || variables is null || dayTypes is null) return null;
        if (environments.Sum(one => (long)one.Count) != rows) return null;
        return new()
        {
            Environments = environments,
            Variables = variables,
            DayTypes = dayTypes,
            IsCut = texts.GetValueOrDefault(CutKey) == "true",
        };
    }

    private static string Units(SeriesTable table) => Json(json =>
    {
        json.WriteStartObject();
        for (var i = 0; i < table.Variables.Count; i++) json.WriteString(table.Columns[i], table.Variables[i].Units);
        json.WriteEndObject();
    });

    private static void WriteEnvironments(Utf8JsonWriter json, SeriesTable table)
    {
        json.WriteStartArray();
        foreach (var (_, environment, times) in table.Environments)
        {
            json.WriteStartObject();
            json.WriteString("title", environment.Title);
            json.WriteNumber("index", environment.Index);
            json.WriteBoolean("design_day", environment.IsDesignDay);
            json.WriteNumber("rows", times.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>EnergyPlus's number, and how long key, name and unit are in the column's name: what lies between them is known.</summary>
    private static void WriteSeries(Utf8JsonWriter json, SeriesTable table)
    {
        json.WriteStartArray();
        foreach (var variable in table.Variables)
            foreach (var number in (int[])[variable.Id, variable.Key.Length, variable.Name.Length, variable.Units.Length])
                json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static List<SeriesRows>? ReadEnvironments(string text)
    {
        using var json = Parse(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Array } array) return null;
        var environments = new List<SeriesRows>();
        foreach (var one in array.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object
                || !one.TryGetProperty("title", out var title) || title.ValueKind != JsonValueKind.String
                || !one.TryGetProperty("index", out var index) || !TryCount(index, out var place)
                || !one.TryGetProperty("design_day", out var designDay)
                || !one.TryGetProperty("rows", out var rows) || !TryCount(rows, out var count))
            {
                return null;
            }
            environments.Add(new(new(place, title.GetString()!, designDay.ValueKind == JsonValueKind.True), count));
        }
        return environments;
    }

    private static List<ResultVariable>? ReadSeries(string text, ResultFrequency frequency, IReadOnlyList<string> columns)
    {
        const int Each = 4;
        using var json = Parse(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Array } array) return null;
        if (array.GetArrayLength() != columns.Count * Each) return null;
        var variables = new List<ResultVariable>(columns.Count);
        var numbers = array.EnumerateArray();
        foreach (var column in columns)
        {
            var each = new int[Each];
            foreach (ref var number in each.AsSpan())
                if (!numbers.MoveNext() || !TryCount(numbers.Current, out number)) return null;
            if (Variable(column, each, frequency) is not { } variable) return null;
            variables.Add(variable);
        }
        return variables;
    }

    private static ResultVariable? Variable(string column, ReadOnlySpan<int> numbers, ResultFrequency frequency)
    {
        var (key, name, units) = (numbers[1], numbers[2], numbers[3]);
        var nameAt = key == 0 ? 0 : (long)key + 1;
        var unitsAt = nameAt + name + " [".Length;
        if (unitsAt + units > column.Length) return null;
        var variable = new ResultVariable(
            numbers[0], column[..key], column.Substring((int)nameAt, name), column.Substring((int)unitsAt, units), frequency);
        return column.StartsWith(SeriesFiles.ColumnOf(variable), StringComparison.Ordinal) ? variable : null;
    }

    private static bool TryCount(JsonElement number, out int value)
    {
        value = 0;
        return number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out value) && value >= 0;
    }

    private static JsonDocument? Parse(string text)
    {
        try { return JsonDocument.Parse(text); }
        catch (JsonException) { return null; } // not our file
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Plain)) write(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

/// <summary>The rows of one environment, behind those of the environments before it.</summary>
internal sealed record SeriesRows(ResultEnvironment Environment, int Count);

/// <summary>What a file of series tells of its run.</summary>
/// <param name="RunId">As the record has it.</param>
/// <param name="ModelKey">The model, as the record names it.</param>
/// <param name="EngineVersion">Of EnergyPlus.</param>
/// <param name="IsCut">Whether the run's files end before their end mark.</param>
internal sealed record SeriesAbout(string RunId, string ModelKey, string EngineVersion, bool IsCut);
