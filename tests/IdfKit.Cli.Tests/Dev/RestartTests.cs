using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests;

/// <summary>What a session of <c>idfkit dev</c> makes of what was before it, and leaves for the next one.</summary>
public sealed partial class RestartTests : IDisposable
{
    private const int BySignal = 128; // what a shell adds to the number of the signal that ended a program

    private static readonly string Function = Path.Combine(AppContext.BaseDirectory, "ScriptedFunction");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What hangs the scripted function goes on.</summary>
    private static Dictionary<string, string> Going => new() { ["IDFKIT_SCRIPT_GO"] = Function };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_runs_what_has_no_current_result_says_so_and_leaves_the_rest_alone()
    {
        await InputAsync("changed.idf", "completed");
        await InputAsync("deleted.idf", "completed");
        await InputAsync("kept.idf", "rejected");
        var first = await IdleAsync();
        Assert.Contains("3 inputs have no current result and are run now (3 new): inputs/changed.idf, inputs/deleted.idf, inputs/kept.idf.",
            first, StringComparison.Ordinal);
        Assert.Contains("2 completed, 1 did not: inputs/kept.idf (rejected).", first, StringComparison.Ordinal);
        var kept = await RunIdAsync("kept");

        await InputAsync("changed.idf", "failed");
        Directory.Delete(_folder["outputs", "deleted"], recursive: true);
        await InputAsync("new.idf", "completed");
        var second = await IdleAsync();
        Assert.Contains(
            "3 inputs have no current result and are run now (2 new, 1 changed): inputs/changed.idf, inputs/deleted.idf, inputs/new.idf.",
            second, StringComparison.Ordinal);
        Assert.Equal(kept, await RunIdAsync("kept"));
        Assert.Contains("2 completed, 1 did not: inputs/changed.idf (failed).", second, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["outputs", "deleted", "run.json"]));
    }

    [Fact]
    public async Task Models_that_were_put_again_with_the_same_content_while_nobody_served_are_run_by_the_next_start_and_once()
    {
        await InputAsync("failed.idf", "failed");
        await InputAsync("kept.idf", "rejected");
        await IdleAsync();
        var (kept, failed) = (await RunIdAsync("kept"), await RunIdAsync("failed"));
        var (exitCode, said) = await Tool.RunAsync(null, "retry", _folder.Path, "failed.idf");
        Assert.True(exitCode == 0, said);
        var again = await IdleAsync();
        Assert.Contains("1 input has no current result and is run now (1 put again): inputs/failed.idf.", again, StringComparison.Ordinal);
        Assert.NotEqual(failed, failed = await RunIdAsync("failed"));
        Assert.Equal(kept, await RunIdAsync("kept"));
        await InputAsync("new.idf", "completed");
        Assert.Contains("(1 new): inputs/new.idf.", await IdleAsync(), StringComparison.Ordinal);
        Assert.Equal(failed, await RunIdAsync("failed"));
    }

    [Fact]
    public async Task Models_that_are_retried_and_still_wait_when_a_session_is_stopped_are_run_by_the_next_one()
    {
        foreach (var name in new[] { "x1.idf", "x2.idf" }) await InputAsync(name, "failed");
        await IdleAsync();
        var before = (await RunIdAsync("x1"), await RunIdAsync("x2"));
        await InputAsync("hang.idf", "hang");
        await using (var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--concurrency", "1"))
        {
            await HangsAsync();
            var (exitCode, said) = await Tool.RunAsync(null, "retry", _folder.Path);
            Assert.True(exitCode == 0, said);
            Assert.Contains("2 models put again.", said, StringComparison.Ordinal);
            await tool.SignalAsync("INT");
            Assert.Equal(0, await tool.ExitAsync());
        }
        Assert.Equal(before, (await RunIdAsync("x1"), await RunIdAsync("x2")));
        Assert.Contains("(1 interrupted, 2 put again)", await IdleAsync(), StringComparison.Ordinal);
        Assert.NotEqual(before.Item1, await RunIdAsync("x1"));
        Assert.NotEqual(before.Item2, await RunIdAsync("x2"));
    }

    [Fact]
    public async Task File_that_cannot_be_read_is_said_and_all_others_are_run()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await InputAsync("a.idf", "completed");
        await InputAsync("c.idf", "completed");
        File.CreateSymbolicLink(_folder["inputs", "b.idf"], "b.idf");
        var said = await IdleAsync();
        Assert.Contains("2 completed", said, StringComparison.Ordinal);
        Assert.Contains("'inputs/b.idf' cannot be read", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_whose_hidden_files_are_links_is_refused_and_nothing_is_written_through_them()
    {
        await InputAsync("a.idf", "completed");
        Directory.CreateDirectory(_folder[".idfkit"]);
        await File.WriteAllTextAsync(_folder["mine"], "mine", Token);
        foreach (var name in new[] { "function.log", "probe", "begun", "failures.jsonl" })
        {
            File.CreateSymbolicLink(_folder[".idfkit", name], _folder["mine"]);
            var (exitCode, said) = await Tool.RunAsync(Going, "dev", _folder.Path, "--bootstrap", Function, "--until-idle");
            Assert.True(exitCode == 1, said);
            Assert.Contains(Path.Combine(".idfkit", name) + " is a symbolic link, which is not followed", said, StringComparison.Ordinal);
            Assert.Equal("mine", await File.ReadAllTextAsync(_folder["mine"], Token));
            File.Delete(_folder[".idfkit", name]);
        }
    }

    [Fact]
    public async Task Interrupt_says_what_was_interrupted_and_waited_show_says_so_too_and_the_next_start_runs_them()
    {
        await InputAsync("hang.idf", "hang");
        foreach (var name in new[] { "x1.idf", "x2.idf", "x3.idf" }) await InputAsync(name, "completed");
        await using (var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--concurrency", "1"))
        {
            await HangsAsync();
            await tool.SignalAsync("INT");
            Assert.Equal(0, await tool.ExitAsync());
            Assert.Contains("Stopped: inputs/hang.idf was interrupted, 3 waited. Start idfkit dev again to run them.",
                tool.Output, StringComparison.Ordinal);
        }
        var (exitCode, shown) = await Tool.RunAsync(null, "show", _folder["outputs", "hang"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("interrupted: it began at ", Flat(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("design days only", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("not reported", shown, StringComparison.Ordinal);

        var again = await IdleAsync();
        Assert.Contains("4 inputs have no current result and are run now (3 new, 1 interrupted)", again, StringComparison.Ordinal);
        Assert.Contains("4 completed.", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_run_that_a_signal_interrupts_is_not_counted_among_those_that_waited(string signal)
    {
        await InputAsync("hang.idf", "hang");
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function);
        await HangsAsync();
        await tool.SignalAsync(signal);
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains(
            "Stopped: inputs/hang.idf was interrupted. Start idfkit dev again to run it.", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_session_leaves_no_process_and_the_next_one_takes_its_run_up_at_once()
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        await InputAsync("hang.idf", "hang");
        await using (var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function))
        {
            await HangsAsync();
            var (_, running) = await Tool.RunAsync(null, "show", _folder["outputs", "hang"]);
            Assert.Contains("running since ", Flat(running), StringComparison.Ordinal);
            Assert.Contains("simulating 50%", Flat(running), StringComparison.Ordinal);
            var processes = ProcessesOf("function.log");
            Assert.NotEmpty(processes);
            await tool.SignalAsync("KILL");
            await tool.ExitAsync();
            foreach (var process in processes) await GoneAsync(process);
        }
        var (_, shown) = await Tool.RunAsync(null, "show", _folder["outputs", "hang"]);
        Assert.Contains("interrupted: it began at ", Flat(shown), StringComparison.Ordinal);
        var again = await IdleAsync();
        Assert.Contains("(1 interrupted): inputs/hang.idf.", again, StringComparison.Ordinal);
        Assert.Contains("1 completed.", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_interrupt_does_not_wait_for_a_function_that_does_not_stop()
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        await InputAsync("hang.idf", "hang");
        var stubborn = _folder["stubborn"];
        await File.WriteAllTextAsync(stubborn, $"#!/bin/sh\ntrap '' TERM\n'{Function}' &\nwait\nsleep 600\n", Token);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stubborn, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", stubborn, "--concurrency", "1");
        await HangsAsync();
        var processes = ProcessesOf("function.log");
        await tool.SignalUntilExitAsync("INT"); // two that come before the first is taken are one
        Assert.Equal(BySignal + 2, await tool.ExitAsync());
        Assert.DoesNotContain("Stopped", tool.Output, StringComparison.Ordinal);
        foreach (var process in processes) await GoneAsync(process);
        Assert.Contains("1 completed.", await IdleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_a_line_for_each_change_and_nothing_else()
    {
        await InputAsync("a.idf", "completed");
        await InputAsync("b.idf", "failed");
        var (exitCode, said) = await Tool.RunAsync(Going, "dev", _folder.Path, "--bootstrap", Function, "--until-idle", "--json");
        Assert.Equal(1, exitCode);
        var lines = said.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.All(lines, line => Assert.Equal("idfkit.dev/1", (string?)line["schema"]));
        Assert.Equal("ready", (string?)lines[0]["event"]);
        Assert.Contains(lines, line => ((string?)line["model"], (string?)line["status"]) == ("inputs/b.idf", "failed"));
        Assert.Equal((1, 1), ((int?)lines[^1]["counts"]!["completed"], (int?)lines[^1]["counts"]!["failed"]));
    }

    [Fact]
    public async Task Doctor_says_the_same_as_json()
    {
        var (exitCode, said) = await Tool.RunAsync(null, "doctor", "--json");
        var found = JsonNode.Parse(said)!;
        Assert.Equal("idfkit.doctor/1", (string?)found["schema"]);
        Assert.Equal(exitCode, (int?)found["problems"] > 0 ? 1 : 0);
        Assert.Contains(found["about"]!.AsArray(), about => (string?)about!["title"] == "EnergyPlus");
    }

    [Fact]
    public async Task Logs_of_earlier_sessions_are_kept()
    {
        await InputAsync("a.idf", "completed");
        await IdleAsync();
        var first = await File.ReadAllTextAsync(_folder[".idfkit", "function.log"], Token);
        for (var session = 1; session <= 11; session++)
        {
            await InputAsync("a.idf", session % 2 == 0 ? "completed" : "failed");
            await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/a.idf");
            if (session == 1) Assert.Equal(first, await File.ReadAllTextAsync(_folder[".idfkit", "function.1.log"], Token));
        }
        Assert.Equal(10, Directory.GetFiles(_folder[".idfkit"], "function*.log").Length);
    }

    [Fact]
    public async Task Many_models_give_one_line_each_and_the_last_says_how_many_there_were()
    {
        for (var i = 0; i < 20; i++) await InputAsync($"{i:00}.idf", i == 7 ? "crashed" : "completed");
        var lines = (await IdleAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("19 completed, 1 did not: inputs/07.idf (crashed).", lines[^1]);
        Assert.Equal(20, lines.Count(line => line.StartsWith("completed ", StringComparison.Ordinal)
            || line.StartsWith("crashed ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => Waiting().IsMatch(line));
        // The last two run while nothing waits, and have a line for each phase besides.
        Assert.InRange(lines.Count(line => line.StartsWith("running ", StringComparison.Ordinal)), 0, 2 * Environment.ProcessorCount * 4);
    }

    private async Task<string> IdleAsync()
    {
        var (_, output) = await Tool.RunAsync(Going, "dev", _folder.Path, "--bootstrap", Function, "--until-idle");
        return output;
    }

    private async Task InputAsync(string name, string content)
    {
        Directory.CreateDirectory(_folder["inputs"]);
        await File.WriteAllTextAsync(_folder["inputs", name], content, Token);
    }

    private async Task<string> RunIdAsync(string model) =>
        RunRecordFile.FromJson(await File.ReadAllBytesAsync(_folder["outputs", model, "run.json"], Token))!.RunId;

    private async Task HangsAsync()
    {
        var progress = _folder["outputs", "hang", "progress.json"];
        while (!File.Exists(progress) || !(await File.ReadAllTextAsync(progress, Token)).Contains("percent\":50", StringComparison.Ordinal))
            await Task.Delay(20, Token);
    }

    private List<int> ProcessesOf(string log)
    {
        using var reader = new StreamReader(new FileStream(_folder[".idfkit", log], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. InitLine().Matches(reader.ReadToEnd()).Select(line => int.Parse(line.Groups[1].Value))];
    }

    private static async Task GoneAsync(int process)
    {
        while (Directory.Exists($"/proc/{process}") && !await IsZombieAsync(process)) await Task.Delay(20, Token);
    }

    private static async Task<bool> IsZombieAsync(int process)
    {
        try { return (await File.ReadAllTextAsync($"/proc/{process}/stat", Token)).Contains(") Z ", StringComparison.Ordinal); }
        catch (IOException) { return true; } // it went between the two looks
    }

    /// <summary>A table wraps what is longer than the terminal.</summary>
    private static string Flat(string shown) => Spaces().Replace(shown.Replace("│", " ", StringComparison.Ordinal), " ");

    [GeneratedRegex(@"^init (\d+)", RegexOptions.Multiline)]
    private static partial Regex InitLine();

    [GeneratedRegex(@"\(\d+ completed(, 1 did not)?(, \d+ running)?, \d+ waiting\)$")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
