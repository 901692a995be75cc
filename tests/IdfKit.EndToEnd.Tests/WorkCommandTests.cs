using System.Text;

using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary><c>bootstrap work</c>: the rows of a study, shared by the children of an array of AWS Batch, on a real S3 server.</summary>
public sealed class WorkCommandTests(EventServer server)
{
    [Fact]
    public async Task Array_runs_every_row_once_though_children_are_stopped_inside_rows()
    {
        const int Rows = 40, Size = 3;
        await using var cloud = await StartAsync("2");
        var study = await PlannedStudy.PutAsync(cloud, Rows, "one");
        Assert.InRange((int)study.Answer["tickets"]!["count"]!, 2 * Size, Rows - 1);
        var array = new WorkerArray(cloud, study.Tickets, Size);
        using var gated = new GatedEnergyPlus(passes: 0); // so that what is stopped is inside a row for certain
        var waiting = array.With(gated.Variables);

        var (terminated, saidTerminated, released) = await StoppedAsync(study, waiting, index: 0, "TERM");
        Assert.Equal(143, terminated);
        Assert.NotEmpty(released);
        Assert.Contains("interrupted by signal 15", saidTerminated, StringComparison.Ordinal);
        // Its claims are free, for whoever comes, and nobody has died.
        Assert.All(released, row => Assert.True(row.ExpiresAt <= DateTimeOffset.UtcNow && row.Study!.Attempt == 0, row.Study!.Name));

        var (killed, saidKilled, held) = await StoppedAsync(study, waiting, index: 1, "KILL");
        Assert.Equal(137, killed);
        Assert.NotEmpty(held);
        Assert.All(held, row => Assert.True(row.ExpiresAt > DateTimeOffset.UtcNow, row.Study!.Name));
        gated.Dispose(); // so that nothing of it lives on in the workers' folder, as nothing does in Batch's container

        var ended = await Task.WhenAll(Enumerable.Range(0, Size).Select(index => array.RunAsync(index)));
        var log = saidTerminated + saidKilled + string.Concat(ended.Select(child => child.Log));
        Assert.All(ended, child => Assert.True(child.ExitCodes.SequenceEqual([0]), child.Log));

        var rows = await study.RowsAsync();
        Assert.Equal(Rows, rows.Count);
        Assert.All(rows.Values, row => Assert.True(row.Status == RunStatus.Completed, row.Message));
        var died = held.Select(row => row.Study!.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, row) in rows) Assert.Equal((name, died.Contains(name) ? 2 : 1), (name, row.Study!.Attempt));
        // A line for each commit: no row came to its end twice.
        Assert.Equal(
            rows.Values.Select(row => row.RunId).Order(StringComparer.Ordinal), CommittedIn(log).Order(StringComparer.Ordinal));
        Assert.Equal("40 of 40 rows have ended.", (string)(await study.CollectAsync("one"))["message"]!);

