using System.Text.Json;
using IdfKit.Engine.Models;
using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What this library believes of EnergyPlus's classes, beside the schema that EnergyPlus brings.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void ReferencedFiles_know_every_field_that_holds_the_name_of_a_file()
    {
        using var schema = Schema();
        var known = FileReferences.Fields.Select(field => $"{field.ClassName} {field.IdfField} {field.EpJsonKey}");

        Assert.Equal(
            Classes(schema).SelectMany(FileFields).Order(StringComparer.Ordinal),
            known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plan_knows_every_class_that_is_a_period()
    {
        using var schema = Schema();
        var periods = Classes(schema).Select(item => item.Name)
            .Where(name => name == "RunPeriod" || IsOf(name, "RunPeriod:", "SizingPeriod:"));

        Assert.Equal(
            ["RunPeriod", "SizingPeriod:DesignDay", "SizingPeriod:WeatherFileConditionType", "SizingPeriod:WeatherFileDays"],
            periods.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Fields named so that are text of any kind. The variables of a functional mock-up unit repeat the name of the unit's own object.
    /// </summary>
    private static IEnumerable<string> FileFields(JsonProperty item)
    {
        if (IsOf(item.Name, "ExternalInterface:FunctionalMockupUnitImport:")) yield break;
        var order = item.Value.GetProperty("legacy_idd").GetProperty("fields").EnumerateArray().Select(name => name.GetString()).ToList();
        var body = item.Value.GetProperty("patternProperties").EnumerateObject().First().Value;
        foreach (var field in body.GetProperty("properties").EnumerateObject().Where(field => IsFreeText(field.Value)))
        {
            if (field.Name.EndsWith("file_name", StringComparison.Ordinal) || field.Name.EndsWith("file_path", StringComparison.Ordinal))
                yield return $"{item.Name} {order.IndexOf(field.Name)} {field.Name}";
        }
    }

    private static bool IsFreeText(JsonElement field) =>
        field.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.GetString() == "string"
        && !field.TryGetProperty("enum", out _);

    private static bool IsOf(string name, params string[] starts) => starts.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static JsonElement.ObjectEnumerator Classes(JsonDocument schema) =>
        schema.RootElement.GetProperty("properties").EnumerateObject();

    private static JsonDocument Schema() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RealParts.EnergyPlus(), "Energy+.schema.epJSON")));
}
