using RunBed;
using System.Text;
using TestBed;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>Inputs that cannot be run: what the caller is told, and that the record says the same to everybody else.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _energyPlus.Dispose();

    public static TheoryData<string, string> NoModels => new()
    {
        { "", "m.idf" },
        { "! only\n! comments\n", "m.idf" },
        { "\0\u0001\u0002binary\0", "m.idf" },
        { "Version,25.2;\nBuilding,Cut in the mid", "" },
        { "{\"Version\": {\"v\": {\"version_identifier\": \"25.2\"", "line" },
    };

    [Theory, MemberData(nameof(NoModels))]
    public async Task A_file_that_is_no_model_is_rejected_with_a_typed_error(string text, string said)
    {
        var result = await RunAsync(text, null);
        if (said.Length == 0)
        {
            Assert.True(result.Succeeded); // EnergyPlus forgives a last object without its semicolon
            return;
        }
        Assert.Equal((RunOutcome.Rejected, RunReason.NotAModel), (result.Outcome, result.Record!.Reason));
        Assert.IsType<ModelSyntaxException>(result.Error);
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
        var elsewhere = SimulationResult.FromDirectory("out", _files);
        Assert.Equal((RunOutcome.Rejected, result.Message), (elsewhere.Outcome, elsewhere.Message));
    }

    [Fact]
    public async Task Lone_carriage_returns_are_mended_in_the_staged_copy()
    {
        var text = ScriptedEnergyPlus.Model("cp \"$1\" \"$out/eplusout.eio\"").Replace('\n', '\r');
        await RunAsync(text, null);
        Assert.Equal(text, _files.ReadText("m.idf"));
        Assert.DoesNotContain('\r', _files.ReadText("out/eplusout.eio"));
    }

    [Fact]
    public async Task A_hundred_megabytes_of_one_line_are_answered()
    {
        var result = await RunAsync(new string('x', 100_000_000), null);
        Assert.Equal((RunOutcome.Rejected, RunReason.NotAModel), (result.Outcome, result.Record!.Reason));
        Assert.True(result.Message!.Length < 1000);
    }

    [Theory]
    [InlineData("not weather at all\n", "is not an EPW")]
    [InlineData("LOCATION,X\n", "ends in line 2")]
    public async Task Weather_that_is_no_whole_EPW_is_rejected_by_name_and_line(string weather, string said)
    {
        var result = await RunAsync(ScriptedEnergyPlus.Model(), weather);
        Assert.Equal((RunOutcome.Rejected, RunReason.BadWeather), (result.Outcome, result.Record!.Reason));
        Assert.Contains("'w.epw'", result.Message, StringComparison.Ordinal);
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_period_without_weather_is_rejected()
    {
        var model = ScriptedEnergyPlus.Model() + "RunPeriod,R,1,1,,12,31;\n";
        Assert.Equal(RunReason.NoWeather, (await RunAsync(model, null)).Record!.Reason);
        var designDays = await RunAsync(model, null, new() { DesignDay = true });
        Assert.True(designDays.Succeeded);
    }

    [Theory]
    [InlineData("data/absent.csv", "which is not at 'data/absent.csv'")]
    [InlineData("/etc/hostname", "give a path relative to the model")]
    [InlineData("../../outside.csv", "give a path relative to the model")]
    public async Task A_referenced_file_that_cannot_be_had_is_told_with_its_line(string path, string said)
    {
        var result = await RunAsync($"Version,25.2;\nSchedule:File,S,,{path},1,0;\n", null);
        Assert.Equal((RunOutcome.Rejected, RunReason.MissingFile), (result.Outcome, result.Record!.Reason));
        Assert.Contains("Schedule:File 'S' (line 2)", result.Message, StringComparison.Ordinal);
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_is_not_there_is_an_error_that_names_it()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        using var folder = new TemporaryFolder();
        var local = await Assert.ThrowsAsync<StorageException>(
            () => simulator.SimulateAsync(new(folder["no.idf"], null, folder["out"]), cancellationToken: Token));
        Assert.Equal(StorageErrorKind.NotFound, local.Kind);
        Assert.Contains($"'{folder["no.idf"]}'", local.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        _files.WriteText("m.idf", ScriptedEnergyPlus.Model());
        var weather = await Assert.ThrowsAsync<StorageException>(
            () => simulator.SimulateAsync(new("m.idf", "no.epw", "out"), _files.AsAsync(), cancellationToken: Token));
        Assert.Equal("no.epw", weather.Path);
    }

    [Fact]
    public async Task A_job_that_contradicts_itself_is_refused_before_anything_is_read()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var files = new RecordingFileSystem(_files.AsAsync());
        var both = new SimulationJob("m.idf", "w.epw", "out") { Options = new() { Annual = true, DesignDay = true } };
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.SimulateAsync(both, files, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.SimulateAsync(
            new("m.idf", null, "out") { Options = new() { Annual = true } }, files, cancellationToken: Token));
        Assert.Equal(StorageErrorKind.InvalidPath, (await Assert.ThrowsAsync<StorageException>(() =>
            simulator.SimulateAsync(new("m.idf", null, "../out"), files, cancellationToken: Token))).Kind);
        Assert.Empty(files.Requests);
    }

    [Fact]
    public void What_can_never_be_right_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentException>(() => new SimulationJob(" ", null, "out"));
        Assert.Throws<ArgumentException>(() => new SimulationJob("m.idf", "", "out"));
        Assert.Throws<ArgumentException>(() => new SimulationJob("m.idf", null, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulationOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulationOptions { PreprocessorTimeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentException>(() => new SimulationOptions { OutputPrefix = "a/b" });
        Assert.Throws<ArgumentException>(() => new SimulationOptions { OutputSuffix = 'X' });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOptions { MaxConcurrency = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorOptions { WarmHosts = -1 });
    }

    [Fact]
    public void No_EnergyPlus_says_where_it_was_looked_for()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<EnergyPlusException>(() => new Simulator(EnergyPlusInstallation.Find(folder.Path)));
        Assert.Equal(EnergyPlusErrorKind.NotFound, error.Kind);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    private async Task<SimulationResult> RunAsync(string model, string? weather, SimulationOptions? options = null)
    {
        _files.WriteBytes("m.idf", Encoding.UTF8.GetBytes(model), Token);
        if (weather is not null) _files.WriteBytes("w.epw", Encoding.UTF8.GetBytes(weather), Token);
        await using var simulator = new Simulator(_energyPlus.Installation);
        return await simulator.SimulateAsync(new("m.idf", weather is null ? null : "w.epw", "out") { Options = options ?? new() },
            _files.AsAsync(), cancellationToken: Token);
    }
}
