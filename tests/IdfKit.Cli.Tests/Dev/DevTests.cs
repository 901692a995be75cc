using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Cli.Tests;

public sealed partial class DevTests : IDisposable
{
    private static readonly string Function = Path.Combine(AppContext.BaseDirectory, "ScriptedFunction");
    private readonly TestBed.TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Once_runs_the_named_inputs_shows_progress_and_exits_with_success()
    {
        await InputAsync("a b.idf", "completed");
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/a b.idf");
        Assert.Equal(0, exitCode);
        Assert.Contains("running     inputs/a b.idf  simulating 50% (RUN PERIOD 1)", output, StringComparison.Ordinal);
        Assert.Contains("completed   inputs/a b.idf  1.2 s  outputs/a b/", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["outputs", "a b", "run.json"]));
    }

    [Fact]
    public async Task Once_with_a_run_that_does_not_complete_or_an_input_that_is_absent_exits_with_failure()
    {
        await InputAsync("b.idf", "rejected");
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/b.idf");
        Assert.Equal(1, exitCode);
        Assert.Contains("rejected    inputs/b.idf  1.2 s  outputs/b/  what a modeller understands", output, StringComparison.Ordinal);

        (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/none.idf");
        Assert.Equal(1, exitCode);
        Assert.Contains("There is no object inputs/none.idf", output, StringComparison.Ordinal);
    }

    [Fact] // it ended without a word
    public async Task Stopped_while_the_function_starts_it_says_that_nothing_was_run()
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        await File.WriteAllTextAsync(_folder["silent"], $"#!/bin/sh\n: > '{_folder["started"]}'\nexec sleep 600\n", Token);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["silent"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var tool = Tool.Start(null, "dev", _folder["b"], "--bootstrap", _folder["silent"]);
        while (!File.Exists(_folder["started"]))
        {
            Assert.False(tool.HasExited, tool.Output);
            await Task.Delay(20, Token);
        }
        await tool.SignalAsync("INT");
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains("Stopped before anything was run; the same command begins anew.", tool.Output, StringComparison.Ordinal);
    }

    [Fact] // exited with 0 and said nothing
    public async Task Once_with_a_file_that_is_no_model_says_so_and_exits_with_failure()
    {
        await InputAsync("readme.txt", "ignore");
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/readme.txt");
        Assert.Equal(1, exitCode);
        Assert.Contains("error       'inputs/readme.txt' is not a model (.idf, .epJSON or a .zip with one)",
            output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_outside_the_input_prefix_is_said_to_be_ignored_and_the_prefix_is_the_functions_own()
    {
        var variables = new Dictionary<string, string> { ["IDFKIT_INPUT_PREFIX"] = "in" }; // a missing slash is added
        await File.WriteAllTextAsync(_folder["cut.idf"], "completed", Token);
        await using var tool = Tool.Start(
            variables, "dev", _folder.Path, "--bootstrap", Function, "--until-idle", "--drop", _folder["cut.idf"]);
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains("as s3://local/in/cut.idf", tool.Output, StringComparison.Ordinal);
        Assert.Contains("ignored     'cut.idf' is outside in/, so it is not run; put it under in/ to run it.",
            tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_dropped_by_hand_and_one_put_over_S3_are_run_and_until_idle_exits()
    {
        // Concurrency: the tool must wait for both although the first ends while the second runs.
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--until-idle", "--concurrency", "2");
        await tool.SaysAsync("Ctrl-C stops");
        await InputAsync("hand.idf", "completed");
        using var http = new HttpClient();
        using var put = await http.PutAsync(Endpoint(tool) + "/local/inputs/s3.idf", new StringContent("completed"), Token);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains("completed   inputs/hand.idf", tool.Output, StringComparison.Ordinal);
        Assert.Contains("completed   inputs/s3.idf", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_the_function_keeps_failing_on_is_shown_and_is_a_failure()
    {
        await InputAsync("c.idf", "throw");
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--once", "inputs/c.idf");
        Assert.Equal(1, exitCode);
        Assert.Contains("The function failed 3 times on one event: the bucket is on fire", output, StringComparison.Ordinal);
        Assert.Contains(
            "RetriesExhausted", await File.ReadAllTextAsync(_folder[".idfkit", "failures.jsonl"], Token), StringComparison.Ordinal);
        // The function is told, as its queue of failures would, and says so where the results are looked for.
        Assert.Matches("(?m)^failed      inputs/c.idf .*given up after 3 attempts", output);
        Assert.True(File.Exists(_folder["outputs", "c", "run.json"]));
    }

    [Fact]
    public async Task A_signal_stops_everything_with_success()
    {
        await using var tool = Tool.Start(null, "dev", _folder["new"], "--bootstrap", Function);
        await tool.SaysAsync("Ctrl-C stops");
        Assert.True(Directory.Exists(_folder["new", "inputs"]));
        var endpoint = Endpoint(tool);
        await tool.SignalAsync("TERM");
        Assert.Equal(0, await tool.ExitAsync());
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(endpoint, Token));
        var process = InitLine().Match(await File.ReadAllTextAsync(_folder["new", ".idfkit", "function.log"], Token)).Groups[1].Value;
        Assert.False(Directory.Exists("/proc/" + process));
    }

    [Fact]
    public async Task A_function_that_refuses_to_start_is_shown_in_its_own_words()
    {
        // The tool hands every IDFKIT_* variable on; the scripted function is told through one to fail.
        var script = new Dictionary<string, string> { ["IDFKIT_SCRIPT_INIT"] = "error" };
        var (exitCode, output) = await Tool.RunAsync(script, "dev", _folder.Path, "--bootstrap", Function);
        Assert.Equal(1, exitCode);
        Assert.Contains("refused to start: ENERGYPLUS_DIR is wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_function_that_refuses_to_start_is_shown_without_its_stack_and_with_its_log()
    {
        var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = "/none/energyplus" };
        var (exitCode, output) = await Tool.RunAsync(variables, "dev", _folder.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains("refused to start: There is no EnergyPlus at /none/energyplus", output, StringComparison.Ordinal);
        Assert.Contains($"(its log: {_folder[".idfkit", "function.log"]}).", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variable_that_means_nothing_is_said_with_the_one_that_was_meant()
    {
        var variables = new Dictionary<string, string> { ["IDFKIT_WETHER"] = "golden.epw", ["ENERGYPLUS_DIR"] = "/none/energyplus" };
        var (_, output) = await Tool.RunAsync(variables, "dev", _folder.Path);
        Assert.Contains("idfkit dev: IDFKIT_WETHER means nothing", output, StringComparison.Ordinal);
        Assert.Contains("did you mean IDFKIT_WEATHER?", output, StringComparison.Ordinal);
    }

    [Fact] // waited for ever
    public async Task A_temporary_folder_that_is_not_there_is_named()
    {
        var variables = new Dictionary<string, string> { ["TMPDIR"] = "/none/tmp" };
        var (exitCode, output) = await RefusedAsync(variables, "dev", _folder.Path, "--bootstrap", Function);
        Assert.Equal(1, exitCode);
        Assert.Contains("no folder for it can be made in /none/tmp", output, StringComparison.Ordinal);
        Assert.Contains("set TMPDIR to a folder that can be written", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_and_a_missing_function_are_sentences()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder.Path, "--bootstrap", Function, "--port", $"{port}");
        Assert.Equal(
            (1, $"idfkit dev: Port {port} is taken by another program: choose another --port, or leave it out for a free one."),
            (exitCode, output.Trim()));

        (exitCode, output) = await Tool.RunAsync(new Dictionary<string, string> { ["IDFKIT_BOOTSTRAP"] = "/none" }, "dev", _folder.Path);
        Assert.Equal((1, "idfkit dev: There is no file /none, which IDFKIT_BOOTSTRAP names as the function's executable."),
            (exitCode, output.Trim()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_served_and_a_file_that_cannot_be_dropped_are_sentences_before_anything_starts()
    {
        await File.WriteAllTextAsync(_folder["afile"], "", Token);
        Assert.Equal((1, $"idfkit dev: {_folder["afile"]} is a file; give the folder that is to be the bucket."),
            await RefusedAsync("dev", _folder["afile"], "--bootstrap", Function));
        var (exitCode, output) = await RefusedAsync("dev", "/proc/nope", "--bootstrap", Function);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("idfkit dev: the folder /proc/nope cannot be made or written (", output, StringComparison.Ordinal);
        Assert.Equal((1, "idfkit dev: there is no file nofile.idf, which --drop names."),
            await RefusedAsync("dev", _folder["new"], "--bootstrap", Function, "--drop", "nofile.idf"));
        Assert.False(Directory.Exists(_folder["new"]));
    }

    [Fact]
    public async Task A_second_dev_on_one_folder_is_refused_and_changes_nothing()
    {
        await using var first = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--until-idle");
        await first.SaysAsync("Ctrl-C stops");
        Assert.Equal(
            (1, $"idfkit dev: The folder {_folder.Path} is being served as a bucket already, by another process or server: "
                + "use that one, or stop it first."),
            await RefusedAsync("dev", _folder.Path, "--bootstrap", Function));
        await InputAsync("a.idf", "completed");
        Assert.Equal(0, await first.ExitAsync());
        Assert.Contains("1 completed.", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_removed_while_it_is_served_ends_it_with_a_sentence_and_is_not_made_anew()
    {
        await using var tool = Tool.Start(null, "dev", _folder["b"], "--bootstrap", Function);
        await tool.SaysAsync("Ctrl-C stops");
        Directory.CreateDirectory(_folder["b", "inputs"]);
        await File.WriteAllTextAsync(_folder["b", "inputs", "a.idf"], "hang", Token);
        await tool.SaysAsync("running     inputs/a.idf  simulating 50%"); // where it hangs
        Directory.Move(_folder["b"], _folder["moved"]); // at once, whatever is written there
        Assert.Equal(1, await tool.ExitAsync());
        Assert.EndsWith(
            $"idfkit dev: the folder {_folder["b"]} was removed or renamed while it was served, and nothing is run any more; "
                + "a new start makes and serves it anew.",
            tool.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("Stopped: inputs/a.idf was interrupted.\n", tool.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["b"]));
    }

    [Fact] // said that the whole folder had gone
    public async Task Hidden_folder_that_is_removed_while_its_bucket_is_served_is_named_and_runs_are_counted()
    {
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--json");
        await tool.SaysAsync("Ctrl-C stops");
        await InputAsync("a.idf", "hang");
        await tool.SaysAsync("\"percent\":50");
        Directory.Move(_folder[".idfkit"], _folder["moved"]);
        Assert.Equal(1, await tool.ExitAsync());
        Assert.Contains(
            "\"event\":\"ended\",\"schema\":\"idfkit.dev/1\",\"counts\":{\"interrupted\":1}}", tool.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"idfkit dev: the folder {_folder[".idfkit"]}, without which its bucket cannot be served, was removed or renamed, and nothing "
                + "is run any more; a new start makes it anew.",
            tool.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(_folder["inputs"]));
    }

    [Fact] // "check the region, the endpoint and the options"
    public async Task Address_of_the_function_is_said_to_be_none_of_a_bucket()
    {
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function);
        await tool.SaysAsync("Ctrl-C stops");
        var lambda = LambdaLine().Match(tool.Output).Groups[1].Value;
        var model = DesignDays.Write(_folder["a.idf"]);
        foreach (var arguments in (string[][])
            [
                ["watch", lambda], ["show", lambda], ["show", lambda + "/outputs/a"], ["get", lambda + "/outputs/a"], ["retry", lambda],
                ["submit", model, "--to", lambda],
            ])
        {
            var (exitCode, output) = await Tool.RunAsync(null, arguments);
            Assert.True(exitCode == 1, output);
            Assert.Contains("'idfkit dev' prints that of its bucket behind Endpoint", output, StringComparison.Ordinal);
        }
    }

    [Fact] // it was taken for what was said already
    public async Task Line_that_a_function_said_before_it_ended_is_shown_though_its_value_stands_elsewhere()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await File.WriteAllTextAsync(_folder["function"], "#!/bin/sh\necho 'IDFKIT_X: 1' >&2\nexit 1\n", Token);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder["function"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (exitCode, output) = await RefusedAsync("dev", _folder["b"], "--bootstrap", _folder["function"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("\nIDFKIT_X: 1", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory] // named no input, and a type of ours
    [InlineData("""{"input": "s3://local/inputs/w.epw"}""", "\"input\":\"s3://local/inputs/w.epw\"")]
    [InlineData("""{"rows": [{"n": 1, "name": "a"}]}""", "The call cannot be read, since it has no 'study'; docs/studies.md")]
    [InlineData("""{"rows": 1, "study": "s3://b/p/"}""", "The call cannot be read at $.rows; docs/studies.md describes its form.")]
    public async Task A_call_for_what_is_not_run_is_answered_with_what_it_names(string call, string answered)
    {
        var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };
        await using var tool = Tool.Start(variables, "dev", _folder.Path, "--concurrency", "1");
        await tool.SaysAsync("Ctrl-C stops");
        await InputAsync("w.epw", "LOCATION");
        var lambda = LambdaLine().Match(tool.Output).Groups[1].Value;
        using var http = new HttpClient();
        using var answer = await http.PostAsync(lambda + "/2015-03-31/functions/idfkit/invocations", new StringContent(call), Token);
        Assert.Contains(answered, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_file_of_each_kind_that_is_not_run_is_named()
    {
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function, "--until-idle");
        await tool.SaysAsync("Ctrl-C stops");
        foreach (var name in new[] { "readme.txt", "other.txt", "w.epw", "plan.dwg" }) await InputAsync(name, "");
        await tool.SaysAsync("'inputs/plan.dwg' is not a model");
        await InputAsync("a.idf", "completed");
        Assert.Equal(0, await tool.ExitAsync());
        var ignored = tool.Output.Split('\n').Where(line => line.StartsWith("ignored ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, ignored.Count);
        Assert.DoesNotContain(ignored, line => line.Contains(".epw'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_function_is_called_as_the_introduction_says()
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Needs.That(path.Any(folder => File.Exists(folder + "/aws")), Needs.AwsCommand);
        await using var tool = Tool.Start(null, "dev", _folder.Path, "--bootstrap", Function);
        await tool.SaysAsync("Ctrl-C stops");
        var call = Regex.Match(tool.Output, @"(?s)  (export AWS.*?)\n  aws .*?(echo .*?json\n.*?)\nResults").Groups;
        await File.WriteAllTextAsync(_folder["call.sh"],
            $"cd {_folder.Path}\n{call[1].Value}\n{call[2].Value}\ncat answer.json\n"
                + $"{call[2].Value.Split('\n')[1]} --log-type Tail --query LogResult --output text | base64 -d\n", Token);
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", [_folder["call.sh"]]) { RedirectStandardOutput = true })!;
        var said = await shell.StandardOutput.ReadToEndAsync(Token);
        await shell.WaitForExitAsync(Token);
        Assert.Contains("\"StatusCode\": 200", said, StringComparison.Ordinal);
        Assert.Contains("{\"input\": \"s3://local/inputs/office.idf\"}", said, StringComparison.Ordinal); // echoed by the scripted function
        Assert.Contains("START RequestId: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idfkit dev: --concurrency takes a whole number, not 'abc'.", "dev", "x", "--concurrency", "abc")]
    [InlineData("idfkit dev: --port must lie between 0 and 65535.", "dev", "x", "--port", "99999")]
    [InlineData("idfkit dev: Unrecognized command or argument 'b'.", "dev", "x", "b")]
    [InlineData("idfkit dev: models can be run here only for a folder of this machine, and 's3://b' is none; "
        + "'idfkit open s3://b' shows what is there.", "dev", "s3://b")] // made a folder s3:
    [InlineData("idfkit dev: models can be run here only for a folder of this machine, and 's3:b' is none; "
        + "'idfkit open s3:b' shows what is there.", "dev", "s3:b")]
    [InlineData("idfkit dev: Required argument 'FOLDER' missing for command: 'dev'.", "dev")]
    public async Task Wrong_arguments_are_answered_by_the_usage_and_the_reason(string sentence, params string[] arguments) =>
        Assert.Equal(
            (2, "Usage: idfkit dev FOLDER [OPTIONS] ('idfkit dev --help' says more)\n" + sentence), await RefusedAsync(arguments));

    [Theory]
    [InlineData("dev")]
    [InlineData("dev", "x", "--port", "99999")]
    [InlineData("dev", "x", "--concurrency", "0")]
    [InlineData("no-such-command")]
    public async Task Wrong_usage_has_its_own_exit_code(params string[] arguments) =>
        Assert.Equal(2, (await Tool.RunAsync(null, arguments)).ExitCode);

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "dev", "--help");
        Assert.Equal(0, exitCode);
        var reviewed = TestBed.Repository.PathOf("tests", "IdfKit.Cli.Tests", "Dev", "dev-help.txt");
        Assert.Equal((await File.ReadAllTextAsync(reviewed, Token)).Trim(), output.Trim());
    }

    private static Task<(int ExitCode, string Output)> RefusedAsync(params string[] arguments) => RefusedAsync(null, arguments);

    private static async Task<(int ExitCode, string Output)> RefusedAsync(
        Dictionary<string, string>? variables, params string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(variables, arguments);
        return (exitCode, output.Trim());
    }

    private async Task InputAsync(string name, string content)
    {
        Directory.CreateDirectory(_folder["inputs"]);
        await File.WriteAllTextAsync(_folder["inputs", name], content, Token);
    }

    private static string Endpoint(Tool tool) => EndpointLine().Match(tool.Output).Groups[1].Value;

    [GeneratedRegex(@"^Endpoint\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex EndpointLine();

    [GeneratedRegex(@"^Lambda\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex LambdaLine();

    [GeneratedRegex(@"^init (\d+)", RegexOptions.Multiline)]
    private static partial Regex InitLine();
}
