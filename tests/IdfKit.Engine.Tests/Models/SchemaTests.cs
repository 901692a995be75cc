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
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RealParts.EnergyPlus(), "Energy+.schema.epJSON")));
        var expected = schema.RootElement.GetProperty("properties").EnumerateObject().SelectMany(FileFields).Order(StringComparer.Ordinal);
        var known = FileReferences.Fields.Select(field => $"{field.ClassName} {field.IdfField} {field.EpJsonKey}").Order(StringComparer.Ordinal);

        Assert.Equal(expected, known);
    }

    [Fact]
    public void Plan_knows_every_class_that_is_a_period()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RealParts.EnergyPlus(), "Energy+.schema.epJSON")));
        var periods = schema.RootElement.GetProperty("properties").EnumerateObject().Select(item => item.Name)
            .Where(name => name == "RunPeriod" || name.StartsWith("RunPeriod:", StringComparison.Ordinal) || name.StartsWith("SizingPeriod:", StringComparison.Ordinal));

        Assert.Equal(
            ["RunPeriod", "SizingPeriod:DesignDay", "SizingPeriod:WeatherFileConditionType", "SizingPeriod:WeatherFileDays"],
            periods.Order(StringComparer.Ordinal));
    }

    /// <summary>Fields named so that are text of any kind. The variables of a functional mock-up unit repeat the name of the unit's own object.</summary>
    private static IEnumerable<string> FileFields(JsonProperty item)
    {
        if (item.Name.StartsWith("ExternalInterface:FunctionalMockupUnitImport:", StringComparison.Ordinal)) yield break;
        var order = item.Value.GetProperty("legacy_idd").GetProperty("fields").EnumerateArray().Select(field => field.GetString()).ToList();
        foreach (var field in item.Value.GetProperty("patternProperties").EnumerateObject().First().Value.GetProperty("properties").EnumerateObject())
        {
            var isText = field.Value.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.GetString() == "string";
            if (!isText || field.Value.TryGetProperty("enum", out _)) continue;
            if (field.Name.EndsWith("file_name", StringComparison.Ordinal) || field.Name.EndsWith("file_path", StringComparison.Ordinal))
                yield return $"{item.Name} {order.IndexOf(field.Name)} {field.Name}";
        }
    }
}
