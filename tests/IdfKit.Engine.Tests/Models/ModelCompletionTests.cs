using System.Text;
using System.Text.Json;

using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>A model's own objects are completed in the staged copy, and nothing else of its text changes.</summary>
public sealed class ModelCompletionTests : IDisposable
{
    private const string Added = ",AnnualBuildingUtilityPerformanceSummary,SystemSummary";

    private const string Dictionary = "Output:VariableDictionary,regular;\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Output:Table:SummaryReports,EnvelopeSummary|;", 1)]
    [InlineData(
        "  Output:Table:SummaryReports ,\r\n    EnvelopeSummary,      !- Report 1 Name\r\n    "
            + "LightingSummary|  ;     !- Report 2; Name, x\r\n", 1)]
    [InlineData("output:table:summaryreports,\n EnvelopeSummary| !- Report 1 Name\n ;\n", 1)]
    [InlineData("Output:Table:SummaryReports,EnvelopeSummary|,\n  ; ! a blank name at the end", 1)]
    [InlineData("Output:Table:SummaryReports|;", 1)]
    [InlineData("Output:Table:SummaryReports,EnvelopeSummary| ! and the file ends here", 1)]
    [InlineData("Output:Table:SummaryReports,SystemSummary,\n  EnvelopeSummary|;", 0)]
    public void List_without_the_annual_report_gets_it_in_its_place(string text, int systemSummary)
    {
        var before = "Version,25.2;\r! B\u00fcro, \u00d6l\n" + text.Replace("|", "", StringComparison.Ordinal);
        var added = systemSummary == 1 ? Added : ",AnnualBuildingUtilityPerformanceSummary";
        var expected = "Version,25.2;\n! B\u00fcro, \u00d6l\n" + text.Replace("|", added, StringComparison.Ordinal);

        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Latin1, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) })
        {
            var (after, notes) = Apply([.. encoding.Preamble, .. encoding.GetBytes(before)], "m.idf");
            Assert.StartsWith(expected, encoding.GetString(after).TrimStart('\uFEFF'), StringComparison.Ordinal);
            Assert.Contains(added + ";", notes[0], StringComparison.Ordinal);
            Assert.DoesNotContain(notes, note => note.Contains('\n', StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("AllSummary"), InlineData("allsummaryandmonthly")]
    [InlineData("AllSummaryMonthlyAndSizingPeriod"), InlineData("AllSummaryAndSizingPeriod")]
    [InlineData("AnnualBuildingUtilityPerformanceSummary"), InlineData("EnvelopeSummary, annualbuildingutilityperformancesummary")]
    public void List_that_has_the_annual_report_is_left_alone(string reports)
    {
        var text = $"Version,25.2;\nOutput:SQLite,SimpleAndTabular;\nOutput:Table:SummaryReports,{reports};\n{Dictionary}";
        var (after, notes) = Apply(Encoding.UTF8.GetBytes(text), "m.idf");

        Assert.Equal(text, Encoding.UTF8.GetString(after));
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("Output:SQLite,Simple;", "Output:SQLite,SimpleAndTabular;")]
    [InlineData("Output:SQLite, ! which\n  simple, ! option\n  JtoKWH;", "Output:SQLite, ! which\n  SimpleAndTabular, ! option\n  JtoKWH;")]
    [InlineData("Output:SQLite,,None;", "Output:SQLite,SimpleAndTabular,None;")]
    [InlineData("Output:SQLite;", "Output:SQLite,SimpleAndTabular;")]
    public void Database_gets_the_tables_where_no_other_file_has_them(string sqlite, string expected)
    {
        const string Rest = "\nOutputControl:Table:Style,XML;\nOutput:Table:SummaryReports,AllSummary;\n" + Dictionary;
        var (after, notes) = Apply(Encoding.UTF8.GetBytes("Version,25.2;\n" + sqlite + Rest), "m.idf");

        Assert.Equal("Version,25.2;\n" + expected + Rest, Encoding.UTF8.GetString(after));
        Assert.StartsWith("Output:SQLite,SimpleAndTabular", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OutputControl:Table:Style,HTML;"), InlineData("OutputControl:Table:Style,Comma;"), InlineData("")]
    [InlineData("OutputControl:Table:Style,XML;OutputControl:Files,No,Yes,Yes,Yes,Yes,No;")] // no database at all
    public void Database_is_left_alone_where_tables_are_read_elsewhere_or_there_is_no_database(string rest)
    {
        var text = "Version,25.2;\nOutput:SQLite,Simple;\nOutput:Table:SummaryReports,AllSummary;\n" + Dictionary + rest;
        var (after, notes) = Apply(Encoding.UTF8.GetBytes(text), "m.idf");

        Assert.Equal(text, Encoding.UTF8.GetString(after));
        Assert.Empty(notes);
    }

    [Fact]
    public void Tables_switched_off_as_a_file_go_into_the_database()
    {
        const string Text =
            "Version,25.2;Output:SQLite,Simple;Output:Table:SummaryReports,AllSummary;OutputControl:Files,No,Yes,Yes,Yes,No,Yes;";
        var (after, _) = Apply(Encoding.UTF8.GetBytes(Text), "m.idf");

        Assert.Contains("Output:SQLite,SimpleAndTabular;", Encoding.UTF8.GetString(after), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"option_type": "Simple"}""")]
    [InlineData("""{ }""")]
    [InlineData("""{"unit_conversion_for_tabular_data": "None"}""")]
    public void EpJSON_is_completed_the_same_way(string sqlite)
    {
        var text = $$$"""
            {
              "Version": {"Version 1": {"version_identifier": "25.2"}},
              "Output:Table:SummaryReports": {"The \"list\"": {"reports": [ {"report_name": "EnvelopeSummary"},
              {"report_name": "LightingSummary"} ]}},
              "Output:SQLite": {"The \"file\"" : {{{sqlite}}}},
              "OutputControl:Table:Style": {"Style": {"column_separator": "Tab"}}, "Output:VariableDictionary": {"1": {}}
            }
            """;
        var (after, notes) = Apply(Encoding.UTF8.GetBytes(text), "m.epJSON");
        using var json = JsonDocument.Parse(after);

        var reports = json.RootElement.GetProperty("Output:Table:SummaryReports").EnumerateObject().Single().Value.GetProperty("reports");
        Assert.Equal(
            ["AnnualBuildingUtilityPerformanceSummary", "SystemSummary", "EnvelopeSummary", "LightingSummary"],
            reports.EnumerateArray().Select(report => report.GetProperty("report_name").GetString()));
        var option = json.RootElement.GetProperty("Output:SQLite").EnumerateObject().Single().Value;
        Assert.Equal("SimpleAndTabular", option.GetProperty("option_type").GetString());
        Assert.Equal(sqlite.Contains("None", StringComparison.Ordinal), option.TryGetProperty("unit_conversion_for_tabular_data", out _));
        Assert.Equal(2, notes.Count);
        Assert.Equal(text.Split('\n').Length, Encoding.UTF8.GetString(after).Split('\n').Length);
    }

    [Fact]
    public void Completion_and_added_objects_go_together()
    {
        var path = Write("Version,25.2;\nOutput:Table:SummaryReports,EnvelopeSummary"u8.ToArray(), "m.idf");
        var notes = ModelPreparation.Apply(Read(path), path, [new("Zone Mean Air Temperature")], []);
        var after = Read(path);

        Assert.Equal(4, notes.Count);
        Assert.Equal(5, after.Objects.Count);
        Assert.Equal(
            ["EnvelopeSummary", "AnnualBuildingUtilityPerformanceSummary", "SystemSummary"],
            Assert.Single(after.ObjectsOf("Output:Table:SummaryReports")).Fields.Select(field => field.Trim()));
    }

    private (byte[] After, IReadOnlyList<string> Notes) Apply(byte[] bytes, string name)
    {
        var path = Write(bytes, name);
        var notes = ModelPreparation.Apply(Read(path), path, [], []);
        return (File.ReadAllBytes(path), notes);
    }

    private string Write(byte[] bytes, string name)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    private static Model Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Model.Read(stream);
    }
}
