using FaultProxies;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>Ctrl-C, and a second one while the first is still being obeyed, before a server that does not answer.</summary>
public sealed class InterruptTests(RgwServer rgw, MotoServer moto) : IDisposable
{
    private const int BySignal = 128; // what a shell adds to the number of the signal that ended a program
    private const int Interrupt = 2;

    private static readonly Fault Held = new Fault.HoldRequest(Task.Delay(Timeout.Infinite));
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Second_interrupt_of_retry_waits_for_no_answer_and_the_next_call_puts_the_rest()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        foreach (var name in (string[])["a", "b"])
        {
            await place.Files.WriteTextAsync($"inputs/{name}.idf", Recorded.Model);
            await Recorded.EndAsync(place.Files, $"inputs/{name}.idf", RunStatus.Failed, "fatal");
        }
        await using var proxy = new FaultProxy(new(place.Name));
        proxy.Script = call => call.Method == "DELETE" || IsPut(call, "inputs/b.idf") ? Held : null;
        await using (var tool = place.Start("retry", proxy.Url.AbsoluteUri))
        {
            await SeenAsync(proxy, tool, call => IsPut(call, "inputs/b.idf"));
            await tool.SignalAsync("INT");
            await tool.SaysAsync("of 2 models had been put again. The same command goes on");
            await SeenAsync(proxy, tool, call => call.Method == "DELETE"); // of its turn, which is given up
            await tool.SignalAsync("INT");
            Assert.Equal(BySignal + Interrupt, await tool.ExitAsync());
            Assert.DoesNotContain("   at ", tool.Output, StringComparison.Ordinal);
        }
        Age(Path.Combine(place.Path, "outputs", ".idfkit-retry"));
        var (exitCode, output) = await place.IdfKitAsync("retry", place.Name);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("works here and is waited for", output, StringComparison.Ordinal);
        Assert.Matches("[12] models? put again", output);
        Assert.DoesNotContain("outputs/.idfkit-retry", (await place.ListAsync()).Keys);
    }

    [Fact]
    public async Task Get_that_was_ended_in_the_middle_of_a_file_leaves_nothing_when_it_is_repeated()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        foreach (var name in (string[])["a", "b"]) await Recorded.EndAsync(place.Files, $"inputs/{name}.idf", RunStatus.Completed);
        await using var proxy = new FaultProxy(new(place.Name));
        proxy.Script = call => call.Method == "GET" && call.Target.Contains("outputs/b/report.html", StringComparison.Ordinal)
            ? new Fault.Stall(5)
            : null;
        await using (var tool = place.Start("get", proxy.Url.AbsoluteUri, "-o", _folder["out"]))
        {
            while (Hidden(_folder["out", "b"]).Length == 0)
            {
                Assert.False(tool.HasExited, tool.Output);
                await Task.Delay(20, Token);
            }
            await tool.SignalAsync("KILL"); // a second Ctrl-C at its worst moment
            await tool.ExitAsync();
        }
        Assert.NotEmpty(Hidden(_folder["out", "b"])); // a moment old, of a process that has ended
        var others = _folder["out", "b", ".idfkit-tmp-" + Guid.NewGuid().ToString("N")];
        await using (new FileStream(others, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            Age(others);
            var (exitCode, output) = await place.IdfKitAsync("get", place.Name, "-o", _folder["out"]);
            Assert.True(exitCode == 0, output);
        }
        Assert.Equal([others], Hidden(_folder["out", "b"])); // which somebody else was writing
        Assert.Equal("<p>inputs/b.idf</p>", await File.ReadAllTextAsync(_folder["out", "b", "report.html"], Token));
    }

    [Fact]
    public async Task Get_that_is_stopped_says_how_many_runs_it_has_fetched_and_leaves_nothing_half_done()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Completed);
        await using var proxy = new FaultProxy(new(place.Name));
        proxy.Script = call => call.Target.Contains("report.html", StringComparison.Ordinal) ? new Fault.Stall(5) : null;
        await using var tool = place.Start("get", proxy.Url.AbsoluteUri, "-o", _folder["out"]);
        await SeenAsync(proxy, tool, call => call.Target.Contains("report.html", StringComparison.Ordinal));
        await tool.SignalAsync("INT");
        Assert.Equal(1, await tool.ExitAsync());
        Assert.Contains("stopped; 0 of 1 run had been fetched. The same command goes on.", tool.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(_folder["out"]) ? Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories) : []);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Collect_that_is_stopped_says_what_became_of_the_table_which_the_next_call_makes(bool isThere)
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        var table = _folder["out", "runs.csv"];
        Directory.CreateDirectory(_folder["out"]);
        if (isThere) Assert.Equal(0, (await place.IdfKitAsync("collect", place.Name, "-o", table)).ExitCode);
        var before = isThere ? await File.ReadAllTextAsync(table, Token) : null;
        await Recorded.EndAsync(place.Files, "inputs/b.idf", RunStatus.Completed);
        await using var proxy = new FaultProxy(new(place.Name));
        bool IsOfB(ProxiedCall call) => call.Method == "GET" && call.Target.Contains("outputs/b/run.json", StringComparison.Ordinal);
        proxy.Script = call => IsOfB(call) ? Held : null;
        foreach (var (signal, exitCode) in ((string, int)[])[("INT", 1), ("KILL", BySignal + 9)])
            await StopAsync(signal, exitCode);

        Assert.Equal(before, File.Exists(table) ? await File.ReadAllTextAsync(table, Token) : null);
        var (ended, output) = await place.IdfKitAsync("collect", place.Name, "-o", table);
        Assert.True(ended == 0, output);
        Assert.Contains("2 runs (2 completed)", output, StringComparison.Ordinal);
        Assert.Equal([table], Directory.GetFiles(_folder["out"]));

        async Task StopAsync(string signal, int exitCode)
        {
            await using var tool = place.Start("collect", proxy.Url.AbsoluteUri, "-o", table);
            await SeenAsync(proxy, tool, IsOfB);
            await tool.SignalAsync(signal);
            Assert.Equal(exitCode, await tool.ExitAsync());
            proxy.Clear();
            proxy.Script = call => IsOfB(call) ? Held : null;
            if (signal != "INT") return;
            Assert.Empty(Hidden(_folder["out"]));
            var state = isThere ? "is as it was" : "was not written";
            Assert.Contains($"idfkit collect: stopped; {table} {state}.", tool.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Submit_that_watches_says_at_each_stage_what_is_left_and_ends_at_once_when_it_is_told_twice()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        foreach (var name in (string[])["a", "b"])
            await File.WriteAllTextAsync(_folder[name + ".idf"], Recorded.Model + $"! {name}\n", Token);
        await using var proxy = new FaultProxy(new(place.Name));
        proxy.Script = call => IsPut(call, "inputs/b.idf") ? Held : null;
        string[] submit = ["submit", _folder["a.idf"], _folder["b.idf"], "--to", proxy.Url.AbsoluteUri, "--watch"];
        await using (var tool = place.Start(submit))
        {
            await SeenAsync(proxy, tool, call => IsPut(call, "inputs/b.idf"));
            await tool.SignalAsync("INT");
            Assert.Equal(1, await tool.ExitAsync());
            Assert.Matches(@"stopped; [01] of 2 files had been put, each whole\. The same command puts the other [12]\.", tool.Output);
        }
        proxy.Clear();
        await using (var tool = place.Start(submit))
        {
            await tool.SaysAsync("2 waiting");
            await tool.SignalAsync("INT");
            Assert.Equal(1, await tool.ExitAsync());
            Assert.Contains("stopped watching; 0 run and 2 wait, and go on without it.", tool.Output, StringComparison.Ordinal);
        }
        proxy.Clear();
        proxy.Script = _ => Held;
        await using (var tool = place.Start(submit))
        {
            await SeenAsync(proxy, tool, _ => true);
            await tool.SignalUntilExitAsync("INT");
            Assert.DoesNotContain("   at ", tool.Output, StringComparison.Ordinal);
        }
        Assert.Equal(["inputs/a.idf", "inputs/b.idf"], (await place.ListAsync()).Keys);
    }

    [Fact] // it said that none ran and none waited
    public async Task Watch_that_is_stopped_before_it_has_looked_does_not_say_what_is_there()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Dev, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await using var proxy = new FaultProxy(new(place.Name));
        proxy.Script = _ => Held;
        await using var tool = place.Start("watch", proxy.Url.AbsoluteUri);
        await SeenAsync(proxy, tool, _ => true);
        await tool.SignalAsync("INT");
        Assert.Equal(1, await tool.ExitAsync());
        var said = "stopped watching before the first look was over; what runs goes on without it.";
        Assert.Contains(said, tool.Output, StringComparison.Ordinal);
    }

    private static bool IsPut(ProxiedCall call, string key) =>
        call.Method == "PUT" && call.Target.Contains(key, StringComparison.Ordinal);

    private static async Task SeenAsync(FaultProxy proxy, Tool tool, Func<ProxiedCall, bool> matches)
    {
        while (!proxy.Calls.Any(matches))
        {
            Assert.False(tool.HasExited, tool.Output);
            await Task.Delay(20, Token);
        }
    }

    private static string[] Hidden(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, ".idfkit-*", new EnumerationOptions { AttributesToSkip = FileAttributes.None })
        : [];

    /// <summary>As if it had been there for a while.</summary>
    private static void Age(string path) => File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2));
}
