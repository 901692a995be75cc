using System.Diagnostics;
using System.Text.Json;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary><c>bootstrap run</c>, the same executable without Lambda, on a real S3 server.</summary>
public sealed class RunCommandTests(EventServer server)
{
    private static readonly string Weather = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"),
        Model = Repository.PathOf("examples", "one-zone.idf");

    [Fact]
    public async Task Model_is_run_once_with_the_functions_own_log_line_and_record()
    {
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropAsync("inputs/site.epw", Weather);
        await cloud.DropAsync("inputs/one zone.idf", Model);

        var first = await RunAsync(cloud,
            [("IDFKIT_RUN", $"s3://{cloud.Bucket}/inputs/one zone.idf"), ("AWS_BATCH_JOB_ID", "job-1"), ("AWS_BATCH_JQ_NAME", "idfkit")],
            "run");
        Assert.True(first.ExitCode == 0, first.Log);
        var record = await cloud.RecordAsync("outputs/one zone");
        Assert.Equal((RunStatus.Completed, "job-1"), (record.Status, record.RequestId));
        using (var line = JsonDocument.Parse(first.Log.Split('\n').Single(line => line.Contains("\"run_id\"", StringComparison.Ordinal))))
            Assert.Equal((record.RunId, "Completed", "idfkit"), (line.RootElement.GetProperty("run_id").GetString(),
                line.RootElement.GetProperty("status").GetString(),
                line.RootElement.GetProperty("function_name").GetString()));

        var second = await RunAsync(cloud, [], "run", $"s3://{cloud.Bucket}/inputs/one zone.idf");
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("has been run already", second.Log, StringComparison.Ordinal);
        Assert.Equal(record.RunId, (await cloud.RecordAsync("outputs/one zone")).RunId);
    }

