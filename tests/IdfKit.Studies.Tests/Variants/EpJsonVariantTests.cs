namespace IdfKit.Studies.Tests.Variants;

/// <summary>A variant of an epJSON file, as a careful person would have written it.</summary>
public sealed class EpJsonVariantTests
{
    private const string Model =
        """
        // by hand
        {
          "Version": { "Version 1": { "version_identifier": "25.2" } },
          "Building": {
            "Büro": {
              "north_axis": 0, /* to the north */
              "terrain": "Suburbs"
            }
          },
          "SimulationControl": {"SimulationControl 1": {}},
          "Material": {
            "Brick": { "roughness": "MediumRough", "thickness": 0.10, "conductivity": 0.89, "density": 1920, "specific_heat": 790 },
            "A, \"B\"! 1/2": {"roughness":"Rough","thickness":0.2,"conductivity":1,"density":2000,"specific_heat":900},
            "Zone": {"roughness": "Rough", "thickness": 0.2, "conductivity": 1, "density": 2000, "specific_heat": 900}
          },
          "Zone": { "Office": {} },
          "BuildingSurface:Detailed": {
            "South": {
              "surface_type": "Wall",
              "number_of_vertices": 4,
              "vertices": [
                {
                  "vertex_x_coordinate": 0.0,
                  "vertex_y_coordinate": 0.0,
                  "vertex_z_coordinate": 3.0
                },
                {
                  "vertex_x_coordinate": 0.0,
                  "vertex_y_coordinate": 0.0
                }
              ]
            }
          },
          "ZoneList": { "All": { "zones": [ { "zone_name": "Office" } ] } },
          "Schedule:Compact": { "Hours": { "data": [
            {"field": "Through: 12/31"}, {"field": "For: AllDays"}, {"field": "Until: 24:00"}, {"field": 1.0} ] } }
        }
        """;

    [Theory]
    [InlineData("Material/Brick/Thickness", "0.250", "\"thickness\": 0.10", "\"thickness\": 0.250")]
    [InlineData("Material/Brick/thickness", ".5", "\"thickness\": 0.10", "\"thickness\": 0.5")]
    [InlineData("Material/Brick/Thickness", "+1.e1", "\"thickness\": 0.10", "\"thickness\": 1e1")]
    [InlineData("Material/Brick/Roughness", "Smooth", "\"roughness\": \"MediumRough\"", "\"roughness\": \"Smooth\"")]
    [InlineData("Material/Brick/Roughness", "verySMOOTH", "\"roughness\": \"MediumRough\"", "\"roughness\": \"VerySmooth\"")]
    [InlineData("Zone/Office/Multiplier", "2.0", "\"Office\": {} }", "\"Office\": {\"multiplier\": 2} }")]
    [InlineData("Material/A, \"B\"! 1\\/2/Thickness", "0.3", "\"thickness\":0.2,", "\"thickness\":0.3,")]
    [InlineData("Material/Brick/Thermal Absorptance", "0.8",
        "\"specific_heat\": 790 }", "\"specific_heat\": 790, \"thermal_absorptance\": 0.8 }")]
    [InlineData("Material/A, \"B\"! 1\\/2/Solar Absorptance", "0.8",
        "900},\n    \"Zone\"", "900,\"solar_absorptance\":0.8},\n    \"Zone\"")]
    [InlineData("Building//North Axis", "-30", "\"north_axis\": 0, /*", "\"north_axis\": -30, /*")]
    [InlineData("Building/büro/Terrain", "City", "\"terrain\": \"Suburbs\"", "\"terrain\": \"City\"")]
    [InlineData("Building//Solar Distribution", "FullExterior",
        "\"Suburbs\"\n", "\"Suburbs\",\n      \"solar_distribution\": \"FullExterior\"\n")]
    [InlineData("Building//Name", "Haus \"1\", neu", "\"Büro\": {", "\"Haus \\\"1\\\", neu\": {")]
    [InlineData("SimulationControl//Run Simulation for Sizing Periods", "Yes",
        "\"SimulationControl 1\": {}", "\"SimulationControl 1\": {\"run_simulation_for_sizing_periods\": \"Yes\"}")]
    [InlineData("Zone/Office/Ceiling Height", "Autocalculate", "\"Office\": {} }", "\"Office\": {\"ceiling_height\": \"Autocalculate\"} }")]
    [InlineData("Version//Version Identifier", "25.2", "\"version_identifier\": \"25.2\"", "\"version_identifier\": \"25.2\"")]
    [InlineData("BuildingSurface:Detailed/South/Vertex 1 Z-coordinate", "2.8",
        "\"vertex_z_coordinate\": 3.0", "\"vertex_z_coordinate\": 2.8")]
    [InlineData("BuildingSurface:Detailed/South/Vertex 2 Z-coordinate", "1",
        "\"vertex_y_coordinate\": 0.0\n", "\"vertex_y_coordinate\": 0.0,\n          \"vertex_z_coordinate\": 1\n")]
    [InlineData("ZoneList/All/Zone 1 Name", "Attic, \"old\"; 1!", "\"zone_name\": \"Office\"", "\"zone_name\": \"Attic, \\\"old\\\"; 1!\"")]
    [InlineData("ZoneList/All/Zone 2 Name", "Attic",
        "{ \"zone_name\": \"Office\" }", "{ \"zone_name\": \"Office\" }, { \"zone_name\": \"Attic\" }")]
    [InlineData("Schedule:Compact/Hours/Field 4", "0.5", "{\"field\": 1.0}", "{\"field\": 0.5}")]
    [InlineData("Schedule:Compact/Hours/Field 2", "For: Weekdays", "\"For: AllDays\"", "\"For: Weekdays\"")]
    public void Only_the_field_is_another(string heading, string value, string before, string after)
    {
        var model = Model.ReplaceLineEndings("\n");
        Assert.Equal(2, model.Split(before).Length);
        Assert.Equal(model.Replace(before, after, StringComparison.Ordinal), Edit.Text(model, (heading, value)));
    }

    [Fact]
    public void A_vertex_is_added_as_the_last_one_is_written()
    {
        var made = Edit.Text(Model.ReplaceLineEndings("\n"),
            ("BuildingSurface:Detailed/South/Vertex 3 X-coordinate", "8"), ("BuildingSurface:Detailed/South/Vertex 3 Y-coordinate", "0"));
        Assert.Contains(
            "        },\n        {\n          \"vertex_x_coordinate\": 8,\n          \"vertex_y_coordinate\": 0\n        }\n      ]", made,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_groups_that_lacks_is_added() =>
        Assert.Equal(
            """{"Version": {"V": {"version_identifier": ""}}, "ZoneList": {"All": {"zones": [{"zone_name": "A"}, {"zone_name": "B"}]}}}""",
            Edit.Text("""{"Version": {"V": {"version_identifier": ""}}, "ZoneList": {"All": {}}}""",
                ("ZoneList/All/Zone 1 Name", "A"), ("ZoneList/All/Zone 2 Name", "B")));

    [Fact]
    public void Tags_are_text_between_quotes_and_values_elsewhere() =>
        Assert.Equal(
            """{"Version": {"V": {"version_identifier": "25.2"}}, "Material:NoMass": {"R \"1\"": {"thermal_resistance": 2.5}}}""",
            Edit.Text(
                """{"Version": {"V": {"version_identifier": "25.2"}}, "Material:NoMass": {"R @@n@@": {"thermal_resistance": @@r@@}}}""",
                ("@@n@@", "\"1\""), ("@@r@@", "2.5")));
}