        // A worker whose tickets have ended already, and one that is no child of an array.
        var after = await array.RunAsync(2);
        Assert.True(after.ExitCodes.SequenceEqual([0]) && !CommittedIn(after.Log).Any(), after.Log);
        var alone = await new WorkerArray(cloud, study.Tickets, 1).RunAsync(null);
        Assert.True(alone.ExitCodes.SequenceEqual([0]) && !CommittedIn(alone.Log).Any(), alone.Log);
    }

    [Fact]
    public async Task Newer_plan_ends_the_workers_of_the_older_one()
    {
        const int Rows = 30;
        await using var cloud = await StartAsync("1");
        var older = await PlannedStudy.PutAsync(cloud, Rows, "one");
        using var worker = new WorkerArray(cloud, older.Tickets, 1).Start(0);
        await RunningAsync(older, worker, _ => true);
        var newer = await PlannedStudy.PutAsync(cloud, Rows, "two", turned: 100);
        Assert.True(await worker.ExitCodeAsync() == 0, await worker.LogAsync());
        Assert.Contains("newer plan has taken over", await worker.LogAsync(), StringComparison.Ordinal);
        Assert.True(CommittedIn(await worker.LogAsync()).Count() < Rows, "the older plan was run to its end");

        var ended = await new WorkerArray(cloud, newer.Tickets, 1).RunAsync(0);
        Assert.True(ended.ExitCodes.SequenceEqual([0]), ended.Log);
        Assert.Equal(Rows, CommittedIn(ended.Log).Count());
        Assert.Equal("30 of 30 rows have ended.", (string)(await newer.CollectAsync("two"))["message"]!);
    }

    [Fact]
    public async Task Row_that_ends_its_worker_twice_has_crashed_and_takes_no_other_along_and_none_sees_a_credential()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        (string, string)[] environment =
            [("ENERGYPLUS_DIR", energyPlus.Installation.Directory), ("IDFKIT_CONFINEMENT", "off")];
        await using var cloud = await Cloud.StartSilentAsync(
            server, [("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "1"), .. environment]);
        await cloud.DropTextAsync("inputs/s/office.idf", energyPlus.CountedModel("@@do@@", "env > $out/eplusout.eso"));
        var study = await PlannedStudy.PlanAsync(cloud, """
            name,@@do@@
            a,echo 1
            b,echo 2
            deadly,kill -9 $PPID
            c,echo 3
            d,echo 4
            e,echo 5

            """, "one");
        var (codes, log) = await new WorkerArray(cloud, study.Tickets, 1, environment).RunAsync(0);
        Assert.True(codes.SequenceEqual([137, 137, 0]), string.Join(", ", codes) + log);
        var rows = await study.RowsAsync();
        Assert.Equal((RunStatus.Crashed, RunReason.GaveUp), (rows["deadly"].Status, rows["deadly"].Reason));
        rows.Remove("deadly");
        Assert.Equal(["a", "b", "c", "d", "e"], rows.Keys.Order(StringComparer.Ordinal));
        // What ran beside it when it first ended the worker may have died with it, once: the second time it ran alone.
        Assert.All(rows.Values, row => Assert.Equal((RunStatus.Completed, true), (row.Status, row.Study!.Attempt <= 2)));
        foreach (var name in rows.Keys)
        {
            var seen = Encoding.UTF8.GetString((await cloud.ReadAsync($"{PlannedStudy.Folder}/runs/{name}/eplusout.eso"))!);
            Assert.Contains("PATH=", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("AWS", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_no_list_of_tickets_is_one_sentence_and_the_exit_code_of_wrong_usage()
    {
        await using var cloud = await StartAsync("1");
        await cloud.DropTextAsync("inputs/text.json", "no list");
        await cloud.DropTextAsync("inputs/object.json", """{"rows": []}""");
        await cloud.DropTextAsync("inputs/cut.json", """[{"rows": [], "ticket": 0, "study": "s3://b/outputs/x/"}, {""");
        await cloud.DropTextAsync("inputs/other.json", """[{"plan": "s3://b/inputs/x.study.csv"}]""");
        await cloud.DropTextAsync("inputs/numbers.json", "[1, 2]");
        await cloud.DropTextAsync("inputs/elsewhere.json", """[{"rows": [], "ticket": 0, "study": "s3://b/inputs/x/"}]""");
        await cloud.DropTextAsync("inputs/empty.json", "[]");
        string Url(string name) => $"s3://{cloud.Bucket}/inputs/{name}.json";
        foreach (var (code, said, index, arguments) in new (int, string, string?, string[])[]
        {
            (2, "was given 0 arguments", null, ["work"]),
            (2, "was given 1 argument;", null, ["work", Url("empty")]),
            (2, "was given 3 arguments", null, ["work", Url("empty"), "2", "3"]),
            (2, "'outputs/x'", null, ["work", "outputs/x", "2"]),
            (2, "'s3://b/a//../c'", null, ["work", "s3://b/a//../c", "2"]),
            (2, "number of workers of 'bootstrap work' is '0'", null, ["work", Url("empty"), "0"]),
            (2, "is '10001'", null, ["work", Url("empty"), "10001"]),
            (2, "is '2.5'", null, ["work", Url("empty"), "2.5"]),
            (2, "AWS_BATCH_JOB_ARRAY_INDEX is '2'", "2", ["work", Url("empty"), "2"]),
            (2, "AWS_BATCH_JOB_ARRAY_INDEX is '-1'", "-1", ["work", Url("empty"), "2"]),
            (2, "There are no tickets at", null, ["work", Url("nothing"), "2"]),
            (2, "something else than a list in JSON", null, ["work", Url("text"), "2"]),
            (2, "something else than a list in JSON", null, ["work", Url("object"), "2"]),
            (2, "something else than a list in JSON", null, ["work", Url("cut"), "2"]),
            (2, "entry 1 is no call of rows", null, ["work", Url("other"), "2"]),
            (2, "entry 1 is no call of rows", null, ["work", Url("numbers"), "2"]),
            (2, "was refused: 's3://b/inputs/x/' is no folder", null, ["work", Url("elsewhere"), "1"]),
            (0, "Worker 2 of 2 has ended.", "1", ["work", Url("empty"), "2"]),
            (0, "exit code", null, ["work", "--help"]),
        })
        {
            var (exitCode, log) = await RunAsync(cloud, index, arguments);
            Assert.True(exitCode == code, $"{string.Join(' ', arguments)} ended with {exitCode}: {log}");
            Assert.Contains(said, log, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", log, StringComparison.Ordinal); // of a stack trace
        }
    }

    [Fact]
    public async Task Tickets_that_may_not_be_read_are_the_worlds_fault()
    {
        Needs.That(server.HasRoles, Needs.CephRgw);
        await using var cloud = await StartAsync("1");
        var study = await PlannedStudy.PutAsync(cloud, 2, "one");
        var stack = server.Deploy(cloud.Bucket, new Dictionary<string, string>());
        var (key, secret) = await server.CreateRoleAsync(stack.Policy(without: "WriteOutputs"));
        using var worker = new WorkerArray(
            cloud, study.Tickets, 1, ("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", secret)).Start(0);
        Assert.True(await worker.ExitCodeAsync() == 1, await worker.LogAsync());
        Assert.Contains("cannot be read", await worker.LogAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await worker.LogAsync(), StringComparison.Ordinal);
    }

    private Task<Cloud> StartAsync(string concurrency) => Cloud.StartSilentAsync(
        server, ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", concurrency));

    /// <summary>Sends a signal to a child while it runs a row.</summary>
    /// <returns>Its exit code, what it said, and the rows that it has not brought to their end.</returns>
    private static async Task<(int ExitCode, string Log, IReadOnlyList<RunRecord> Begun)> StoppedAsync(
        PlannedStudy study, WorkerArray array, int index, string signal)
    {
        var before = (await study.RowsAsync()).Keys.ToHashSet(StringComparer.Ordinal);
        using var worker = array.Start(index);
        await RunningAsync(study, worker, row => !before.Contains(row.Study!.Name));
        await Signals.SendAsync(signal, worker.Id, TestContext.Current.CancellationToken);
        var code = await worker.ExitCodeAsync();
        var begun = (await study.RowsAsync()).Values
            .Where(row => row.Status == RunStatus.Running && !before.Contains(row.Study!.Name));
        return (code, await worker.LogAsync(), [.. begun]);
    }

    /// <summary>Waits until such a row runs.</summary>
    private static async Task RunningAsync(PlannedStudy study, Worker worker, Func<RunRecord, bool> isMeant)
    {
        while (!(await study.RowsAsync()).Values.Any(row => row.Status == RunStatus.Running && isMeant(row)))
        {
            Assert.False(worker.HasExited, "The worker ended before a row ran.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The ids of the runs that a log says were committed.</summary>
    private static IEnumerable<string> CommittedIn(string log) =>
        log.Split('\n').Where(line => line.Contains("\"outcome\":\"Committed\"", StringComparison.Ordinal)).Select(line =>
        {
            using var facts = System.Text.Json.JsonDocument.Parse(line);
            return facts.RootElement.GetProperty("run_id").GetString()!;
        });

    private static async Task<(int ExitCode, string Log)> RunAsync(Cloud cloud, string? index, string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(PublishedFunction.BootstrapPath(), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in cloud.Environment) start.Environment[name] = value;
        if (index is not null) start.Environment["AWS_BATCH_JOB_ARRAY_INDEX"] = index;
        using var worker = new Worker(System.Diagnostics.Process.Start(start)!);
        return (await worker.ExitCodeAsync(), await worker.LogAsync());
    }
}
