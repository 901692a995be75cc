using System.Text.Json;
using System.Text.Json.Nodes;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit run</c> with the real EnergyPlus.</summary>
public sealed class RunTests : IDisposable
{
    private const string Ground = """
        GroundHeatTransfer:Slab:Materials,2,.158,.379,.9,.9,.75,.03,6.13,9.26;
        GroundHeatTransfer:Slab:MatlProps,2300,1200,653,1200,.93,1.8;
        GroundHeatTransfer:Basement:SimParameters,0.1,15;

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_that_fail_in_different_ways_are_each_counted_and_said_and_no_others()
    {
        Directory.CreateDirectory(_folder["m"]);
        DesignDays.Write(_folder["m", "good.idf"]);
        await File.WriteAllTextAsync(_folder["m", "cut.idf"], "Version,25.2;\nZone,", Token);
        await File.WriteAllTextAsync(
            _folder["m", "year.idf"], "Version,25.2;\nSimulationControl,No,No,No,No,Yes;\nRunPeriod,Y,1,1,,12,31;\n", Token);
        await File.WriteAllTextAsync(_folder["m", "fatal.idf"], DesignDays.Model + "Construction,C,no such material;\n", Token);
        await File.WriteAllTextAsync(_folder["other.idf"], "Version,25.2;\nZone,", Token);
        await IdfKitAsync("run", _folder["other.idf"], "-o", _folder["out"]);
        var (exitCode, output) = await IdfKitAsync("run", _folder["m"], "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.Contains("4 runs: 2 rejected, 1 completed, 1 failed.", output, StringComparison.Ordinal);
        foreach (var cause in (string[])["(not_a_model), cut:", "(no_weather), year:", "(fatal), fatal:"])
            Assert.Contains("1 run " + cause, output, StringComparison.Ordinal);
        Assert.DoesNotContain("other", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.idf")]
    [InlineData("/proc/results")]
    [InlineData("a.idf/results")]
    public async Task Folder_that_cannot_be_made_is_said_before_anything_runs(string output)
    {
        DesignDays.Write(_folder["a.idf"]);
        var (exitCode, said) = await IdfKitAsync("run", _folder["a.idf"], "-o", output.StartsWith('/') ? output : _folder[output]);
        Assert.Equal(1, exitCode);
        Assert.Contains("cannot be made the folder of the results; name another with -o.", said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
    }

    [Fact]
    public async Task Model_that_ends_with_a_comma_runs_with_its_last_object()
    {
        await File.WriteAllTextAsync(
            _folder["a.idf"], DesignDays.Model + "Output:Variable,*,Site Outdoor Air Drybulb Temperature,Hourly, ! the end\n", Token);
        var (exitCode, output) = await IdfKitAsync("run", _folder["a.idf"], "-o", _folder["out"]);
        Assert.True(exitCode == 0, output);
        var series = await File.ReadAllTextAsync(_folder["out", "a", "eplusout.eso"], Token);
        Assert.Contains("Site Outdoor Air Drybulb Temperature [C] !Hourly", series, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No,Yes", "Slab")]
    [InlineData("Yes,No", "Basement")]
    public async Task Program_that_the_installation_lacks_is_named_with_who_can_mend_it(string asked, string program)
    {
        Directory.CreateDirectory(_folder["ep"]);
        var whole = new DirectoryInfo(RealParts.EnergyPlus());
        foreach (var entry in whole.EnumerateFileSystemInfos().Where(entry => entry.Name != "PreProcess"))
            File.CreateSymbolicLink(_folder["ep", entry.Name], entry.FullName);
        _variables["ENERGYPLUS_DIR"] = _folder["ep"];
        File.Copy(RealParts.Weather("Golden"), _folder["a.epw"]);
        await File.WriteAllTextAsync(_folder["a.idf"], DesignDays.Model + $"GroundHeatTransfer:Control,c,{asked};\n" + Ground, Token);
        var (exitCode, output) = await IdfKitAsync("run", _folder["a.idf"], "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.Contains($"The model needs {program}, which is not in {_folder["ep"]}.", output, StringComparison.Ordinal);
        Assert.Contains("or ask the owner of the function to.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/")]
    [InlineData("**/")]
    [InlineData("[")]
    [InlineData("m*/")]
    public async Task Pattern_that_can_match_no_file_is_a_sentence(string pattern)
    {
        Directory.CreateDirectory(_folder["m"]);
        DesignDays.Write(_folder["m", "a.idf"]);
        var (exitCode, output) = await IdfKitAsync("run", _folder[pattern], "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.StartsWith("idfkit run: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_of_a_folder_are_run_shown_compared_and_not_run_again()
    {
        Directory.CreateDirectory(_folder["m", "büro 1"]);
        DesignDays.Write(_folder["m", "a.idf"]);
        await File.WriteAllTextAsync(
            _folder["m", "büro 1", "b.idf"], DesignDays.Model.Replace("Timestep,4", "Timestep,6", StringComparison.Ordinal), Token);
        var (exitCode, output) = await IdfKitAsync("run", _folder["m"], "-o", _folder["out"]);
        Assert.True(exitCode == 0, output);
        Assert.Contains("2 runs: 2 completed.", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", "büro 1", "b", "report.html"]));
        Assert.Equal(0, (await IdfKitAsync("show", _folder["out"])).ExitCode);
        var ended = File.GetLastWriteTimeUtc(_folder["out", "a", "run.json"]);

        await File.AppendAllTextAsync(_folder["m", "broken.idf"], "Version,25.2;\nZone,", Token);
        (exitCode, output) = await IdfKitAsync("run", _folder["m"], "-o", _folder["out"]);
        Assert.True(exitCode == 1, output);
        Assert.Contains("1 model is run, with results in ", output, StringComparison.Ordinal);
        Assert.Contains("2 models have run already.", output, StringComparison.Ordinal);
        Assert.Contains("3 runs: 2 completed, 1 ", output, StringComparison.Ordinal);
        Assert.Equal(ended, File.GetLastWriteTimeUtc(_folder["out", "a", "run.json"]));

        (exitCode, output) = await IdfKitAsync("compare", _folder["out", "a"], _folder["out", "büro 1", "b"]);
        Assert.True(exitCode == 0, output);
        (exitCode, output) = await IdfKitAsync("run", _folder["m", "a.idf"], "-o", _folder["out"], "--force", "--json");
        Assert.Equal(0, exitCode);
        Assert.Equal("completed", (string?)JsonNode.Parse(output)!["runs"]![0]!["status"]);
        Assert.NotEqual(ended, File.GetLastWriteTimeUtc(_folder["out", "a", "run.json"]));
    }

    [Fact]
    public async Task Run_periods_side_by_side_are_in_the_record_or_it_says_why_not()
    {
        var model = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        await File.WriteAllTextAsync(_folder["a.idf"], model + "RunPeriod, More, 2, 1, , 2, 28, , Monday, No, No, No, Yes, Yes;\n", Token);
        string[] arguments = ["run", _folder["a.idf"], "--weather", RealParts.Weather("Golden"), "-o", _folder["out"], "--parallel"];
        var (exitCode, output) = await IdfKitAsync([.. arguments, "periods"]);
        Assert.True(exitCode == 0, output);
        var record = JsonNode.Parse(await File.ReadAllTextAsync(_folder["out", "a", "run.json"], Token))!;
        var isSplit = record["segments"] is not null; // this machine may be busy
        var told = isSplit ? "side by side and joined" : "one after the other";
        Assert.Contains(record["notices"]!.AsArray(), notice => ((string)notice!).Contains(told, StringComparison.Ordinal));
        Assert.Equal(isSplit, File.Exists(_folder["out", "a", "eplustbl.period-2.htm"]));
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Contains(told, (await IdfKitAsync("show", _folder["out", "a"])).Output, StringComparison.Ordinal);

        // What was joined never passes for a run by one process.
        (exitCode, output) = await IdfKitAsync([.. arguments, "off"]);
        Assert.True(exitCode == 0, output);
        record = JsonNode.Parse(await File.ReadAllTextAsync(_folder["out", "a", "run.json"], Token))!;
        Assert.Null(record["segments"]);
        Assert.True(File.Exists(_folder["out", "a", "eplustbl.htm"]));

        // One process's run answers who asks for parts. What was divided otherwise than a year would be now does not.
        var path = _folder["out", "a", "run.json"];
        var whole = File.GetLastWriteTimeUtc(path);
        (exitCode, output) = await IdfKitAsync([.. arguments, "periods"]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(whole, File.GetLastWriteTimeUtc(path));
        foreach (var (kind, form) in ((string, string?)[])[("year", "year/1"), ("periods", null)])
        {
            record["segments"] = JsonSerializer.SerializeToNode(
                new { kind, count = 2, names = (string[])[], not_produced = (string[])[], tables = (string[])[], form });
            File.WriteAllText(path, record.ToJsonString());
            (exitCode, output) = await IdfKitAsync([.. arguments, kind]);
            Assert.True(exitCode == 0, output);
            Assert.Null(JsonNode.Parse(File.ReadAllText(path))!["segments"]);
        }
    }

    [Fact]
    public async Task Stopped_it_says_what_is_left_and_goes_on_later()
    {
        for (var at = 0; at < 12; at++) DesignDays.Write(_folder[$"m{at:00}.idf"]);
        using (var gated = new GatedEnergyPlus(passes: 2))
        await using (var tool = Tool.Start(gated.Variables, "run", _folder.Path + "/*.idf", "-o", _folder["out"], "--jobs", "1"))
        {
            await tool.SaysAsync("(2 of 12)");
            await tool.SignalAsync("INT");
            Assert.Equal(1, await tool.ExitAsync());
            Assert.Matches("stopped; [0-9]+ of 12 runs had ended. The same command runs the other [0-9]+.", tool.Output);
        }
        var (exitCode, output) = await IdfKitAsync("run", _folder.Path + "/*.idf", "-o", _folder["out"]);
        Assert.True(exitCode == 0, output);
        Assert.Matches("[0-9]+ models have run already.", output);
        Assert.Contains("12 runs: 12 completed.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetDirectories(_folder["out"]), folder => folder.Contains("idfkit-run-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Second_interrupt_ends_it_at_once_and_leaves_no_process()
    {
        var model = _folder["office.idf"];
        File.Copy(RealParts.Model("SmallOfficeNew2004"), model);
        await using var tool = Tool.Start(_variables, "run", model, "-o", _folder["out"], "--weather", RealParts.Weather("Chicago"));
        while (Began(_folder["out"]).Length == 0)
        {
            Assert.False(tool.HasExited, tool.Output);
            await Task.Delay(20, Token);
        }
        await tool.SignalUntilExitAsync("INT");
        Assert.DoesNotContain("   at ", tool.Output, StringComparison.Ordinal);
        while (IsAtWork(_folder.Path)) await Task.Delay(20, Token);

        DesignDays.Write(model);
        var (exitCode, output) = await IdfKitAsync("run", model, "-o", _folder["out"]);
        Assert.True(exitCode == 0, output);
        Assert.Empty(Directory.GetDirectories(_folder["out"], "idfkit-run-*", SearchOption.AllDirectories));
    }

    private static string[] Began(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "eplusout.err", SearchOption.AllDirectories) : [];

    /// <summary>Whether a process works in a folder.</summary>
    private static bool IsAtWork(string folder) => Directory.GetDirectories("/proc").Any(process =>
    {
        try { return Directory.ResolveLinkTarget(process + "/cwd", false)?.FullName.StartsWith(folder, StringComparison.Ordinal) == true; }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return false; }
    });

    private Task<(int ExitCode, string Output)> IdfKitAsync(params string[] arguments) => Tool.RunAsync(_variables, arguments);
}
