namespace IdfKit.Engine.Tests.Models;

/// <summary>What a run wants to know of a model before it starts.</summary>
public sealed class ModelFactsTests
{
    [Theory]
    [InlineData("RunPeriod,year,1,1,,12,31;", true)]
    [InlineData("RunPeriod,year,1,1,,12,31; SimulationControl,Yes,Yes,Yes,Yes,No;", false)]
    [InlineData("RunPeriod,year,1,1,,12,31; SimulationControl,No,No,No,Yes,YES;", true)]
    [InlineData("RunPeriod,year,1,1,,12,31; SimulationControl,No;", true)]
    [InlineData("SimulationControl,No,No,No,No,Yes;", false)]
    [InlineData(
        """{"RunPeriod": {"year": {}}, "SimulationControl": {"1": {"run_simulation_for_weather_file_run_periods": "no"}}}""", false)]
    [InlineData("""{"RunPeriod": {"year": {}}, "SimulationControl": {"1": {"do_zone_sizing_calculation": "No"}}}""", true)]
    public void AsksForRunPeriod_follows_the_run_periods_and_the_simulation_control(string text, bool expected) =>
        Assert.Equal(expected, IdfText.Read(text).AsksForRunPeriod);

    [Theory]
    [InlineData("Zone,A;", ModelNeeds.None)]
    [InlineData("HVACTEMPLATE:Zone:IdealLoadsAirSystem,A;", ModelNeeds.ExpandObjects)]
    [InlineData("GroundHeatTransfer:Slab:Materials,2;", ModelNeeds.ExpandObjects | ModelNeeds.Slab)]
    [InlineData("GroundHeatTransfer:Basement:SimParameters,2;", ModelNeeds.ExpandObjects | ModelNeeds.Basement)]
    public void Needs_are_seen_by_class(string text, ModelNeeds expected) => Assert.Equal(expected, IdfText.Read(text).Needs);

    [Fact]
    public void ReferencedFiles_are_found_in_both_formats_with_their_lines()
    {
        const string Idf = "Version,25.2;\nSchedule:File,\n  Occupancy,\n  Any,\n  data/occ, "
            + "!- File Name\n  1,0;\nSchedule:File:Shading, sun.csv;";
        const string Json = """
            {
              "Schedule:File": {"Occupancy": {
                "column_number": 1,
                "file_name": "data/occ"
              }},
              "Schedule:File:Shading": {"Schedule:File:Shading 1": {"file_name": "sun.csv"}}
            }
            """;

        Assert.Equal(
            [new("data/occ", "Schedule:File", "Occupancy", 5), new("sun.csv", "Schedule:File:Shading", "sun.csv", 7)],
            IdfText.Read(Idf).ReferencedFiles);
        Assert.Equal(
            [new("data/occ", "Schedule:File", "Occupancy", 4), new("sun.csv", "Schedule:File:Shading", "Schedule:File:Shading 1", 6)],
            IdfText.Read(Json).ReferencedFiles);
    }

    [Theory]
    [InlineData("PythonPlugin:Instance,Plug,No,module,Class;", ModelRiskKind.PythonPlugin)]
    [InlineData("ExternalInterface,PtolemyServer;", ModelRiskKind.ExternalInterface)]
    [InlineData("ExternalInterface:FunctionalMockupUnitImport,unit.fmu;", ModelRiskKind.ExternalInterface)]
    [InlineData("Schedule:File,S,Any,/etc/passwd,1,0;", ModelRiskKind.AbsolutePath)]
    [InlineData("Schedule:File,S,Any,C:\\data\\s.csv,1,0;", ModelRiskKind.AbsolutePath)]
    [InlineData("Schedule:File,S,Any,\\\\host\\s.csv,1,0;", ModelRiskKind.AbsolutePath)]
    [InlineData("Schedule:File,S,Any,a/../../s.csv,1,0;", ModelRiskKind.EscapingPath)]
    [InlineData("Schedule:File,S,Any,..\\s.csv,1,0;", ModelRiskKind.EscapingPath)]
    [InlineData("""{"PythonPlugin:Instance": {"Plug": {}}}""", ModelRiskKind.PythonPlugin)]
    public void Risks_name_kind_class_and_line(string text, ModelRiskKind expected)
    {
        var model = IdfText.Read(text);
        var risk = Assert.Single(model.Risks);

        Assert.Equal((expected, 1), (risk.Kind, risk.Line));
        Assert.Contains(model.Objects[0].ClassName, risk.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", risk.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Schedule:File,S,Any,s.csv,1,0;")]
    [InlineData("Schedule:File,S,Any,a/../b/./s.csv,1,0;")]
    [InlineData("Schedule:File,S,Any,data\\s.csv,1,0;")]
    public void Risks_of_files_inside_the_model_folder_are_none(string text) => Assert.Empty(IdfText.Read(text).Risks);
}