    [Fact] // ECS and Fargate hand out a role's credentials over HTTP; the SDK must be able to read them when it is compiled ahead of time
    public async Task Credentials_of_a_container_are_fetched_from_where_ECS_says()
    {
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropTextAsync("inputs/broken.idf", "this is no model");
        using var listener = new System.Net.HttpListener();
        var address = $"http://127.0.0.1:{Ports.Free()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var asked = AnswerAsync(listener,
            $$"""{"RoleArn":"arn:aws:iam::123456789012:role/job","AccessKeyId":"{{cloud.Environment["AWS_ACCESS_KEY_ID"]}}","""
                + $$"""
                "SecretAccessKey":"{{cloud.Environment["AWS_SECRET_ACCESS_KEY"]}}",
                """
                + $$"""
                "Token":"","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}
                """);
        var result = await RunAsync(cloud,
            [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", ""), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", address + "credentials")],
            "run", $"s3://{cloud.Bucket}/inputs/broken.idf");
        Assert.True(result.ExitCode == 0, result.Log);
        await asked;
        Assert.Equal(RunReason.NotAModel, (await cloud.RecordAsync("outputs/broken")).Reason);
    }

    [Fact]
    public async Task Answer_that_is_no_result_is_still_an_answer()
    {
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropTextAsync("inputs/broken.idf", "this is no model");
        Assert.Equal(0, (await RunAsync(cloud, [], "run", $"s3://{cloud.Bucket}/inputs/broken.idf")).ExitCode);
        Assert.Equal(RunReason.NotAModel, (await cloud.RecordAsync("outputs/broken")).Reason);
    }

    [Fact]
    public async Task World_that_fails_is_another_exit_code_than_wrong_usage()
    {
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropTextAsync("inputs/readme.txt", "hello");
        foreach (var (code, said, arguments) in new (int, string, string[])[]
        {
            (1, "no-such-bucket", ["run", "s3://no-such-bucket/inputs/a.idf"]),
            (2, "not a model", ["run", $"s3://{cloud.Bucket}/inputs/readme.txt"]),
            (2, "IDFKIT_RUN", ["run"]),
            (2, "'http://example.org/a.idf'", ["run", "http://example.org/a.idf"]),
            (2, "was given 2 arguments", ["run", "s3://a/b", "s3://c/d"]),
            (2, "does not know 'simulate'", ["simulate"]),
            (0, "exit code", ["run", "--help"]),
        })
        {
            var result = await RunAsync(cloud, [], arguments);
            Assert.True(result.ExitCode == code, $"{string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Log}");
            Assert.Contains(said, result.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Termination_stops_EnergyPlus_and_gives_the_claim_back_so_that_the_next_attempt_runs()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        using var signs = new TemporaryFolder();
        await using var cloud = await Cloud.StartSilentAsync(server, ("ENERGYPLUS_DIR", energyPlus.Installation.Directory));
        (string, string)[] environment = [("ENERGYPLUS_DIR", energyPlus.Installation.Directory), ("IDFKIT_ALLOW_UNSAFE_OBJECTS", "true")];
        var sleeper = $"sleep {60 + Random.Shared.NextDouble():0.0000000}";
        await cloud.DropTextAsync("inputs/long.idf",
            ScriptedEnergyPlus.Model($"touch '{signs["started"]}'; [ -f '{signs["again"]}' ] || {sleeper}"));
        using var first = Start(cloud, environment, "run", $"s3://{cloud.Bucket}/inputs/long.idf");
        var log = ReadAsync(first);
        await ScriptedEnergyPlus.WaitForAsync(signs["started"]);
        var whileRunning = await RunAsync(cloud, environment, "run", $"s3://{cloud.Bucket}/inputs/long.idf");
        Assert.True(whileRunning.ExitCode == 1, whileRunning.Log);

        await File.WriteAllTextAsync(signs["again"], "", Token);
        await Signals.SendAsync("TERM", first.Id, Token);
        await first.WaitForExitAsync(Token);
        Assert.True(first.ExitCode == 143, await log);
        Assert.Contains("interrupted by signal 15", await log, StringComparison.Ordinal);
        Assert.False(ScriptedEnergyPlus.Lives(sleeper), "EnergyPlus's own child lives on");

        var second = await RunAsync(cloud, environment, "run", $"s3://{cloud.Bucket}/inputs/long.idf");
        Assert.True(second.ExitCode == 0, second.Log);
        Assert.Equal(RunStatus.Completed, (await cloud.RecordAsync("outputs/long")).Status);
    }

    [Fact]
    public async Task What_the_function_could_not_finish_in_its_time_is_finished_by_the_note_that_it_left()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        using var signs = new TemporaryFolder();
        (string, string)[] environment = [
            ("ENERGYPLUS_DIR", energyPlus.Installation.Directory), ("IDFKIT_ALLOW_UNSAFE_OBJECTS", "true"),
            ("IDFKIT_HAND_OVER", "true"), ("IDFKIT_DEADLINE_MARGIN_SECONDS", "288")
        ];
        await using var cloud = await Cloud.StartSilentAsync(server, environment);
        await cloud.DropTextAsync("inputs/slow.idf", ScriptedEnergyPlus.Model($"[ -f '{signs["ready"]}' ] || sleep 60"));
        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/slow.idf", "0A"), Token)).Succeeded);
        Assert.Equal(RunReason.Deadline, (await cloud.RecordAsync("outputs/slow")).Reason);
        var note = Assert.Single(await cloud.KeysAsync("outputs/.timed-out/"));

        await File.WriteAllTextAsync(signs["ready"], "", Token);
        var run = await RunAsync(cloud, environment, "run", $"s3://{cloud.Bucket}/{note}");
        Assert.True(run.ExitCode == 0, run.Log);
        var record = await cloud.RecordAsync("outputs/slow");
        Assert.Equal((RunStatus.Completed, "0A"), (record.Status, record.Sequencer));
        Assert.Empty(await cloud.KeysAsync("outputs/.timed-out/"));

        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/slow.idf", "0A"), Token)).Succeeded);
        Assert.Equal(record.RunId, (await cloud.RecordAsync("outputs/slow")).RunId);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(int ExitCode, string Log)> RunAsync(
        Cloud cloud, (string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(cloud, environment, arguments);
        var log = await ReadAsync(process);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, log);
    }

    private static async Task AnswerAsync(System.Net.HttpListener listener, string json)
    {
        var context = await listener.GetContextAsync();
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json), Token);
        context.Response.Close();
    }

    private static Process Start(Cloud cloud, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(PublishedFunction.BootstrapPath(), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        };
        foreach (var (name, value) in cloud.Environment) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<string> ReadAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(Token);
        return await process.StandardOutput.ReadToEndAsync(Token) + await error;
    }
}
