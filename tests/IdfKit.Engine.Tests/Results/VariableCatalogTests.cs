using System.Text;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Catalogues of variables and meters, in both of EnergyPlus's forms.</summary>
public sealed class VariableCatalogTests
{
    private const string Objects = """
        ! Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.23 06:54,
        ! Output:Variable Objects (applicable to this run)
        Output:Variable,*,Site Total Sky Cover,hourly; !- Zone Average []
        Output:Variable,*,Zone Mean Air Temperature,hourly; !- Zone Average [C]
        Output:Variable,*,Fan Electricity Energy,hourly; !- HVAC Sum [J]

        """;

    private const string Regular = """
        Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.23 07:00,
        Var Type (reported time step),Var Report Type,Variable Name [Units]
        Zone,Average,Site Total Sky Cover []
        Zone,Average,Zone Mean Air Temperature [C]
        HVAC,Sum,Fan Electricity Energy [J]

        """;

    private const string Meters = """
        ! Output:Meter Objects (applicable to this run)
        Output:Meter,Electricity:Facility,hourly; !- [J]
        Output:Meter:Cumulative,Electricity:Facility,hourly; !- [J]
        Output:Meter,Water Heater:WaterSystems:NaturalGas,hourly; !- [J]

        """;

    [Theory]
    [InlineData(Objects)]
    [InlineData(Regular)]
    public void Read_gives_name_units_and_kind_in_either_form(string text)
    {
        Assert.Equal(
            [
                new("Site Total Sky Cover", "*", "", false, false, false),
                new("Zone Mean Air Temperature", "*", "C", false, false, false),
                new("Fan Electricity Energy", "*", "J", false, true, true),
            ],
            Read(text).Entries);
        Assert.False(Read(text).IsCut);
    }

    [Theory]
    [InlineData(Meters)]
    [InlineData("Zone,Meter,Electricity:Facility [J]\nZone,Meter,Water Heater:WaterSystems:NaturalGas [J]\n")]
    public void Read_of_meters_gives_each_once(string text) =>
        Assert.Equal(
            [new("Electricity:Facility", "*", "J", true, true, false), new(
                "Water Heater:WaterSystems:NaturalGas", "*", "J", true, true, false)], Read(text).Entries);

    [Fact]
    public void Search_finds_by_name_key_units_and_expression()
    {
        var catalog = Read(Objects).With(Read(Meters));

        Assert.Equal(["Zone Mean Air Temperature"], catalog.Search("mean air").Select(entry => entry.Name));
        Assert.Equal(3, catalog.Search(units: "J").Count);
        Assert.Equal(3, catalog.Search(units: "j").Count);
        Assert.Equal(2, catalog.Search(units: "J", isMeter: true).Count);
        Assert.Equal(3, catalog.Search(key: "CORE_ZN").Count);
        Assert.Equal(["Fan Electricity Energy", "Electricity:Facility"],
            catalog.Search(new Regex("Electricity.+y$")).Select(entry => entry.Name));
        Assert.Null(catalog.Find("Zone Mean"));
    }

    [Fact]
    public void ToRequest_asks_for_it()
    {
        var catalog = Read(Objects).With(Read(Meters));

        Assert.Equal(new OutputRequest("Zone Mean Air Temperature", "CORE_ZN", "Timestep"),
            catalog.Find("Zone Mean Air Temperature")!.ToRequest(ResultFrequency.Timestep, "CORE_ZN"));
        Assert.Equal(new OutputRequest("Electricity:Facility", "*", "Hourly"),
            catalog.Find("Electricity:Facility")!.ToRequest(key: "CORE_ZN"));
    }

    [Fact]
    public void Read_of_a_file_cut_anywhere_holds_the_whole_lines()
    {
        foreach (var text in new[] { Objects, Regular, Meters })
            for (var length = 0; length < text.Length; length++)
            {
                var cut = VariableCatalog.Read(new TrickleStream(Encoding.UTF8.GetBytes(text[..length]), most: 7));
                Assert.Equal(length == 0 || text[length - 1] != '\n', cut.IsCut);
                Assert.Equal(Read(text).Entries.Take(cut.Entries.Count), cut.Entries);
            }
    }

    [Fact]
    public void Read_of_another_kind_of_file_names_the_line()
    {
        var e = Assert.Throws<ResultsException>(
            () => Read("! Program Version\nOutput:Variable,*,A,hourly; !- Zone Sum [J]\n7,1,Zone Air\n"));

        Assert.Contains("line 3", e.Message, StringComparison.Ordinal);
        Assert.Contains(".rdd", e.Message, StringComparison.Ordinal);
    }

    private static VariableCatalog Read(string text) => VariableCatalog.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
