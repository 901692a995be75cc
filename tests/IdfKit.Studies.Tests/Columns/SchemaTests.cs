using IdfKit.Studies.Columns;
using IdfKit.Studies.Tests.Variants;

namespace IdfKit.Studies.Tests.Columns;

/// <summary>Addresses against the whole schema of the real EnergyPlus.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void Every_field_of_every_class_is_found_by_its_label_and_by_its_name_in_the_schema()
    {
        var missed = new List<string>();
        foreach (var name in Edit.Schema.ClassNames)
        {
            var found = Edit.Schema.Find(name.ToUpperInvariant())!;
            for (var at = 0; at < found.Fields.Count + (3 * found.GroupFields.Count); at++)
                if (found.Find(found.LabelAt(at)!)?.IdfField != at) missed.Add($"{name}/{found.LabelAt(at)}");
            for (var at = 0; at < found.Fields.Count; at++)
                if (found.Find(found.Fields[at].Key)?.IdfField != at) missed.Add($"{name}/{found.Fields[at].Key}");
        }
        // Two points of its own are called like those that repeat.
        Assert.All(missed, one => Assert.StartsWith("Site:SpectrumData/", one, StringComparison.Ordinal));
        Assert.InRange(Edit.Schema.ClassNames.Count(), 800, 2_000);
    }

    [Theory]
    [InlineData("ZoneList", 2, "Zone 2 Name")]
    [InlineData("BuildingSurface:Detailed", 14, "Vertex 2 X-coordinate")]
    [InlineData("Branch", 8, "Component 2 Inlet Node Name")]
    [InlineData("Schedule:Compact", 11, "Field 10")]
    [InlineData("Schedule:Year", 8, "Start Month 2")]
    [InlineData("MaterialProperty:GlazingSpectralData", 17, "Wavelength 5")]
    [InlineData("MaterialProperty:GlazingSpectralData", 22, "Transmittance 6")]
    public void Fields_that_repeat_are_called_as_in_the_idd(string name, int field, string label)
    {
        var found = Edit.Schema.Find(name)!;
        Assert.Equal(label, found.LabelAt(field));
        Assert.Equal(field, found.Find(label)!.IdfField);
    }

    [Theory]
    [InlineData("Material/Brick/Thickness", "Material", "Brick", false, "Thickness")]
    [InlineData("Building//North Axis", "Building", null, false, "North Axis")]
    [InlineData("Material/*/Thickness", "Material", null, true, "Thickness")]
    [InlineData(@"Material/\*/Thickness", "Material", "*", false, "Thickness")]
    [InlineData(@"Material/A\/B/Thickness", "Material", "A/B", false, "Thickness")]
    [InlineData(@"Material/A\\/Thickness", "Material", @"A\", false, "Thickness")]
    [InlineData(@"Material/C:\x\y/Thickness", "Material", @"C:\x\y", false, "Thickness")]
    [InlineData("Shading:Fin/F/Left Extension from Window/Door", "Shading:Fin", "F", false, "Left Extension from Window/Door")]
    [InlineData(" Material / Brick / Thickness ", "Material", "Brick", false, "Thickness")]
    public void Address(string heading, string className, string? name, bool isEvery, string field) =>
        Assert.Equal(new FieldPath(className, name, isEvery, field), FieldPath.Parse(heading.Trim()));

    [Theory]
    [InlineData("Material/Brick"), InlineData("Material"), InlineData("/x/y"), InlineData("Material/Brick/"), InlineData("a;b/c/d")]
    public void No_address(string heading) => Assert.Null(FieldPath.Parse(heading));
}
