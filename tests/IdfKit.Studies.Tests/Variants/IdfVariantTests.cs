namespace IdfKit.Studies.Tests.Variants;

/// <summary>
/// A variant of an IDF file is, byte for byte, the file that a careful person would have written: what is not the field stays as it is.
/// </summary>
public sealed class IdfVariantTests
{
    private const string Model =
        """
        ! Written by hand; Material, Fake, Rough, 9;
        Version, 25.2;   ! of 2025

        SimulationControl,
          No,                      !- Do Zone Sizing Calculation
          No,                      !- Do System Sizing Calculation
          No,                      !- Do Plant Sizing Calculation
          No,                      !- Run Simulation for Sizing Periods
          Yes;                     !- Run Simulation for Weather File Run Periods

        Building,
          Büro Süd,                !- Name
          0,                       !- North Axis {deg}
          ,                        !- Terrain
          0.04;                    !- Loads Convergence Tolerance Value {W}

        Material, Brick,       MediumRough, 0.10, 0.89, 1920, 790;
        Material,
            Insulation ,  ! soft
            MediumRough,             !- Roughness
            0.10  ,                  !- Thickness {m}
            0.04,30,                 !- Conductivity, Density
            1200;                    !- Specific Heat {J/kg-K}
        Material,Zone,Rough,0.2,1,2000,900;Material,  A/B ,Rough,0.2,1,2000,900;
        Material:NoMass, R13, Rough, 2.29;
        Construction, Zone, Brick, Insulation;

        BuildingSurface:Detailed, South, Wall, Zone, Office, , Outdoors, , SunExposed, WindExposed, autocalculate, 4,
          0, 0, 3,  0, 0, 0,  8, 0, 0,
          8, 0, 3;   !- last
        Zone, Office;
        Zone,
          Attic;
        ZoneList,
          All,                     !- Name
          Office,                  !- Zone 1 Name
          Attic;                   !- Zone 2 Name

        Schedule:Compact, Working hours, Any number,
          Through: 12/31,
          For: Weekdays,   Until: 08:00, 0, Until: 18:00, 1, Until: 24:00, 0,
          For: AllOtherDays, Until: 24:00, 0;
        Schedule:Constant, Always, Any number, 1;

        Lights, Office lights, Office, Working hours, Watts/Area, , 10.8, , 0, 0.4,
            0.2;
        Sizing:Parameters, 1.25, 1.15;
        Branch,
          Cooling Branch,          !- Name
          ,                        !- Pressure Drop Curve Name
          Chiller:Electric:EIR,    !- Component 1 Object Type
          Chiller 1,               !- Component 1 Name
          Chiller Inlet Node,      !- Component 1 Inlet Node Name
          Chiller Outlet Node;     !- Component 1 Outlet Node Name
        Output:Variable, *, Zone Mean Air Temperature, Hourly;
        Output:SQLite;
        Schedule:File, Occupancy, Any number, use.csv, 1, 0;
        RunPeriod, Year, 1, 1, , 12, 31, , Monday
        ;
        Schedule:Day:List,
          Weekday, Any number, No, 60,
          0;
        """;

