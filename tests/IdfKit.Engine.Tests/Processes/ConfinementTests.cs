using RunBed;
using TestBed;

using IdfKit.Engine.Children;
using IdfKit.Engine.Tests.TakenOver;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>What a hostile model may do from inside EnergyPlus: a script in its place tries.</summary>
public sealed class ConfinementTests : IDisposable
{
    private readonly TemporaryFolder _run = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _run.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task Confined_run_reaches_its_own_files_and_nothing_else()
    {
        await File.WriteAllTextAsync(_outside["secret"], "s3cr3t", Token);
        // Of the shell's own, for it can start no program.
        var attacks = new Dictionary<string, string>
        {
            ["reads"] = $"true < '{_outside["secret"]}'",
            ["writes"] = $"echo x > '{_outside["new"]}'",
            ["overwrites"] = $"echo x > '{_outside["secret"]}'",
            ["environ"] = "true < /proc/$PPID/environ",
            ["memory"] = "true < /proc/$PPID/maps",
            ["passwords"] = "true < /etc/passwd",
        };
        attacks["lists"] = $"test -e '{_outside.Path}'/s*";
        RequireLandlock();
        Assert.Equal(["own"], await TriedAsync(attacks, confine: true));
        Assert.Equal("s3cr3t", await File.ReadAllTextAsync(_outside["secret"], Token));

        // Without it they succeed, so it is the confinement that stops them.
        var done = await TriedAsync(attacks, confine: false);
        Assert.Equal(attacks.Keys.Append("own").Except(["environ", "memory"]).Order(), done.Except(["environ", "memory"]));
    }

    [Theory]
    [InlineData("starts a program", "(true)")]
    [InlineData("signals the caller", "kill -0 $PPID")]
    [InlineData("becomes a program", "exec true")]
    public async Task Confined_run_ends_at_the_first_system_call_that_it_may_not_make(string what, string command)
    {
        var run = await RunAsync([command], confine: true);
        Assert.Equal((what, RunOutcome.Crashed, (int?)31, ""), (what, run.Outcome, run.Signal, run.RefusedCall));

        run = await RunAsync([command], confine: false);
        Assert.True(run.Signal is null, what);
    }

    [Theory]
    [InlineData("call ptrace 1 x", "ptrace")]
    [InlineData("call userfaultfd 0 x", "userfaultfd")]
    [InlineData("call clone_process 0 x", "clone")]
    [InlineData("call execve 0 x", "execve")]
    public async Task Refused_system_call_of_a_waiting_host_is_named(string attack, string name)
    {
        using var hostile = new HostileRun();
        var run = await hostile.RunAsync(warm: true, HostileRun.Confined, attack);
        Assert.Equal((RunOutcome.Crashed, (int?)31, name), (run.Outcome, run.Signal, run.RefusedCall));
    }

    [Theory]
    [InlineData("one-zone", false)]
    [InlineData("one-zone", true)]
    [InlineData("RefBldgSmallOffice", false)]
    [InlineData("RefBldgSmallOffice", true)]
    public async Task Confined_run_of_the_real_EnergyPlus_writes_the_same_bytes(string model, bool warmHost)
    {
        var request = new EngineRequest
        {
            ModelPath = RealParts.Model(model),
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = "",
            ExpandObjects = true,
            DesignDay = model != "one-zone", // it has none
        };
        using var real = new RealRun(request);
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var confined = new EnergyPlusRunner(
            RealRun.Installation, RealRun.WithHosts with { Confine = true, WarmHosts = warmHost ? 1 : 0 });
        confined.WarmUp();
        Assert.NotEqual("none", confined.Confinement);

        var (_, expected) = await real.RunAsync(plain);
        var (run, files) = await real.RunAsync(confined);
        Assert.Equal((RunOutcome.Completed, warmHost), (run.Outcome, run.Warm));
        Assert.Equal(expected.Keys, files.Keys);
        Assert.Equal([], files.Keys.Where(name => files[name] != expected[name]));
    }

    [Theory]
    [InlineData('L', null)]
    [InlineData('C', null)]
    [InlineData('L', "eplusout.eso\nmine.csv\n")]
    public async Task Confined_run_has_ReadVarsESO_run_after_it_with_the_same_results(char suffix, string? list)
    {
        using var real = new RealRun(new EngineRequest
        {
            ModelPath = "", // a copy in the run's folder: EnergyPlus writes beside it
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = "",
            ReadVars = true,
            OutputSuffix = suffix,
            DesignDay = true,
        });
        real.UseModel(RealParts.Model("RefBldgSmallOffice"), list);
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var confined = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { Confine = true });

