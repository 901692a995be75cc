using System.Text.Json;

namespace IdfKit.Cli.Tests.Studies;

/// <summary><c>idfkit study check</c>.</summary>
public sealed class CheckStudyTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Study_that_can_be_run_is_said_with_its_columns_and_the_rows_that_would_run()
    {
        _folder.With("name,BuildingSurface:Detailed/*/Sun Exposure,Building//North Axis,label\na,NoSun,0,x\nb,NoSun,45,\nc,,45,y\n");
        var (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            office.study.csv: 3 rows, each a variant of office.idf, with office.epw.
              BuildingSurface:Detailed/*/Sun Exposure  field, 6 objects, 1 value
              Building//North Axis                     field, 1 object, 2 values
              label                                    option, 2 values
            3 of 3 rows would run: a, b, c.
            """, output.Trim(), ignoreLineEndingDifferences: true);
        Assert.False(Directory.Exists(_folder["office.study"]));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_a_line_each()
    {
        _folder.With("name,Material/Insulation/Thicknes,Building//North Axis,Building//Terrain\na,1,east,City\nA,1,0,Cty\nb,1,0\n");
        var (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal(1, exitCode);
        var lines = output.Trim().Split('\n');
        Assert.StartsWith("office.study.csv: refused; ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("Row 4 has 3 values under 4 headings", StringComparison.Ordinal));
        _folder.With("name,Material/Insulation/Thicknes,Building//North Axis,Building//Terrain\na,1,east,City\nA,1,0,Cty\n");
        (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal(1, exitCode);
        Assert.Contains("Row 3, column 'name'", output, StringComparison.Ordinal);
        _folder.With("name,Material/Insulation/Thicknes,Building//North Axis,Building//Terrain\na,1,east,City\nb,1,0,Cty\n");
        (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal((1, 4), (exitCode, output.Trim().Split('\n').Length));
        Assert.Contains("'Thickness' may be meant", output, StringComparison.Ordinal);
        Assert.Contains("'east' is no number", output, StringComparison.Ordinal);
        Assert.Contains("'City' may be meant", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_the_same_for_programs()
    {
        _folder.WithRows(2);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study, "--json");
        var said = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, "planned", 2, 0), (exitCode, Text(said, "status"), Number(said, "rows"), Number(said, "have_run")));
        Assert.Equal(["r01", "r02"], said.GetProperty("to_run").EnumerateArray().Select(name => name.GetString()));
        var parameter = Assert.Single(said.GetProperty("parameters").EnumerateArray());
        Assert.Equal(
            ("Building//North Axis", "field", 1),
            (Text(parameter, "column"), Text(parameter, "kind"), Number(parameter, "objects")));

        _folder.With("name,Building//North Axis\na,east\n");
        (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study, "--json");
        said = JsonDocument.Parse(output).RootElement;
        Assert.Equal((1, "refused", 1), (exitCode, Text(said, "status"), Number(said, "fault_count")));
        var fault = Assert.Single(said.GetProperty("faults").EnumerateArray());
        Assert.Equal((2, "Building//North Axis"), (Number(fault, "row"), Text(fault, "column")));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("name,Building//North Axis\n", "no rows")]
    public async Task Empty_study_is_refused(string csv, string said)
    {
        foreach (var command in (string[])["check", "run", "collect", "status", "retry", "clean"])
        {
            var (exitCode, output) = await StudyFolder.IdfKitAsync(command, _folder.With(csv).Study);
            Assert.Equal(1, exitCode);
            Assert.Contains(said, output, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(_folder["office.study"]));
    }

    [Fact]
    public async Task Study_that_is_not_there_is_said_in_a_line()
    {
        foreach (var command in (string[])["check", "run", "collect", "status", "retry", "clean"])
        {
            var (exitCode, output) = await StudyFolder.IdfKitAsync(command, _folder["absent.study.csv"]);
            Assert.Equal(1, exitCode);
            Assert.Matches(@"^idfkit study \w+: .*absent\.study\.csv.*\.$", Assert.Single(output.Trim().Split('\n')));
        }
        Assert.False(Directory.Exists(_folder["absent.study"]));
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();
}
