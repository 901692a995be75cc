using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary><c>idfkit study new</c>.</summary>
public sealed class NewStudyTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    private static CancellationToken Token => StudyFolder.Token;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_combination_becomes_a_row_and_the_file_is_a_study()
    {
        var (exitCode, output) = await NewAsync("Material/Insulation/Thickness=0.05, 0.10,0.2", "Building//North Axis=0:270:90");
        Assert.True(exitCode == 0, output);
        Assert.Contains($"{_folder.Study}: 12 rows.", output, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(_folder.Study, Token);
        Assert.Equal(
            ["Material/Insulation/Thickness,Building//North Axis", "0.05,0", "0.05,90", "0.05,180", "0.05,270", "0.10,0"], lines.Take(6));
        (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal(0, exitCode);
        Assert.Contains("12 of 12 rows would run", output, StringComparison.Ordinal);

        (exitCode, output) = await NewAsync("Material/Insulation/Thickness=0.3");
        Assert.Equal(1, exitCode);
        Assert.Contains("is there already and was left as it is", output, StringComparison.Ordinal);
        Assert.Equal(lines, await File.ReadAllLinesAsync(_folder.Study, Token));
    }

    [Theory]
    [InlineData("0:0.3:0.1", "0", "0.1", "0.2", "0.3")]
    [InlineData("0.10:0.25:0.1", "0.1", "0.2")]
    [InlineData("90:-90:-90", "90", "0", "-90")]
    [InlineData(" 1 : 1 : 5 ", "1")]
    [InlineData("1e1:2e1:5", "10", "15", "20")]
    public async Task Range_has_both_of_its_ends(string range, params string[] values)
    {
        Assert.Equal(0, (await NewAsync("Building//North Axis=" + range)).ExitCode);
        Assert.Equal(values, (await File.ReadAllLinesAsync(_folder.Study, Token)).Skip(1));
    }

    [Fact]
    public async Task Sample_is_the_same_for_the_same_seed()
    {
        string[] varied = ["Material/Insulation/Thickness=0.05:0.50:0.01", "Building//North Axis=0:359:1"];
        List<string> texts = [];
        foreach (var seed in (string[])["1", "1", "2"])
        {
            var (exitCode, output) = await NewAsync(varied, "--sample", "20", "--seed", seed);
            Assert.True(exitCode == 0, output);
            texts.Add(await File.ReadAllTextAsync(_folder.Study, Token));
            File.Delete(_folder.Study);
        }
        Assert.Equal(21, texts[0].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(texts[0], texts[1]);
        Assert.NotEqual(texts[0], texts[2]);
    }

    [Fact]
    public async Task Study_in_another_place_names_its_model()
    {
        Directory.CreateDirectory(_folder["studies"]);
        var file = _folder["studies", "axis, all.study.csv"];
        var (exitCode, output) = await NewAsync(["Building//North Axis=0,90"], "-o", file);
        Assert.True(exitCode == 0, output);
        Assert.Equal(["model,Building//North Axis", "../office.idf,0", "../office.idf,90"], await File.ReadAllLinesAsync(file, Token));
        Assert.Equal(0, (await StudyFolder.IdfKitAsync("check", file)).ExitCode);
    }

    [Fact]
    public async Task Names_with_signs_of_csv_are_quoted()
    {
        await File.WriteAllTextAsync(_folder["office.idf"], DesignDays.Model + "Material, A=\"b\", Rough, 0.1, 1, 1000, 900;\n", Token);
        var (exitCode, output) = await NewAsync("Material/A=\"b\"/Thickness=0.1,0.2");
        Assert.True(exitCode == 0, output);
        var lines = await File.ReadAllLinesAsync(_folder.Study, Token);
        Assert.Equal(["\"Material/A=\"\"b\"\"/Thickness\"", "0.1", "0.2"], lines);
        Assert.Equal(0, (await StudyFolder.IdfKitAsync("check", _folder.Study)).ExitCode);
    }

    [Theory]
    [InlineData(1, "'Thickness' may be meant", "Material/Insulation/Thicknes=0.1")]
    [InlineData(1, "'-1' is out of range", "Material/Insulation/Thickness=0.1,-1")]
    [InlineData(1, "no weather file 'x.epw'", "weather=x.epw")]
    [InlineData(1, "has the same values", "Building//North Axis=1,1")]
    [InlineData(2, "is no HEADING=VALUES", "Building//North Axis")]
    [InlineData(2, "empty value", "Building//North Axis=1,,2")]
    [InlineData(2, "empty value", "Building//North Axis=")]
    [InlineData(2, "never gets from", "Building//North Axis=0:10:0")]
    [InlineData(2, "never gets from", "Building//North Axis=0:10:-1")]
    [InlineData(2, "more than 100,000 values", "Building//North Axis=0:1:0.000001")]
    [InlineData(2, "too long", "Building//North Axis=0:1e300:1")]
    [InlineData(2, "twice", "Building//North Axis=1", "Building//North Axis=2")]
    [InlineData(1, "more than 100000 rows", "Building//North Axis=1:1000:1", "Material/Insulation/Thickness=0.001:1:0.001")]
    public async Task What_is_wrong_is_said_and_nothing_is_written(int exit, string said, params string[] varied)
    {
        var (exitCode, output) = await NewAsync(varied);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(exit, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Equal(["office.epw", "office.idf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    private Task<(int ExitCode, string Output)> NewAsync(params string[] varied) => NewAsync(varied, []);

    private Task<(int ExitCode, string Output)> NewAsync(string[] varied, params string[] more) => StudyFolder.IdfKitAsync(
        ["new", _folder["office.idf"], .. varied.SelectMany(text => (string[])["--vary", text]), .. more]);
}
