using IdfKit.Engine;
using IdfKit.Simulation;

namespace IdfKit.Studies.Tests.Running;

/// <summary>Studies with the real EnergyPlus.</summary>
public sealed class StudyRunnerTests : IDisposable
{
    private readonly StudyBed _bed = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Variants_are_run_each_in_a_folder_of_its_own()
    {
        _bed.WithOneZone().With("office.study.csv", "name,Material/Insulation/Thickness\nthin,0.05\nthick,0.30\n");
        await using var simulator = new Simulator(StudyBed.EnergyPlus);
        var runner = new StudyRunner(simulator);
        Dictionary<string, double> energy = [];
        await foreach (var ended in runner.RunAsync(_bed.Read(), _bed["out"], cancellationToken: Token))
        {
            Assert.Equal(RunOutcome.Completed, ended.Result?.Outcome);
            energy[ended.Variant.Name] = ended.Result!.Summary!.SiteEnergyGj!.Value;
        }
        Assert.Equal(["thick", "thin"], energy.Keys.Order(StringComparer.Ordinal));
        Assert.True(energy["thick"] < energy["thin"]);
        Assert.True(File.Exists(_bed["out", "runs", "thin", "run.json"]));
        var record = await File.ReadAllTextAsync(_bed["out", "runs", "thin", "run.json"], Token);
        Assert.Contains("\"study\": {", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_run_is_not_run_again()
    {
        _bed.WithDesignDays().With("office.study.csv", "name,Building//North Axis\na,0\nb,45\nc,90\n");
        await using var simulator = new Simulator(StudyBed.EnergyPlus);
        var runner = new StudyRunner(simulator);
        Assert.Equal(["a", "b", "c"], (await RunAsync(runner)).Order());
        Assert.Empty(await RunAsync(runner));
        // One changed, one gone, one new, and the others in another order.
        _bed.With("office.study.csv", "name,label,Building//north_axis\nd,,180\nb,,46\na,same,0\n");
        var plan = await runner.PlanAsync(_bed.Read(), _bed["out"], Token);
        Assert.Equal(["d", "b"], plan.ToRun.Select(variant => variant.Name));
        Assert.Equal(["a"], plan.HasRun.Select(variant => variant.Name));
        Assert.Equal(["b", "d"], (await RunAsync(runner)).Order());
        // The weather's content is another.
        await File.AppendAllTextAsync(_bed["office.epw"], "\n", Token);
        Assert.Equal(3, (await runner.PlanAsync(_bed.Read(), _bed["out"], Token)).ToRun.Count);
    }

    [Fact]
    public async Task Table_has_a_row_for_each_row_of_the_file_in_its_order()
    {
        _bed.WithOneZone().With("office.study.csv",
            "name;Material/Insulation/Thickness;label\nz;0,30;=thick\nä;0,05;\nx;0,10;a, b\n");
        await using var simulator = new Simulator(StudyBed.EnergyPlus);
        var study = _bed.Read();
        var single = new StudyRunner(simulator, new() { MaxConcurrency = 1 });
        await foreach (var ended in single.RunAsync(study, _bed["out"], cancellationToken: Token))
            if (ended.Ended == 2) break; // whoever leaves stops the rest
        var table = await StudyTable.CollectAsync(study, _bed["out"], cancellationToken: Token);
        Assert.Equal(["name", "Material/Insulation/Thickness", "label", "status", "reason", "message"],
            table.Columns.Take(6).Select(column => column.Name));
        Assert.Equal(["seconds", "run_folder"], table.Columns.TakeLast(2).Select(column => column.Name));
        var csv = await CsvAsync(table);
        var lines = csv.Split("\r\n");
        Assert.StartsWith("z,0.30,'=thick,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("ä,0.05,,", lines[2], StringComparison.Ordinal);
        Assert.Contains(",\"a, b\",", lines[3], StringComparison.Ordinal);
        Assert.Equal(1, Enumerable.Range(0, 3).Count(row => (string)table[row, "status"]! == "not_run"));
        await foreach (var ended in new StudyRunner(simulator).RunAsync(study, _bed["out"], cancellationToken: Token))
            Assert.Null(ended.Error);
        table = await StudyTable.CollectAsync(study, _bed["out"], table, Token);
        Assert.Equal(1, table.Runs.RecordsRead);
        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal("completed", table[row, "status"]));
        Assert.Equal(await CsvAsync(table), await CsvAsync(await StudyTable.CollectAsync(study, _bed["out"], cancellationToken: Token)));
        using var parquet = new MemoryStream();
        await table.WriteParquetAsync(parquet, Token);
        Assert.Equal("PAR1"u8.ToArray(), parquet.ToArray()[..4]);
    }

    [Fact]
    public async Task A_row_s_trouble_never_stops_the_others()
    {
        _bed.WithDesignDays().With("office.study.csv",
            "name,Construction/Outer wall/Outside Layer\na,Brick\nb,Nothing of the kind\nc,Concrete\n");
        await using var simulator = new Simulator(StudyBed.EnergyPlus);
        Dictionary<string, RunOutcome?> outcomes = [];
        await foreach (var ended in new StudyRunner(simulator).RunAsync(_bed.Read(), _bed["out"], cancellationToken: Token))
            outcomes[ended.Variant.Name] = ended.Result?.Outcome;
        Assert.Equal((RunOutcome.Completed, RunOutcome.Failed, RunOutcome.Completed), (outcomes["a"], outcomes["b"], outcomes["c"]));
    }

    [Theory]
    [InlineData(".idf", "Material/Insulation/Thickness", "0.25", "Insulation,  MediumRough, 0.10", "Insulation,  MediumRough, 0.25")]
    [InlineData(".idf", "Building//Terrain", "city", "  Suburbs, ", "  city, ")]
    [InlineData(".idf", "Schedule:Compact/Working hours/Field 6", "0.5", "Until: 18:00, 1,", "Until: 18:00, 0.5,")]
    [InlineData(".idf", "BuildingSurface:Detailed/Roof/Vertex 1 Z-coordinate", "3.2", "  0, 6, 3,  0, 0, 3,", "  0, 6, 3.2,  0, 0, 3,")]
    [InlineData(".epJSON", "Material/Insulation/Thickness", "0.25", "\"thickness\": 0.1\n", "\"thickness\": 0.25\n")]
    [InlineData(".epJSON", "Building//Terrain", "city", "\"Suburbs\"", "\"City\"")]
    public async Task Results_are_those_of_the_plain_program_on_the_file_edited_by_hand(
        string extension, string heading, string value, string before, string after)
    {
        _bed.WithDesignDays().With("office.study.csv", $"name,{heading}\na,{value}\n");
        if (extension == ".epJSON") ToEpJson();
        var text = await File.ReadAllTextAsync(_bed["office" + extension], Token);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await using (var simulator = new Simulator(StudyBed.EnergyPlus))
        {
            await foreach (var ended in new StudyRunner(simulator).RunAsync(_bed.Read(), _bed["out"], cancellationToken: Token))
                Assert.Equal(RunOutcome.Completed, ended.Result?.Outcome);
        }
        var at = extension == ".epJSON" && heading.StartsWith("Material", StringComparison.Ordinal)
            ? text.IndexOf(before, text.IndexOf("\"Insulation\": {", StringComparison.Ordinal), StringComparison.Ordinal)
            : text.IndexOf(before, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_bed["hand" + extension], text[..at] + after + text[(at + before.Length)..], Token);
        Run("energyplus", "-d", _bed["plain"], "-w", _bed["office.epw"], _bed["hand" + extension]);
        // The first line has the time of day.
        Assert.Equal(
            File.ReadLines(_bed["plain", "eplusout.eso"]).Skip(1), File.ReadLines(_bed["out", "runs", "a", "eplusout.eso"]).Skip(1));
    }

    private void ToEpJson()
    {
        Run("ConvertInputFormat", "-o", _bed["."], _bed["office.idf"]);
        File.Delete(_bed["office.idf"]);
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Path.Combine(StudyBed.EnergyPlus.Directory, program), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    private async Task<List<string>> RunAsync(StudyRunner runner)
    {
        List<string> names = [];
        await foreach (var ended in runner.RunAsync(_bed.Read(), _bed["out"], cancellationToken: Token))
        {
            Assert.Equal(RunOutcome.Completed, ended.Result?.Outcome);
            names.Add(ended.Variant.Name);
        }
        return names;
    }

    private static async Task<string> CsvAsync(StudyTable table)
    {
        using var csv = new MemoryStream();
        await table.WriteCsvAsync(csv, Token);
        return System.Text.Encoding.UTF8.GetString(csv.ToArray());
    }
}
