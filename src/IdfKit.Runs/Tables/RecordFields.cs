using System.Text.Json;

namespace IdfKit.Runs.Tables;

/// <summary>A value of a record's JSON, and what stands in it. What is absent, null or of another kind is nothing.</summary>
/// <param name="element">The value; undefined where it is absent.</param>
internal readonly struct RecordFields(JsonElement element)
{
    public bool IsObject => element.ValueKind is JsonValueKind.Object;

    public RecordFields this[string name] => IsObject && element.TryGetProperty(name, out var field) ? new(field) : default;

    /// <summary>The fields of an object.</summary>
    public IEnumerable<(string Name, RecordFields Value)> Fields =>
        IsObject ? element.EnumerateObject().Select(part => (part.Name, new RecordFields(part.Value))) : [];

    /// <summary>The items of an array.</summary>
    public IEnumerable<RecordFields> Items =>
        element.ValueKind is JsonValueKind.Array ? element.EnumerateArray().Select(item => new RecordFields(item)) : [];

    public string? Text => element.ValueKind is JsonValueKind.String ? element.GetString() : null;

    public RunCell TextCell => RunCell.Of(Text);

    public RunCell IntegerCell => IsNumber && element.TryGetInt64(out var whole) ? RunCell.Of(whole) : default;

    public RunCell NumberCell => IsNumber && element.TryGetDouble(out var number) ? RunCell.Of(number) : default;

    public RunCell TimeCell =>
        element.ValueKind is JsonValueKind.String && element.TryGetDateTimeOffset(out var time) ? RunCell.Of(time) : default;

    private RunCell FlagCell => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? RunCell.Of(element.GetBoolean()) : default;

    /// <summary>The value as its own kind says; a number is never taken for a whole one, because the next record's may not be.</summary>
    public RunCell Cell => element.ValueKind switch
    {
        JsonValueKind.String => TextCell,
        JsonValueKind.Number => NumberCell,
        _ => FlagCell,
    };

    private bool IsNumber => element.ValueKind is JsonValueKind.Number;

    /// <summary>The value, when it is of that kind.</summary>
    public RunCell CellOf(RunColumnKind kind) => kind switch
    {
        RunColumnKind.Text => TextCell,
        RunColumnKind.Whole => IntegerCell,
        RunColumnKind.Number => NumberCell,
        RunColumnKind.Time => TimeCell,
        _ => FlagCell,
    };
}
