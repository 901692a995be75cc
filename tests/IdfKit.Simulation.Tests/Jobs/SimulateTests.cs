using RunBed;
using TestBed;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Jobs;

/// <summary>One job, on local disk and on another file system.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedEnergyPlus _energyPlus = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _energyPlus.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Simulate_on_local_disk_leaves_results_and_a_record_in_the_output_directory_and_nothing_else()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var result = await simulator.SimulateAsync(
            Local(ScriptedEnergyPlus.Model("echo zones > \"$out/eplusout.eio\"")), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Equal(["eplusout.eio", "eplusout.end", "eplusout.err", "report.html", "summary.json"], result.Files);
        Assert.Equal(["eplusout.eio", "eplusout.end", "eplusout.err", "report.html", "run.json", "summary.json"],
            Names(_folder["deep", "results"]));
        Assert.Equal(["deep", "model.idf"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal("zones\n", await File.ReadAllTextAsync(_folder["deep", "results", "eplusout.eio"], Token));
        Assert.Equal(RunStatus.Completed,
            RunRecordFile.FromJson(await File.ReadAllBytesAsync(_folder["deep", "results", "run.json"], Token))!.Status);
    }

    [Fact]
    public void Simulate_blocks_until_the_results_are_there()
    {
        var files = new MemoryFileSystem();
        files.WriteText("office.idf", ScriptedEnergyPlus.Model());
        using var simulator = new Disposing(new Simulator(_energyPlus.Installation));
        var result = simulator.Simulator.Simulate(new("office.idf", null, "out"), files, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.True(files.Exists("out/run.json"));
    }

    [Fact]
    public async Task Simulate_again_removes_what_only_the_earlier_run_had()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        await simulator.SimulateAsync(Local(ScriptedEnergyPlus.Model("echo 1 > \"$out/eplusout.eio\"")), cancellationToken: Token);
        await File.WriteAllTextAsync(_folder["deep", "results", "notes.txt"], "mine", Token);
        var result = await simulator.SimulateAsync(
            Local(ScriptedEnergyPlus.Model("echo 2 > \"$out/eplusout.bnd\"")), cancellationToken: Token);
        Assert.Equal(["eplusout.bnd", "eplusout.end", "eplusout.err", "report.html", "summary.json"], result.Files);
        Assert.Equal(["eplusout.bnd", "eplusout.end", "eplusout.err", "notes.txt", "report.html", "run.json", "summary.json"],
            Names(_folder["deep", "results"]));
    }

    [Fact]
    public async Task Simulate_that_times_out_keeps_what_was_written_and_says_so_from_any_machine()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var files = await FilesAsync(ScriptedEnergyPlus.Model("echo partial > \"$out/eplusout.eso\"", "sleep 900"));
        var job = new SimulationJob("a/model.idf", null, "out") { Options = new() { Timeout = TimeSpan.FromSeconds(4.7) } };
        var result = await simulator.SimulateAsync(job, files, cancellationToken: Token);
        Assert.Equal(RunOutcome.TimedOut, result.Outcome);
        Assert.Contains("4.7 s", result.Message, StringComparison.Ordinal);
        Assert.Equal("partial\n", await files.ReadTextAsync("out/eplusout.eso", null, Token));
        Assert.Equal(RunOutcome.TimedOut, (await SimulationResult.FromDirectoryAsync("out", files, Token)).Outcome);
    }

    [Fact]
    public async Task Simulate_that_fails_tells_the_fatal_error_from_any_machine()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var files = await FilesAsync(ScriptedEnergyPlus.Model(
            "printf '   ** Severe  ** No roof\\n   **  Fatal  ** Because\\n' >> \"$out/eplusout.err\"", "fatal"));
        await simulator.SimulateAsync(new("a/model.idf", null, "out"), files, cancellationToken: Token);
        var result = await SimulationResult.FromDirectoryAsync("out", files, Token);
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Contains("No roof", result.Message, StringComparison.Ordinal);
        Assert.Equal("Because", (await result.GetErrorsAsync(Token)).FatalMessage);
    }

    [Theory]
    [InlineData("kill -9 $$", RunOutcome.Crashed, "killed by the system")]
    [InlineData("echo \"what():  std::bad_alloc\" >&2; kill -6 $$", RunOutcome.Crashed, "ran out of memory")]
    [InlineData("echo \"$0: error while loading shared libraries: libX11.so.6: failed to map segment from shared object\" >&2; exit 127",
        RunOutcome.Crashed, "ran out of memory")]
    [InlineData("echo 'Out of memory.' >&2; kill -6 $$", RunOutcome.Crashed, "ran out of memory")] // idfkit-engine's own runtime
    [InlineData("printf '   ** Severe  ** std::bad_alloc\\n   **  Fatal  ** Terminated\\n' >> \"$out/eplusout.err\"; fatal",
        RunOutcome.Failed, "ran out of memory")]
    public async Task Simulate_tells_a_lack_of_memory_from_other_ends(string command, RunOutcome outcome, string said)
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var files = await FilesAsync(ScriptedEnergyPlus.Model(command));
        await simulator.SimulateAsync(new("a/model.idf", null, "out"), files, cancellationToken: Token);
        var result = await SimulationResult.FromDirectoryAsync("out", files, Token);
        Assert.Equal((outcome, RunReason.OutOfMemory), (result.Outcome, result.Record!.Reason));
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Simulate_canceled_while_EnergyPlus_runs_leaves_nothing_behind(bool onLocalDisk)
    {
        var mark = Guid.NewGuid().ToString("N");
        var started = _folder["started"];
        var model = ScriptedEnergyPlus.Model(
            "echo half > \"$out/eplusout.eso\"", $"echo yes > '{started}'", $"sh -c 'sleep 900; : {mark}'");
        await using var simulator = new Simulator(
            _energyPlus.Installation, new() { WorkDirectory = Directory.CreateDirectory(_folder["work"]).FullName });
        using var cancel = new CancellationTokenSource();
        var files = await FilesAsync(model);
        var running = onLocalDisk
            ? simulator.SimulateAsync(Local(model), cancellationToken: cancel.Token)
            : simulator.SimulateAsync(new("a/model.idf", null, "out"), files, cancellationToken: cancel.Token);
        await ScriptedEnergyPlus.WaitForAsync(started);
        await cancel.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.False(ScriptedEnergyPlus.Lives(mark));
        Assert.False(Directory.Exists(_folder["deep"]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["work"]));
        Assert.Equal(["a/model.idf"], await files.AllAsync());
    }

    [Theory, InlineData("Upload out/eplusout.err"), InlineData("Write out/run.json")]
    public async Task Simulate_canceled_while_results_are_stored_leaves_nothing_behind(string at)
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        using var cancel = new CancellationTokenSource();
        var files = await FilesAsync(ScriptedEnergyPlus.Model());
        var writes = 0;
        files.Before = async request =>
        {
            if (request == at && (at != "Write out/run.json" || ++writes == 2)) await cancel.CancelAsync();
            if (!request.StartsWith("Remove", StringComparison.Ordinal)) cancel.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => simulator.SimulateAsync(new("a/model.idf", null, "out"), files, cancellationToken: cancel.Token));
        Assert.Equal(["a/model.idf"], await files.AllAsync());
    }

    [Fact]
    public async Task Simulate_stores_the_record_last_and_marks_the_folder_while_it_uploads()
    {
        await using var simulator = new Simulator(_energyPlus.Installation);
        var files = await FilesAsync(ScriptedEnergyPlus.Model());
        await simulator.SimulateAsync(new("a/model.idf", null, "out"), files, cancellationToken: Token);
        Assert.Equal("Write out/run.json", files.Writes[0]);
        Assert.Equal("Write out/run.json", files.Writes[^1]);
        Assert.Equal(4, files.Writes.Count(write => write.StartsWith("Upload ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Simulate_brings_referenced_files_above_and_below_the_model()
    {
        var files = new MemoryFileSystem();
        files.WriteText("project/models/a.idf", ScriptedEnergyPlus.Model("cat ../data/s.csv 'sub/t.csv' > \"$out/eplusout.eio\"")
            + "Schedule:File,S,,../data/s.csv,1,0;\nSchedule:File,T,,sub\\t.csv,1,0;\nSchedule:File,T2,,./sub/t.csv,1,0;\n");
        files.WriteText("project/data/s.csv", "above ");
        files.WriteText("project/models/sub/t.csv", "below");
        await using var simulator = new Simulator(_energyPlus.Installation);
        var result = await simulator.SimulateAsync(new("project/models/a.idf", null, "out"), files.AsAsync(), cancellationToken: Token);
        Assert.True(result.Succeeded, result.Message);
        Assert.Equal("above below", files.ReadText("out/eplusout.eio"));
    }

    [Fact]
    public async Task Inputs_with_full_paths_are_of_this_machine_and_results_go_to_the_file_system()
    {
        Directory.CreateDirectory(_folder["models"]);
        await File.WriteAllTextAsync(_folder["models", "s.csv"], "local", Token);
        await File.WriteAllTextAsync(_folder["models", "m.idf"],
            ScriptedEnergyPlus.Model("cat s.csv > \"$out/eplusout.eio\"") + "Schedule:File,S,,s.csv,1,0;\n",
            Token);
        await File.WriteAllTextAsync(_folder["w.epw"], Weather.Text(0), Token);
        var files = new MemoryFileSystem();
        await using var simulator = new Simulator(_energyPlus.Installation);
        var result = await simulator.SimulateAsync(
            new(_folder["models", "m.idf"], _folder["w.epw"], "out"), files.AsAsync(), cancellationToken: Token);
        Assert.True(result.Succeeded, result.Message);
        Assert.Equal("local", files.ReadText("out/eplusout.eio"));
        Assert.Equal(_folder["models", "m.idf"], result.Record!.Input.Key);
    }

    [Fact]
    public async Task Simulate_tells_its_phases_in_order()
    {
        var phases = new List<SimulationPhase>();
        await using var simulator = new Simulator(_energyPlus.Installation);
        var job = Local(ScriptedEnergyPlus.Model("echo 'Warming up'", "echo 'Starting Simulation at 07/21 for DAY ONE'",
            "echo 'Writing tabular output file results using HTML format.'"));
        await simulator.SimulateAsync(job, progress: new Sink<SimulationProgress>(progress => { lock (phases)
            phases.Add(progress.Phase); Assert.Same(job, progress.Job); }), cancellationToken: Token);
        Assert.Equal(SimulationPhase.Staging, phases[0]);
        Assert.Equal([SimulationPhase.Storing, SimulationPhase.Complete], phases[^2..]);
        Assert.Contains(SimulationPhase.Warmup, phases);
        Assert.Equal(phases.Order(), phases);
    }

    [Fact]
    public async Task Options_reach_EnergyPlus_and_the_results_are_found_under_their_names()
    {
        var real = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        await using var simulator = new Simulator(real);
        var job = new SimulationJob(RealParts.Model("RefBldgWarehouse"), RealParts.Weather("Chicago"), _folder["out"])
        {
            Label = "ware",
            Options = new()
            {
                DesignDay = true,
                ReadVars = true,
                OutputPrefix = "wh",
                OutputSuffix = 'C',
                Variables = [new("Zone Mean Air Temperature", "*", "Daily")],
                Meters = [new("Electricity:Facility", Frequency: "Monthly")],
                ExtraArguments = ["--convert"],
            },
        };
        using var result = await simulator.SimulateAsync(job, cancellationToken: Token);
        Assert.True(result.Succeeded, result.Message);
        Assert.Contains("wh.eso", result.Files);
        Assert.Contains("whTable.htm", result.Files);
        Assert.Contains(result.Csv!.Columns,
            column => column.Name.Contains("Zone Mean Air Temperature", StringComparison.Ordinal) && column.Frequency == "Daily");
        Assert.NotEmpty(result.Html!.Tables);
        Assert.NotNull(result.Sql);
        Assert.NotNull(result.Summary);
        Assert.False(result.Errors.Fatal);
        Assert.Equal("ware", result.Record!.Label);
        Assert.Contains(result.Record.AddedObjects, added => added.Contains("Electricity:Facility", StringComparison.Ordinal));
    }

    private SimulationJob Local(string model)
    {
        File.WriteAllText(_folder["model.idf"], model);
        return new(_folder["model.idf"], null, _folder["deep", "results"]);
    }

    private static async Task<RecordingFileSystem> FilesAsync(string model)
    {
        var files = new RecordingFileSystem(new MemoryFileSystem().AsAsync());
        await files.WriteBytesAsync("a/model.idf", System.Text.Encoding.UTF8.GetBytes(model), Token);
        files.Clear();
        return files;
    }

    private static IEnumerable<string?> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private sealed class Disposing(Simulator simulator) : IDisposable
    {
        public Simulator Simulator => simulator;

        public void Dispose() => simulator.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