    [Theory]
    // string, number, choice
    [InlineData("Material/Brick/Thickness", "0.25", "MediumRough, 0.10, 0.89", "MediumRough, 0.25, 0.89")]
    [InlineData("material/BRICK/thickness", "0.25", "MediumRough, 0.10, 0.89", "MediumRough, 0.25, 0.89")]
    [InlineData("Material/Brick/Roughness", "Smooth", "Brick,       MediumRough", "Brick,       Smooth")]
    [InlineData("Material/Brick/roughness", "verysmooth", "Brick,       MediumRough", "Brick,       verysmooth")]
    [InlineData("Material/Brick/specific_heat", "8.1E+2", "1920, 790;", "1920, 8.1E+2;")]
    [InlineData("Material/Insulation/Thickness", "1e-2", "    0.10  ,   ", "    1e-2  ,   ")]
    [InlineData("Material/Insulation/Conductivity", "0.035", "0.04,30,", "0.035,30,")]
    [InlineData("Material/Insulation/Density", "25", "0.04,30,", "0.04,25,")]
    [InlineData("Material/Insulation/Specific Heat", "1000", "    1200;  ", "    1000;  ")]
    [InlineData("Material/Insulation/Name", "Wool", "    Insulation ,  ! soft", "    Wool ,  ! soft")]
    [InlineData("Construction/Zone/Layer 2", "R13", "Zone, Brick, Insulation;", "Zone, Brick, R13;")]
    [InlineData("Schedule:Constant/Always/Schedule Type Limits Name", "Fraction", "Always, Any number, 1", "Always, Fraction, 1")]
    // named like another class's object, and like a class
    [InlineData("Material/Zone/Thickness", "0.3", "Material,Zone,Rough,0.2", "Material,Zone,Rough,0.3")]
    [InlineData(@"Material/A\/B/Thickness", "0.3", "A/B ,Rough,0.2", "A/B ,Rough,0.3")]
    [InlineData("Material:NoMass/R13/Thermal Resistance", "3", "Rough, 2.29;", "Rough, 3;")]
    // the only one, with and without a name
    [InlineData("Building//North Axis", "90", "0,                       !- North Axis", "90,                       !- North Axis")]
    [InlineData("Building/büro süd/North Axis", "-45",
        "0,                       !- North Axis", "-45,                       !- North Axis")]
    [InlineData("Building//Terrain", "City", "  ,                        !- Terrain", "  City,                        !- Terrain")]
    [InlineData("Version//Version Identifier", "25.2.0", "Version, 25.2;", "Version, 25.2.0;")]
    [InlineData("SimulationControl//Run Simulation for Sizing Periods", "Yes",
        "No,                      !- Run Simulation for Sizing", "Yes,                      !- Run Simulation for Sizing")]
    [InlineData("Sizing:Parameters//Cooling Sizing Factor", "1", "1.25, 1.15", "1.25, 1")]
    // blank, and lacking at the end
    [InlineData("Lights/Office lights/Lighting Level", "500", "Watts/Area, , 10.8", "Watts/Area, 500, 10.8")]
    [InlineData("Lights/*/Watts per Floor Area", "8", ", 10.8,", ", 8,")]
    [InlineData("Material/Brick/Visible Absorptance", "0.6", "1920, 790;", "1920, 790,,, 0.6;")]
    [InlineData("Zone/Office/Multiplier", "2", "Zone, Office;", "Zone, Office,,,,,, 2;")]
    [InlineData("Output:SQLite//Option Type", "Simple", "Output:SQLite;", "Output:SQLite,Simple;")]
    [InlineData("Material/A\\/B/Thermal Absorptance", "0.8", "A/B ,Rough,0.2,1,2000,900;", "A/B ,Rough,0.2,1,2000,900,0.8;")]
    [InlineData("Lights/Office lights/Fraction Replaceable", "1", "\n    0.2;\n", "\n    0.2,\n    1;\n")]
    // nodes, extensible fields, vertices, schedules, files
    [InlineData("Branch/Cooling Branch/Component 1 Inlet Node Name", "Other Node", "Chiller Inlet Node, ", "Other Node, ")]
    [InlineData("Branch/Cooling Branch/component_1_name", "Chiller 2", "Chiller 1, ", "Chiller 2, ")]
    [InlineData("ZoneList/All/Zone 2 Name", "Cellar", "Attic;                   !- Zone 2", "Cellar;                   !- Zone 2")]
    [InlineData("ZoneList/All/Zone 3 Name", "Cellar",
        "Attic;                   !- Zone 2 Name\n",
        "Attic,                   !- Zone 2 Name\n  Cellar;                  !- Zone 3 Name\n")]
    [InlineData("BuildingSurface:Detailed/South/Vertex 1 Z-coordinate", "2.8", "  0, 0, 3,  0, 0, 0,", "  0, 0, 2.8,  0, 0, 0,")]
    [InlineData("BuildingSurface:Detailed/South/vertex_4_z_coordinate", "2.8", "8, 0, 3;   !- last", "8, 0, 2.8;   !- last")]
    [InlineData("BuildingSurface:Detailed/South/Number of Vertices", "autocalculate", "autocalculate, 4,", "autocalculate, autocalculate,")]
    [InlineData("Schedule:Compact/Working hours/Field 6", "0.9", "Until: 18:00, 1,", "Until: 18:00, 0.9,")]
    [InlineData("Schedule:Compact/Working hours/Field 3", "Until: 07:00", "Until: 08:00,", "Until: 07:00,")]
    [InlineData("Schedule:Constant/Always/Hourly Value", "0", "Any number, 1;", "Any number, 0;")]
    [InlineData("Schedule:File/Occupancy/File Name", "sub dir/other use.csv", "use.csv,", "sub dir/other use.csv,")]
    [InlineData("Output:Variable//Reporting Frequency", "Daily", "Temperature, Hourly;", "Temperature, Daily;")]
    [InlineData("RunPeriod/Year/Day of Week for Start Day", "Sunday", "Monday\n;", "Sunday\n;")]
    [InlineData("RunPeriod/Year/Begin Year", "2020", "1, 1, , 12", "1, 1, 2020, 12")]
    public void Only_the_field_is_another(string heading, string value, string before, string after)
    {
        var model = Model.ReplaceLineEndings("\n");
        before = before.ReplaceLineEndings("\n");
        Assert.Equal(2, model.Split(before).Length);
        Assert.Equal(model.Replace(before, after, StringComparison.Ordinal), Edit.Text(model, (heading, value)));
        // As Windows writes it.
        var windows = Edit.Text(model.ReplaceLineEndings("\r\n"), (heading, value));
        Assert.Equal(model.Replace(before, after, StringComparison.Ordinal).ReplaceLineEndings("\r\n"), windows);
    }

