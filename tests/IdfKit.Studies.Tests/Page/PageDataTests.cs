using System.Text;
using System.Text.Json;

using IdfKit.Runs.Tables;
using IdfKit.Studies.Page;

using RunBed.Studies;

namespace IdfKit.Studies.Tests.Page;

/// <summary>The rows that the page carries are those of the table.</summary>
public sealed class PageDataTests
{
    private static readonly Dictionary<string, PageFacts> Studies = new(StringComparer.Ordinal)
    {
        ["sweep"] = MadeUpStudies.Sweep, ["ten thousand"] = MadeUpStudies.TenThousand, ["words"] = MadeUpStudies.Words,
        ["hostile"] = MadeUpStudies.Hostile, ["one row"] = MadeUpStudies.OneRow, ["no columns"] = MadeUpStudies.NoColumns,
    };

    public static TheoryData<string> Names => [.. Studies.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Each_cell_is_that_of_the_table(string name)
    {
        var table = Studies[name].Table!;
        using var json = JsonOf(Studies[name]);
        var places = table.Columns.Index().ToDictionary(column => column.Item.Name, column => column.Index, StringComparer.Ordinal);
        var texts = json.RootElement.GetProperty("names").EnumerateArray().Select(item => item.GetString()!).ToArray();
        Assert.Equal(Enumerable.Range(0, table.RowCount).Select(row => AsUtf8(table.Cell(row, 0).Text!)), texts);
        foreach (var column in json.RootElement.GetProperty("columns").EnumerateArray())
        {
            if (!places.TryGetValue(column.GetProperty("name").GetString()!, out var place)) continue; // worked out
            var cells = CellsOf(column, table.RowCount);
            for (var row = 0; row < table.RowCount; row++) AssertSame(table.Cell(row, place), cells[row]);
        }
    }

    [Fact]
    public void It_is_ascii_without_a_sign_of_markup()
    {
        var json = Encoding.Latin1.GetString(PageData.Json(PageContent.Of(MadeUpStudies.Hostile)));
        Assert.Matches("^[ -~]+$", json);
        Assert.DoesNotMatch("[<>&]", json);
    }

    [Fact]
    public void End_uses_become_energy_by_area()
    {
        using var json = JsonOf(MadeUpStudies.Sweep);
        JsonElement Column(string name) => json.RootElement.GetProperty("columns").EnumerateArray()
            .Single(column => column.GetProperty("name").GetString() == name);
        Assert.Equal("kWh/m²", Column("heating_kwh_m2").GetProperty("unit").GetString());
        var (heating, cooling) = (CellsOf(Column("heating_kwh_m2"), 100), CellsOf(Column("cooling_kwh_m2"), 100));
        var whole = CellsOf(Column("site_eui_kwh_m2"), 100);
        Assert.Equal(whole[0]!.Value.GetDouble(), heating[0]!.Value.GetDouble() + cooling[0]!.Value.GetDouble() + 48, 3);
        Assert.Null(heating[17]); // it failed
    }

    [Fact]
    public void What_is_the_same_in_all_rows_takes_no_room()
    {
        using var json = JsonOf(MadeUpStudies.TenThousand);
        var lengths = json.RootElement.GetProperty("columns").EnumerateArray()
            .Where(column => column.TryGetProperty("same", out _)).Select(column => column.GetRawText().Length);
        Assert.All(lengths, length => Assert.InRange(length, 0, 300));
    }

    private static JsonDocument JsonOf(PageFacts facts) => JsonDocument.Parse(PageData.Json(PageContent.Of(facts)).ToArray());

    private static JsonElement?[] CellsOf(JsonElement column, int rows)
    {
        JsonElement? Known(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : value;
        if (column.TryGetProperty("values", out var values)) return [.. values.EnumerateArray().Select(Known)];
        var words = column.GetProperty("words").EnumerateArray().ToArray();
        if (column.TryGetProperty("same", out _)) return [.. Enumerable.Repeat<JsonElement?>(words[0], rows)];
        return [.. column.GetProperty("at").EnumerateArray().Select(at => at.GetInt32() < 0 ? (JsonElement?)null : words[at.GetInt32()])];
    }

    private static void AssertSame(RunCell expected, JsonElement? found)
    {
        if (expected.AsNumber is { } number) Assert.Equal(1, (found!.Value.GetDouble() + 1e-290) / (number + 1e-290), 1e-5);
        else Assert.Equal(expected.Text is { } text ? Engine.OneLine.Of(AsUtf8(text)) : null, found?.GetString());
    }

    private static string AsUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
