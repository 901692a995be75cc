using RunBed;
using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What is added to the staged copy of a model, and that nothing else changes.</summary>
public sealed class ModelPreparationTests : IDisposable
{
    private const string Sqlite = "Output:SQLite,SimpleAndTabular,None;";
    private const string Reports = "Output:Table:SummaryReports,AnnualBuildingUtilityPerformanceSummary,SystemSummary;";

    private const string Dictionary = "Output:VariableDictionary,regular;";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_to_a_model_without_reports_adds_them_behind_its_text()
    {
        var (added, text) = Apply("Version,25.2;\n! the end, without a line end");

        Assert.Equal([Sqlite, Reports, Dictionary], added);
        Assert.Equal($"Version,25.2;\n! the end, without a line end\n{Sqlite}\n{Reports}\n{Dictionary}\n", text);
    }

    [Theory]
    [InlineData("output:sqlite,Simple;\nOutput:Table:SummaryReports,AllSummary;\nOUTPUT:VARIABLEDICTIONARY,IDF;\n")]
    [InlineData("""{"Output:SQLite": {"1": {}}, "Output:Table:SummaryReports": {"1": {}}, "Output:VariableDictionary": {"1": {}}}""")]
    public void Apply_to_a_model_with_its_own_reports_changes_nothing(string before)
    {
        var (added, text) = Apply(before);

        Assert.Empty(added);
        Assert.Equal(before, text);
    }

    [Fact]
    public void Apply_to_a_model_without_its_last_semicolon_keeps_the_objects_apart()
    {
        var (_, text) = Apply("Version,25.2;\nZone,A ! last");

        Assert.Equal(["Version", "Zone", "Output:SQLite", "Output:Table:SummaryReports", "Output:VariableDictionary"],
            IdfText.Read(text).Objects.Select(o => o.ClassName));
        Assert.Equal(["A"], IdfText.Read(text).Objects[1].Fields);
    }

    [Fact]
    public void Apply_mends_lone_carriage_returns()
    {
        var (_, text) = Apply("Version,25.2;\rZone,A;\r\n");

        Assert.StartsWith("Version,25.2;\nZone,A;\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_adds_only_requests_that_the_model_does_not_report_already()
    {
        var (added, _) = Apply(
            """
            Output:SQLite,Simple; Output:Table:SummaryReports,AllSummary; Output:VariableDictionary,IDF;
            Output:Variable,*,Site Outdoor Air Drybulb Temperature,hourly;
            Output:Variable,Core,Zone Air Temperature;
            Output:Meter,Electricity:Facility,Monthly;
            """,
            [new("site outdoor air drybulb temperature"), new("Site Outdoor Air Drybulb Temperature", "Environment"), new(
                "Zone Air Temperature", "core"),
                new("Zone Air Temperature", "Attic"), new("Zone Air Temperature", "Attic"), new("Zone Air Temperature", "Core", "Daily")],
            [new("Electricity:Facility", Frequency: "monthly"), new("Electricity:Facility")]);

        Assert.Equal(
            [
                "Output:Variable,Attic,Zone Air Temperature,Hourly;",
                "Output:Variable,Core,Zone Air Temperature,Daily;",
                "Output:Meter,Electricity:Facility,Hourly;"
            ],
            added);
    }

    [Theory]
    [InlineData("Temperature;Zone")]
    [InlineData("Temperature,Hourly")]
    [InlineData("Temperature\n")]
    [InlineData(" ")]
    public void OutputRequest_that_would_write_another_field_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new OutputRequest(name));
        Assert.Throws<ArgumentException>(() => new OutputRequest("Temperature") with { Key = name });
    }

    [Theory]
    [InlineData("""{"Version": {"Version 1": {"version_identifier": "25.2"}}}""")]
    [InlineData("""{ "Version": {"Version 1": {"version_identifier": "25.2"}}, "Output:Meter": {} }""")]
    [InlineData(
        """{"Output:Meter": {"a \"b\"": {"key_name": "Gas:Facility"}}, "Version": {"Version 1": {"version_identifier": "25.2"}}}""")]
    public void Apply_to_epJSON_keeps_every_object_and_adds_its_own(string before)
    {
        var (added, text) = Apply(before, [], [new("Electricity:Facility")]);
        var (was, now) = (IdfText.Read(before), IdfText.Read(text));

        Assert.Equal([Sqlite, Reports, Dictionary, "Output:Meter,Electricity:Facility,Hourly;"], added);
        Assert.Equal(was.Objects.Count + 4, now.Objects.Count);
        Assert.Equal(was.ObjectsOf("Version").Single().Fields, now.ObjectsOf("Version").Single().Fields);
        Assert.Equal(["Electricity:Facility", "Hourly"], now.ObjectsOf("Output:Meter")[0].Fields);
        Assert.Equal(["AnnualBuildingUtilityPerformanceSummary", "SystemSummary"],
            now.ObjectsOf("Output:Table:SummaryReports").Single().Fields);
        Assert.True(IsWithin(before, text), "text of the model was changed, not only added to");
    }

    [Theory]
    [InlineData(".idf")]
    [InlineData(".epJSON")]
    public void Apply_to_a_real_model_lets_EnergyPlus_write_tables(string extension)
    {
        var engine = RealParts.EnergyPlus();
        var bare = string.Concat(File.ReadAllText(RealParts.Model("RefBldgWarehouse")).Split(';')
            .Where(o => !o.Contains("Output:SQLite,", StringComparison.Ordinal)
                && !o.Contains("Output:Table:SummaryReports,", StringComparison.Ordinal))
            .Select(o => o + ";")).TrimEnd(';');
        File.WriteAllText(_folder["model.idf"], bare);
        if (extension == ".epJSON") Child.Run(Path.Combine(engine, "ConvertInputFormat"), _folder.Path, _folder["model.idf"]);
        var model = _folder["model" + extension];

        ModelPreparation.Apply(IdfText.Read(File.ReadAllBytes(model)), model, [new("Zone Mean Air Temperature")], []);

        Assert.Equal(0,
            Child.Run(Path.Combine(engine, "energyplus"), _folder.Path, "-w", RealParts.Weather("Chicago"), "-d", _folder["out"], model));
        using var sql = SqlResults.Open(_folder["out", "eplusout.sql"]);
        Assert.Equal("m2", sql.Find("AnnualBuildingUtilityPerformanceSummary", "Building Area")!.UnitOf(0, 0));
        Assert.Equal(4835.13, EnergySummary.Read(_folder["out"]).TotalAreaM2!.Value, 0.01);
    }

    /// <summary>Whether all of a text stands in another, in order, with only insertions between.</summary>
    private static bool IsWithin(string before, string after)
    {
        var at = 0;
        foreach (var character in after)
            if (at < before.Length && character == before[at]) at++;
        return at == before.Length;
    }

    private (IReadOnlyList<string> Added, string Text) Apply(
        string text, IReadOnlyList<OutputRequest>? variables = null, IReadOnlyList<OutputRequest>? meters = null)
    {
        var path = _folder["staged"];
        File.WriteAllText(path, text);
        var added = ModelPreparation.Apply(IdfText.Read(text), path, variables ?? [], meters ?? []);
        return (added, File.ReadAllText(path));
    }
}