    [Fact]
    public void A_star_sets_every_object_of_the_class_alone()
    {
        var made = Edit.Text(Model, ("Material/*/Thickness", "0.5"));
        Assert.Equal(4, made.Split("0.5").Length - 1);
        Assert.Contains("Material, Fake, Rough, 9;", made, StringComparison.Ordinal);
        Assert.Contains("Rough, 2.29;", made, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_fields_of_one_object_are_set_at_once()
    {
        var made = Edit.Text(Model,
            ("Material/Brick/Thermal Absorptance", "0.8"), ("Material/Brick/Thickness", "0.2"),
            ("Material/Brick/Solar Absorptance", "0.5"));
        var expected = Model.Replace(
            "MediumRough, 0.10, 0.89, 1920, 790;", "MediumRough, 0.2, 0.89, 1920, 790, 0.8, 0.5;", StringComparison.Ordinal);
        Assert.Equal(expected, made);
    }

    [Fact]
    public void Groups_are_added_one_behind_the_other()
    {
        var made = Edit.Text(Model, ("ZoneList/All/Zone 4 Name", "Four"), ("ZoneList/All/Zone 3 Name", "Three"));
        Assert.Contains("  Three,                   !- Zone 3 Name", made, StringComparison.Ordinal);
        Assert.Contains("  Four;                    !- Zone 4 Name", made, StringComparison.Ordinal);
        Assert.Contains("only the next one", Edit.Fault(Model, ("ZoneList/All/Zone 4 Name", "Four")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_over_two_lines_is_replaced_and_its_comments_stay()
    {
        const string Split = "Version, 25.2;\nZone, Office;\nZoneList, All, The long  ! one\n   name of a zone ! two\n   , Office;\n";
        Assert.Equal(
            "Version, 25.2;\nZone, Office;\nZoneList, All, Office  ! one\n    ! two\n   , Office;\n",
            Edit.Text(Split, ("ZoneList/All/Zone 1 Name", "Office")));
    }

    [Fact]
    public void The_last_object_may_lack_its_semicolon() =>
        Assert.Equal(
            "Version, 25.2;\nZone, Office, 1,,,,, 2",
            Edit.Text("Version, 25.2;\nZone, Office, 1", ("Zone/Office/Multiplier", "2")));

    [Theory]
    [InlineData("Material/Brick/Name", "a, b")]
    [InlineData("Material/Brick/Name", "a; b")]
    [InlineData("Material/Brick/Name", "a ! b")]
    [InlineData("Material/Brick/Name", "##include x")]
    public void A_value_that_would_end_in_idf_is_refused(string heading, string value) =>
        Assert.Contains("IDF", Edit.Fault(Model, (heading, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Materal/Brick/Thickness", "EnergyPlus has no class 'Materal'; 'Material' may be meant")]
    [InlineData("Material/Brik/Thickness", "the model has no Material 'Brik'; 'Brick' may be meant")]
    [InlineData("Material/Brick/Thicknes", "Material has no field 'Thicknes'; 'Thickness' may be meant")]
    [InlineData("Material//Thickness", "the model has 4 objects of the class Material; name one between the slashes, or write * for all")]
    [InlineData("Version/25.2/Version Identifier", "objects of the class Version have no names; write nothing between the slashes")]
    [InlineData("WindowMaterial:Blind/*/Slat Width", "the model has no object of the class WindowMaterial:Blind")]
    public void An_address_that_means_nothing_is_one_sentence(string heading, string sentence) =>
        Assert.Equal(sentence, Edit.Fault(Model, (heading, "1")));

    [Theory]
    [InlineData("Material/Brick/Thickness", "thick", "'thick' is no number")]
    [InlineData("Material/Brick/Thickness", "0", "'0' is out of range; it must be more than 0")]
    [InlineData("Material/Brick/Thickness", "NaN", "'NaN' is no number")]
    [InlineData("Material/Brick/Thickness", "1e999", "'1e999' is no number")]
    [InlineData("Material/Brick/Thickness", "0x10", "'0x10' is no number")]
    [InlineData("Material/Brick/Specific Heat", "99", "'99' is out of range; it must be at least 100")]
    [InlineData("Material/Brick/Solar Absorptance", "1.1", "'1.1' is out of range; it must be at least 0 and at most 1")]
    [InlineData("Material/Brick/Roughness", "Rogh",
        "'Rogh' is none of MediumRough, MediumSmooth, Rough, Smooth, VeryRough, VerySmooth; 'Rough' may be meant")]
    [InlineData("Zone/Office/Multiplier", "1.5", "'1.5' is no whole number")]
    public void A_value_that_the_schema_forbids_is_one_sentence(string heading, string value, string sentence) =>
        Assert.Equal(sentence, Edit.Fault(Model, (heading, value)));

    [Fact]
    public void Two_columns_for_one_field_are_refused() =>
        Assert.Equal("the column 'Material/*/Thickness' sets this field, too",
            Edit.Fault(Model, ("Material/*/Thickness", "1"), ("Material/Brick/Thickness", "2")));

    [Fact]
    public void Tags_are_replaced_wherever_they_stand()
    {
        const string Tagged = "Version, 25.2; ! @@glass@@\nConstruction, Window @@glass@@, @@glass@@;\n"
            + "Schedule:File, Use, Any, @@city@@_use.csv, 1, @@skip@@;\n";
        Assert.Equal(
            "Version, 25.2; ! Triple\nConstruction, Window Triple, Triple;\nSchedule:File, Use, Any, Köln_use.csv, 1, 2;\n",
            Edit.Text(Tagged, ("@@glass@@", "Triple"), ("@@city@@", "Köln"), ("@@skip@@", "2")));
    }

    [Fact]
    public void An_address_may_name_what_a_tag_makes() =>
        Assert.Equal("Version, 25.2;\nZone, Nord, 5;\n",
            Edit.Text("Version, 25.2;\nZone, @@z@@, 1;\n", ("@@z@@", "Nord"), ("Zone/Nord/Direction of Relative North", "5")));
}