        var (_, expected) = await real.RunAsync(plain);
        Assert.Equal(list is not null, expected.ContainsKey("mine.csv"));
        var (run, files) = await real.RunAsync(confined);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.Equal(expected.Keys, files.Keys);
        Assert.Contains(files.Keys, name => name.EndsWith(".rvaudit", StringComparison.Ordinal));
        Assert.Equal([], files.Keys.Where(name => files[name] != expected[name]));
    }

    [Theory]
    [InlineData("OfficeSmall_STD2019")]
    [InlineData("OutPatient")]
    [InlineData("RetailStandalone")]
    [InlineData("Hospital")]
    [InlineData("MediumOffice")]
    [InlineData("SmallHotel")]
    [InlineData("Warehouse")]
    public async Task Every_shared_model_runs_confined(string model)
    {
        using var real = new RealRun(new EngineRequest
        {
            ModelPath = RealParts.Model(model),
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = "",
            DesignDay = true,
        });
        await using var confined = new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { Confine = true });
        confined.WarmUp();
        var (run, _) = await real.RunAsync(confined);
        Assert.Equal((RunOutcome.Completed, null), (run.Outcome, run.RefusedCall));
    }

    [Theory, InlineData(ConfinementLayers.None), InlineData(ConfinementLayers.Filter)]
    public async Task Recorded_run_is_looked_for_where_runs_are_confined(ConfinementLayers required)
    {
        using var folder = new TemporaryFolder();
        var recorded = EnergyPlusInstallation.Find(Repository.PathOf("examples", "recorded"));
        await using var confined = new EnergyPlusRunner(recorded, RealRun.WithHosts with { Confine = true, RequiredLayers = required });
        var run = await confined.RunAsync(new EngineRequest
        {
            ModelPath = Repository.PathOf("examples", "one-zone.idf"),
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = folder["out"],
        }, null, RealRun.Token);
        // It is of the staged copy; that its script came so far took programs of the system, which no run may start.
        Assert.Null(run.Signal);
        Assert.Contains("There is no recorded run of this model", run.OutputTail, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_are_required_and_not_there_are_refused_at_once()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        var options = new EngineOptions { Confine = true, RequiredLayers = ConfinementLayers.Filter };
        var refused = Assert.Throws<EnergyPlusException>(() => new EnergyPlusRunner(energyPlus.Installation, options));
        Assert.Equal(EnergyPlusErrorKind.NotConfined, refused.Kind);
        Assert.Contains("idfkit-engine", refused.Message, StringComparison.Ordinal);
        _ = new EnergyPlusRunner(energyPlus.Installation, options with { Confine = false });
        _ = new EnergyPlusRunner(energyPlus.Installation, options with { EngineHostPath = FakeRun.EngineHost });
    }

    [Fact]
    public void Confinement_names_each_layer()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        string Of(bool confine) => new EnergyPlusRunner(
            energyPlus.Installation, new EngineOptions { EngineHostPath = FakeRun.EngineHost, Confine = confine }).Confinement;
        Assert.Equal("none", Of(confine: false));
        Assert.Matches("^filter(, landlock [0-9]+)?$", Of(confine: true));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void RequireLandlock() =>
        Needs.That(HostProgram.Offered.HasFlag(ConfinementLayers.Landlock), Needs.Landlock);

    /// <summary>The names of those that succeeded; "own" is what must work.</summary>
    private async Task<IEnumerable<string>> TriedAsync(Dictionary<string, string> attacks, bool confine)
    {
        var lines = attacks.Append(new("own", "echo x > \"$out/eplusout.eso\" && read -r line < \"$out/eplusout.eso\""))
            .Select(attack => $"if {attack.Value}; then echo {attack.Key} >> \"$out/succeeded\"; fi 2>/dev/null");
        var run = await RunAsync(lines, confine);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        return (await File.ReadAllLinesAsync(Path.Combine(Output(confine), "succeeded"), Token)).Order();
    }

    private string Output(bool confine) => _run[confine ? "confined" : "free"];

    private async Task<EngineRun> RunAsync(IEnumerable<string> commands, bool confine)
    {
        using var energyPlus = new ScriptedEnergyPlus();
        await File.WriteAllTextAsync(_run["in.idf"], ScriptedEnergyPlus.Model([.. commands]), Token);
        await using var runner = new EnergyPlusRunner(
            energyPlus.Installation, new EngineOptions { EngineHostPath = FakeRun.EngineHost, Confine = confine });
        return await runner.RunAsync(
            new EngineRequest { ModelPath = _run["in.idf"], OutputDirectory = Output(confine), DesignDay = true }, null, Token);
    }
}
