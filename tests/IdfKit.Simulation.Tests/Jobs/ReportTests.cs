using System.Text;
using System.Text.RegularExpressions;

using IdfKit.Engine;
using IdfKit.Runs;

using TestBed;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>The page of jobs, and the meters that it is drawn from, with the real EnergyPlus.</summary>
public sealed partial class ReportTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Simulator _simulator = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _simulator = new(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _folder.Dispose();
    }

    [Theory, InlineData("one-zone"), InlineData("ASHRAE901_OfficeSmall")]
    public async Task Series_of_variables_are_the_plain_programs_with_the_meters_and_those_of_meters_without(string name)
    {
        var model = RealParts.Model(name);
        await using var runner = new EnergyPlusRunner(_simulator.Installation);
        await runner.RunAsync(
            new() { ModelPath = model, WeatherPath = RealParts.Weather("Golden"), OutputDirectory = _folder["plain"] }, null, Token);

        var without = await RunAsync(model, "without", new());
        var with = await RunAsync(model, "with", new() { ReportMeters = true });

        foreach (var file in new[] { "eplusout.eso", "eplusout.mtr", "eplusout.err" })
            Assert.Equal(Read("plain", file), Read("without", file));
        Assert.Equal(Read("plain", "eplusout.eso"), Read("with", "eplusout.eso"));
        Assert.Equal(Read("plain", "eplusout.err"), Read("with", "eplusout.err"));
        Assert.NotEqual(Read("plain", "eplusout.mtr"), Read("with", "eplusout.mtr"));
        Assert.Contains("Output:Meter:MeterFileOnly,InteriorLights:Electricity,Monthly;", with.AddedObjects);
        Assert.DoesNotContain(without.AddedObjects, added => added.Contains("MeterFileOnly", StringComparison.Ordinal));
        Assert.Contains("<h2>Month by month", Read("with", "report.html"), StringComparison.Ordinal);
        Assert.Contains("<h2>Electric power", Read("with", "report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meters_of_a_model_in_epjson_are_asked_for()
    {
        await File.WriteAllTextAsync(_folder["in.epJSON"], await ConvertedAsync(), Token);

        var record = await RunAsync(_folder["in.epJSON"], "out", new() { ReportMeters = true });

        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Contains("Output:Meter:MeterFileOnly,InteriorLights:Electricity,Monthly;", record.AddedObjects);
        Assert.Contains("InteriorLights:Electricity [J] !Monthly", Read("out", "eplusout.mtr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_with_macros_and_templates_has_its_meters()
    {
        var text = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        var from = text.IndexOf("ZoneControl:Thermostat", StringComparison.Ordinal);
        var to = text.IndexOf("Output:Table", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder["system.imf"],
            "HVACTemplate:Thermostat, All, Heating setpoint, , Cooling setpoint, ;\n"
                + $"HVACTemplate:Zone:IdealLoadsAirSystem, Office, All{new string(',', 25)};\n", Token);
        await File.WriteAllTextAsync(_folder["in.imf"], text[..from] + "##include system.imf\n" + text[to..], Token);

        var record = await RunAsync(_folder["in.imf"], "out", new() { ReportMeters = true, RunMacros = true });

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Contains("Output:Meter:MeterFileOnly,Cooling:DistrictCooling,Monthly;", record.AddedObjects);
        Assert.Contains("Cooling:DistrictCooling [J] !Monthly", Read("out", "eplusout.mtr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_ending_has_its_page()
    {
        var text = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        var line = text[..text.IndexOf("Lights, Office lights", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        var wrong = text.Replace("Lights, Office lights, Office,", "Lights, Office lights, Nowhere,", StringComparison.Ordinal);
        var fatal = await RunTextAsync("fatal", wrong);
        var none = await RunTextAsync("none", "this is no model");
        var older = await RunTextAsync("older", text.Replace("Version, 25.2;", "Version, 26.1;", StringComparison.Ordinal));
        var late = await RunTextAsync("late", text, new() { Timeout = TimeSpan.FromMilliseconds(600) });

        Assert.Equal(
            [RunStatus.Failed, RunStatus.Rejected, RunStatus.Rejected, RunStatus.TimedOut],
            new[] { fatal, none, older, late }.Select(record => record.Status));
        foreach (var (folder, record) in new[] { ("fatal", fatal), ("none", none), ("older", older), ("late", late) })
        {
            var page = Assert.Single(record.Files, file => file.Path == "report.html");
            Assert.Equal("text/html; charset=utf-8", page.ContentType);
            Assert.Contains(Escaped(record.Message!)[..60], Read(folder, "report.html"), StringComparison.Ordinal);
        }
        Assert.Contains($"line {line}", Read("fatal", "report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_run_replaces_the_page_of_the_one_before()
    {
        await RunTextAsync("out", "this is no model");
        Assert.Contains("Not started", Read("out", "report.html"), StringComparison.Ordinal);

        var record = await RunTextAsync("out", await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token));

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Contains("✓", Read("out", "report.html"), StringComparison.Ordinal);
    }

    private async Task<string> ConvertedAsync()
    {
        var path = _folder["in.idf"];
        File.Copy(RealParts.Model("one-zone"), path);
        using var program = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            Path.Combine(RealParts.EnergyPlus(), "ConvertInputFormat"), [path]) { RedirectStandardOutput = true })!;
        await program.StandardOutput.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);
        return await File.ReadAllTextAsync(Path.ChangeExtension(path, ".epJSON"), Token);
    }

    private async Task<RunRecord> RunTextAsync(string folder, string text, SimulationOptions? options = null)
    {
        await File.WriteAllTextAsync(_folder[folder + ".idf"], text, Token);
        return await RunAsync(_folder[folder + ".idf"], folder, options ?? new());
    }

    private async Task<RunRecord> RunAsync(string model, string folder, SimulationOptions options)
    {
        var job = new SimulationJob(model, RealParts.Weather("Golden"), _folder[folder]) { Options = options };
        await _simulator.SimulateAsync(job, cancellationToken: Token);
        return RunRecordFile.FromJson(await File.ReadAllBytesAsync(_folder[folder, "run.json"], Token))!;
    }

    private string Read(string folder, string file) => File.Exists(_folder[folder, file])
        ? Moments().Replace(File.ReadAllText(_folder[folder, file], Encoding.UTF8), "")
        : "";

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    [GeneratedRegex(@"YMD=\d{4}\.\d\d\.\d\d \d\d:\d\d|\d\dhr \d\dmin +\d+\.\d+sec", RegexOptions.None, 10_000)]
    private static partial Regex Moments();
}
