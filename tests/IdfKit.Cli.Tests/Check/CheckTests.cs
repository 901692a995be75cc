using IdfKit.Drops;

using TestBed;

namespace IdfKit.Cli.Tests.Check;

/// <summary><c>idfkit check</c>: the rules and sentences of a run, and nothing is run.</summary>
public sealed class CheckTests : IDisposable
{
    private const string DesignDays = "Version,25.2;\nBuilding,B;\n";
    private const string Year = DesignDays + "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_of_a_folder_are_answered_one_by_one_and_one_that_would_be_refused_fails()
    {
        Put("good.idf", DesignDays);
        Put("a/year.idf", Year);
        Put("page.idf", "<!DOCTYPE html>\n<html></html>\n");
        Put("notes.txt", "nothing");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains("good.idf: would be run without weather.", output, StringComparison.Ordinal);
        Assert.Contains("year.idf: refused (no_weather).", output, StringComparison.Ordinal);
        Assert.Contains("page.idf: refused (not_a_model).", output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 would be run.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("notes.txt", output, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task File_that_is_found_in_another_spelling_is_told_as_a_notice()
    {
        Put("office.idf", DesignDays + "Schedule:File,S,,USE.CSV,1,0;\n");
        Put("use.csv", "1\n");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder["office.idf"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("names the file 'USE.CSV'", output, StringComparison.Ordinal);
        Assert.Contains("was taken for it", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("office.osm", "OpenStudio")]
    [InlineData("absent.idf", "absent.idf")]
    public async Task What_is_no_model_or_not_there_is_said(string name, string said)
    {
        if (name != "absent.idf") Put(name, "OS:Version;");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder[name]);
        Assert.Equal(1, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3://", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature", true)]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature,Hourly ! the last line", true)]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature,", true)]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature,\n! the last line\n", true)]
    [InlineData("Output:Variable,,Zone Mean Air Temperature,Hourly,", true)]
    [InlineData("Output:Meter,Electricity:Facility,", true)]
    [InlineData("Material,M1,Rough,0.1,0.5,1000,800,", true)]
    [InlineData("Construction,C1,Plaster,", true)]
    [InlineData("ConvergenceLimits,", true)]
    [InlineData("Output:SQLite,", true)]
    [InlineData("Output:Variable,*,", false)]
    [InlineData("Output:Variable,*,,", false)]
    [InlineData("Material,M1,Rough,0.1,0.5,1000,", false)]
    [InlineData("Construction,C1,", false)]
    [InlineData("RunPeriod,R1,1,1,,12,", false)]
    [InlineData("ZoneList,L1,Office,", false)]
    [InlineData("Shading:Site:Detailed,S1,,4,0,0,0,1,0,0,1,1,1,0,1,1,", false)]
    [InlineData("NoSuchClass,a,", false)]
    [InlineData("Zone,", false)]
    [InlineData("Output:SQLite", false)]
    public async Task Last_object_without_its_semicolon_has_the_verdict_of_EnergyPlus(string last, bool isTaken)
    {
        Put("office.idf", TestBed.DesignDays.Model + last);
        var energyPlus = Path.Combine(RealParts.EnergyPlus(), "energyplus");
        var ran = await TestBed.Tool.RunAsync(energyPlus, _folder.Path, "-d", _folder["ran"], _folder["office.idf"]);
        Assert.Equal(isTaken, ran.ExitCode == 0);
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder["office.idf"]);
        Assert.Equal(isTaken, exitCode == 0);
        var isComma = last.Split('\n')[0].EndsWith(',');
        Assert.Equal(isTaken && isComma, output.Contains(AfterComma(last), StringComparison.Ordinal));
    }

    /// <summary>Without an EnergyPlus nobody here knows what its object must have.</summary>
    [Theory]
    [InlineData("Output:Variable,*,Zone Mean Air Temperature,")]
    [InlineData("Construction,C1,")]
    public async Task Comma_at_the_end_is_a_notice_where_no_EnergyPlus_is_installed(string last)
    {
        Put("office.idf", TestBed.DesignDays.Model + last);
        var check = new DropCheck(new() { WorkDirectory = _folder["work"] }, installation: null);
        var result = await check.CheckAsync(_folder["office.idf"], TestContext.Current.CancellationToken);
        Assert.Null(result.Message);
        Assert.Contains(AfterComma(last), Assert.Single(result.Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HeatBalanceAlgorithm,\n##include alg.txt")]
    [InlineData("HeatBalanceAlgorithm,\n  ##include alg.txt\n! the end\n")]
    public async Task Comma_before_macros_is_no_end(string last)
    {
        Put("office.idf", TestBed.DesignDays.Model + last);
        Put("alg.txt", "ConductionTransferFunction;\n");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder["office.idf"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("ends in the middle of an object of class HeatBalanceAlgorithm", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.epJSON", "refused (preprocessor).", "ConvertInputFormat")]
    [InlineData("macros.idf", "refused (macros).", "run EPMacro on it")]
    public async Task What_no_program_readies_for_EnergyPlus_is_refused_as_by_a_run(string name, string refused, string advice)
    {
        Put("macros.idf", "##set1 a 1\n" + TestBed.DesignDays.Model);
        const string Version = """ "Version": {"V": {"version_identifier": "25.2"}} """;
        Put("t.epJSON", "{" + Version + """, "Building": {"B": {}}, "HVACTemplate:Thermostat": {"T": {}}}""");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder[name]);
        Assert.Equal(1, exitCode);
        Assert.Contains(refused, output, StringComparison.Ordinal);
        Assert.Contains(advice, output, StringComparison.Ordinal);
        var (_, ran) = await Tool.RunAsync(
            new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() }, "run", _folder[name], "-o", _folder["out"]);
        var sentence = output[(output.IndexOf(refused, StringComparison.Ordinal) + refused.Length)..].Trim();
        Assert.Contains(sentence, ran, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.idf", "refused (missing_file). There is no such file.")]
    [InlineData("a.epw", "a.epw' is not a model")]
    public async Task File_is_called_in_sentences_as_on_the_command_line(string name, string said)
    {
        Put("a.epw", "LOCATION");
        var (exitCode, output) = await Tool.RunAsync(null, "check", _folder[name]);
        Assert.Equal(1, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{_folder[name][1..]}'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("estimate")]
    [InlineData("submit", "--to", "bucket", "--dry-run")]
    public async Task Model_with_macros_by_its_name_is_said_to_be_one_in_one_sentence(string command, params string[] more)
    {
        Directory.CreateDirectory(_folder["bucket", "inputs"]);
        Put("x.imf", TestBed.DesignDays.Model);
        var (exitCode, output) = await Tool.RunAsync(
            null, [command, _folder["x.imf"], .. more.Select(text => text is "bucket" ? _folder[text] : text)]);
        Assert.Equal(1, exitCode);
        Assert.Single(output.Split('\n'), line => line.Contains("x.imf", StringComparison.Ordinal));
        Assert.Contains("is a model with macros (##)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no model", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_it_is_wrong_usage()
    {
        Assert.Equal(2, (await Tool.RunAsync(null, "check")).ExitCode);
        Assert.Equal(2, (await Tool.RunAsync(new Dictionary<string, string> { ["IDFKIT_ANNUAL"] = "maybe" }, "check", "x.idf")).ExitCode);
    }

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }

    private static string AfterComma(string last)
    {
        var line = TestBed.DesignDays.Model.Count(letter => letter == '\n') + 1;
        return $"office.idf' ends with a comma after its last object ({last.Split(',')[0]}, line {line}); "
            + "if more should follow, the file was cut off.";
    }
}
