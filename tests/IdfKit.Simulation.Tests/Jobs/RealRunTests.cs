using RunBed;
using IdfKit.Engine;

using NJsonSchema;

using TestBed;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>Jobs with the real EnergyPlus.</summary>
public sealed class RealRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Record_and_summary_of_a_job_follow_their_schemas()
    {
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var good = new SimulationJob(DesignDays.Write(_folder["days.idf"]), RealParts.Weather("Golden"), _folder["good"])
        {
            Label = "good", Options = new() { DesignDay = true }
        };
        await File.WriteAllTextAsync(_folder["cut.epw"], "LOCATION,X\n", Token);
        var batch = await simulator.SimulateBatchAsync(
            [good, good with { Weather = _folder["cut.epw"], OutputDirectory = _folder["bad"] }], cancellationToken: Token);
        Assert.Equal([RunOutcome.Completed, RunOutcome.Rejected], batch.Select(result => result.Outcome));
        await FollowsAsync("run", _folder["good", "run.json"]);
        await FollowsAsync("run", _folder["bad", "run.json"]);
        await FollowsAsync("summary", _folder["good", "summary.json"]);
    }

    [Fact]
    public async Task Jobs_go_through_warm_hosts_where_idfkit_engine_is_given()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var energyPlus = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        var output = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
        var host = Repository.PathOf("src", "IdfKit.Engine.Host", "bin", output.Parent!.Name, output.Name, "idfkit-engine");
        await using (var simulator = new Simulator(energyPlus, new() { EngineHostPath = host }))
        {
            foreach (var name in new[] { "first", "second" })
                Assert.True((await simulator.SimulateAsync(
                    new(RealParts.Model("one-zone"), RealParts.Weather("Golden"), _folder[name]),
                    cancellationToken: Token)).Succeeded);
            Assert.Null(simulator.HostUnavailableReason);
            // The next one is started when a run ends, and need not be there at that moment.
            for (var tries = 0; tries < 1000 && !ScriptedEnergyPlus.Lives(host); tries++) await Task.Delay(20, Token);
            Assert.True(ScriptedEnergyPlus.Lives(host));
        }
        Assert.False(ScriptedEnergyPlus.Lives(host));
        Assert.Equal(EnergyPlusErrorKind.NotFound,
            Assert.Throws<EnergyPlusException>(() => new Simulator(energyPlus, new() { EngineHostPath = _folder["absent"] })).Kind);
    }

    [Fact]
    public async Task A_file_where_the_output_directory_should_be_is_a_typed_error()
    {
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        await File.WriteAllTextAsync(_folder["taken"], "a file", Token);
        var job = new SimulationJob(RealParts.Model("one-zone"), RealParts.Weather("Golden"), _folder["taken", "out"]);
        var error = await Assert.ThrowsAsync<IdfKit.Storage.StorageException>(() => simulator.SimulateAsync(job, cancellationToken: Token));
        Assert.Equal(IdfKit.Storage.StorageErrorKind.Conflict, error.Kind);
    }

    private static async Task FollowsAsync(string schema, string file)
    {
        var read = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", schema + ".schema.json"), Token);
        Assert.Equal([], read.Validate(await File.ReadAllTextAsync(file, Token)).Select(fault => fault.ToString()));
    }
}
