using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Reports in the styles that are no web page.</summary>
public sealed class TextTablesTests
{
    private const string Tab =
        "Program Version\tEnergyPlus, Version 25.2.0\nTabular Output Report in Format: \tTab\n\nBuilding:\tShoebox\n----\n"
            + "REPORT:\tAnnual Building Utility Performance Summary\nFOR:\tEntire Facility\nValues gathered over       168.00 hours\n\n"
            + "Site and Source Energy\n\n\t\tTotal Energy [GJ]\tEnergy, Per Area [MJ/m2]\n"
            + "\tTotal Site Energy\t0.15\t5.04\t\n\tNet, Site\t0.16\t\n\n";

    private const string Xml = """
        <?xml version="1.0"?>
        <EnergyPlusTabularReports>
          <BuildingName>Shoebox</BuildingName>
          <SimulationTimestamp>
            <Date>
              2026-11-26
            </Date>
          </SimulationTimestamp>
        <AnnualBuildingUtilityPerformanceSummary>
          <for>Entire Facility</for>
        <note>Values gathered over       168.00 hours</note>
          <SiteAndSourceEnergy>
            <name>TotalSiteEnergy</name>
            <TotalEnergy units="GJ">0.15</TotalEnergy>
            <EnergyPerArea units="MJ/m2">5.04</EnergyPerArea>
          </SiteAndSourceEnergy>
          <SiteAndSourceEnergy>
            <name>NetSite</name>
            <TotalEnergy units="GJ">0.16</TotalEnergy>
            <EnergyPerArea/>
          </SiteAndSourceEnergy>
          <Other><name>A &lt; B</name><X>1</X></Other>
        </AnnualBuildingUtilityPerformanceSummary>
        </EnergyPlusTabularReports>
        """;

    [Fact]
    public void Tabs_separate_cells_and_commas_do_not()
    {
        var report = Read(Tab);
        var table = report.Find("AnnualBuildingUtilityPerformanceSummary", "Site and Source Energy", "Entire Facility")!;

        Assert.Equal(168, report.HoursGathered);
        Assert.Equal(["Total Energy", "Energy, Per Area"], table.Columns);
        Assert.Equal(["Total Site Energy", "Net, Site"], table.Rows);
        Assert.Equal((5.04, "MJ/m2", null), (table.NumberOf(0, 1), table.UnitOf(0, 1), table.NumberOf(1, 1)));
    }

    [Fact]
    public void Xml_gives_tables_row_by_row()
    {
        var report = Read(Xml);
        var table = report.Find("AnnualBuildingUtilityPerformanceSummary", "SiteAndSourceEnergy", "Entire Facility")!;

        Assert.Equal(168, report.HoursGathered);
        Assert.Equal(2, report.Tables.Count);
        Assert.Equal(["TotalEnergy [GJ]", "EnergyPerArea [MJ/m2]"], table.Headers);
        Assert.Equal(["TotalSiteEnergy", "NetSite"], table.Rows);
        Assert.Equal(("0.15", "GJ"), (table["totalsiteenergy", "totalenergy"], table.UnitOf(0, 0)));
        Assert.Equal((0.16, ""), (table.NumberOf(1, 0), table[1, 1]));
        Assert.Equal("1", report.Tables[1]["A < B", "X"]);
    }

    [Fact]
    public void Xml_cut_anywhere_gives_what_it_holds_or_a_typed_error()
    {
        for (var length = 1; length < Xml.Length; length++)
        {
            try
            {
                Assert.All(Read(Xml[..length]).Tables, table => Assert.NotEmpty(table.Rows));
            }
            catch (ResultsException e)
            {
                Assert.Contains("eplustbl.xml", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><EnergyPlusTabularReports>&a;</EnergyPlusTabularReports>")]
    public void Xml_of_something_else_is_a_typed_error(string text) => Assert.Throws<ResultsException>(() => Read(text));

    [Theory, InlineData(""), InlineData("no report"), InlineData(",a,b\n"), InlineData("\t\n\t")]
    public void Any_other_text_is_read(string text) => Assert.Null(Read(text).HoursGathered);

    private static TextTables Read(string text) => TextTables.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
