using System.Text;

using IdfKit.Engine;
using IdfKit.Simulation.Records;
using IdfKit.Simulation.Running;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>What is done to a model before EnergyPlus has it: versions, macros, ground. EnergyPlus keeps what it was given as its .eio.</summary>
public sealed class PreparationTests : IDisposable
{
    private const string Keep = "!fake cp \"$1\" \"$out/eplusout.eio\"\n";
    private const string Ground = Keep + "Version,25.2;\nGroundHeatTransfer:Control,c,No,Yes;\nGroundHeatTransfer:Slab:Materials,1;\n";

    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly MemoryFileSystem _files = new();

    public void Dispose() => _energyPlus.Dispose();

    [Theory]
    [InlineData("25.1", VersionPolicy.Refuse, "V25-1-0 → V25-2-0")]
    [InlineData("8.9", VersionPolicy.Refuse, "VersionPolicy")]
    [InlineData("25.1", VersionPolicy.Migrate, "Transition-V25-1-0-to-V25-2-0 is not installed")]
    [InlineData("26.1", VersionPolicy.RunAnyway, "26.1")]
    [InlineData("26.1", VersionPolicy.Migrate, "26.1")]
    public async Task A_model_of_another_version_is_rejected(string version, VersionPolicy policy, string said)
    {
        var result = await RunAsync($"Version,{version};\n", new() { VersionPolicy = policy });

        Assert.Equal((RunOutcome.Rejected, RunReason.WrongVersion), (result.Outcome, result.Record!.Reason));
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_model_is_run_as_it_is_when_asked()
    {
        var result = await RunAsync(Keep + "Version,8.9;\n", new() { VersionPolicy = VersionPolicy.RunAnyway });

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("Version,8.9;", Given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_model_is_migrated_when_asked_and_then_prepared()
    {
        _energyPlus.With("PreProcess/IDFVersionUpdater/Transition-V25-1-0-to-V25-2-0", "sed -i 's/25.1;/25.2;/' \"$1\"");

        var result = await RunAsync(Keep + "Version,25.1;\n", new() { VersionPolicy = VersionPolicy.Migrate });

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("Version,25.2;", Given, StringComparison.Ordinal);
        Assert.Contains("Output:SQLite", Given, StringComparison.Ordinal);
        Assert.Equal(Keep + "Version,25.1;\n", _files.ReadText("m.idf"));
    }

    [Fact]
    public async Task The_installed_version_of_the_model_is_chosen()
    {
        using var older = new ScriptedEnergyPlus("24.1.0");
        await using var engines = new Engines(_energyPlus.Installation, () => [_energyPlus.Installation, older.Installation], new() { WarmHosts = 0 });

        var chosen = engines.For(Read("Version,24.1;\n"), VersionPolicy.Refuse, out var check);

        Assert.Equal((older.Installation.Directory, null), (chosen.Installation.Directory, check.Refusal));
        Assert.Same(chosen, engines.For(Read("Version,24.1;\n"), VersionPolicy.Refuse, out _));
        Assert.Equal(_energyPlus.Installation.Directory, engines.For(Read("Version,25.2;\n"), VersionPolicy.Refuse, out _).Installation.Directory);
        Assert.Equal(_energyPlus.Installation.Directory, engines.For(Read("Version,24.2;\n"), VersionPolicy.Refuse, out check).Installation.Directory);
        Assert.NotNull(check.Refusal);
    }

    [Fact]
    public async Task Ground_temperatures_are_computed_before_the_run()
    {
        _energyPlus.With("ExpandObjects", "sed 's/^Ground/! Ground/' in.idf > expanded.idf; touch GHTIn.idf");
        _energyPlus.With("PreProcess/GrndTempCalc/Slab", "cp in.epw seen.epw && echo 'Schedule:Constant,Under the slab,,18;' > SLABSurfaceTemps.TXT");

        var result = await RunAsync(Ground, new(), Weather.Text(20));

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("Under the slab", Given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_needs_what_is_not_installed_is_rejected_with_a_typed_error()
    {
        _energyPlus.With("ExpandObjects", "cp in.idf expanded.idf; touch GHTIn.idf");

        var result = await RunAsync(Ground, new());

        Assert.Equal((RunOutcome.Rejected, RunReason.Preprocessor), (result.Outcome, result.Record!.Reason));
        Assert.Equal("Slab", Assert.IsType<EnergyPlusException>(result.Error).Subject);
    }

    [Fact]
    public async Task A_preprocessor_that_hangs_ends_at_its_timeout()
    {
        _energyPlus.With("ExpandObjects", "sleep 600");

        var result = await RunAsync(Ground, new() { PreprocessorTimeout = TimeSpan.FromSeconds(0.5) });

        Assert.Equal(RunReason.Preprocessor, result.Record!.Reason);
        Assert.Equal(EnergyPlusErrorKind.PreprocessorTimedOut, Assert.IsType<EnergyPlusException>(result.Error).Kind);
    }

    [Fact]
    public async Task Macros_are_refused_unasked()
    {
        var result = await RunAsync("Version,25.2;\n##include part.imf\n", new());

        Assert.Equal((RunOutcome.Rejected, RunReason.Preprocessor), (result.Outcome, result.Record!.Reason));
        Assert.Contains("ExpandMacros", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Macros_are_carried_out_when_asked_with_includes_of_includes()
    {
        _energyPlus.With("EPMacro", "cat in.imf parts/a.imf parts/b.imf | grep -v '##' > out.idf");
        _files.WriteText("folder/parts/a.imf", "Zone,A;\n##include parts/b.imf\n");
        _files.WriteText("folder/parts/b.imf", "Zone,B;\n");

        var result = await RunAsync(Keep + "Version,25.2;\n##include parts/a.imf\n", new() { ExpandMacros = true }, model: "folder/m.imf");

        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("Zone,A;\nZone,B;\n", Given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Macros_that_reach_out_of_the_models_folder_are_refused_even_when_asked()
    {
        _files.WriteText("secret.imf", "Zone,S;\n");

        var result = await RunAsync("Version,25.2;\n##include ../secret.imf\n", new() { ExpandMacros = true }, model: "folder/m.idf");

        Assert.Equal((RunOutcome.Rejected, RunReason.Preprocessor), (result.Outcome, result.Record!.Reason));
        Assert.Contains("own folder", result.Message, StringComparison.Ordinal);
    }

    private string Given => _files.ReadText("out/eplusout.eio");

    private async Task<SimulationResult> RunAsync(string text, SimulationOptions options, string? weather = null, string model = "m.idf")
    {
        _files.WriteText(model, text);
        if (weather is not null) _files.WriteText("w.epw", weather);
        await using var simulator = new Simulator(_energyPlus.Installation, new() { WarmHosts = 0 });
        return await simulator.SimulateAsync(new SimulationJob(model, weather is null ? null : "w.epw", "out") { Options = options }, _files.AsAsync(), null, ScriptedEnergyPlus.Token);
    }

    private static Model Read(string text) => Model.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
