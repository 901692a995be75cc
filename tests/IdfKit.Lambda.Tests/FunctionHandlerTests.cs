using IdfKit.Drops;
using IdfKit.Runs;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.TestUtilities;

using IdfKit.Function;
using RunBed;

namespace IdfKit.Lambda.Tests;

/// <summary>Whole invocations over a bucket in memory, with a script in EnergyPlus's place.</summary>
public sealed class FunctionHandlerTests : IAsyncLifetime
{
    private readonly PipelineBed _bed = new();
    private readonly MemoryStream _log = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task One_line_tells_the_whole_run_and_is_its_metrics()
    {
        await _bed.PutAsync("inputs/a.idf", ScriptedEnergyPlus.Model("echo x > $out/eplusout.eso"));
        var handler = Handler();
        await InvokeAsync(handler, Notification("inputs/a.idf"));
        await _bed.PutAsync("inputs/b.idf", "Version,25.2;\nnonsense");
        await InvokeAsync(handler, Notification("inputs/b.idf"));

        var lines = Lines();
        Assert.Equal(["completed", "rejected"], lines.Select(line => line.GetProperty("status").GetString()!.ToLowerInvariant()));
        foreach (var (line, cold) in lines.Zip([1, 0]))
        {
            var directive = line.GetProperty("_aws");
            Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(directive.GetProperty("Timestamp").GetInt64()),
                DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
            var metrics = directive.GetProperty("CloudWatchMetrics")[0];
            Assert.Equal("IdfKit", metrics.GetProperty("Namespace").GetString());
            // Whatever the directive names must stand in the line, or CloudWatch drops it.
            foreach (var dimension in metrics.GetProperty("Dimensions").EnumerateArray().SelectMany(set => set.EnumerateArray()))
                Assert.Equal(JsonValueKind.String, line.GetProperty(dimension.GetString()!).ValueKind);
            var names = metrics.GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString()!).ToList();
            foreach (var name in names) Assert.Equal(JsonValueKind.Number, line.GetProperty(name).ValueKind);
            foreach (var name in new[] { "runs", "cold_start", "stage_ms", "total_ms", "result_bytes" }) Assert.Contains(name, names);
            Assert.Equal(("request-1", "Root=1-abc", "idfkit", cold), (
                line.GetProperty("request_id").GetString(),
                line.GetProperty("trace_id").GetString(),
                line.GetProperty("function_name").GetString(),
                line.GetProperty("cold_start").GetInt32()));
        }
        Assert.Contains("simulate_ms", lines[0].GetProperty("_aws").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("simulate_ms", lines[1].GetProperty("_aws").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_queue_fail_by_themselves()
    {
        await _bed.PutAsync("inputs/good.idf", ScriptedEnergyPlus.Model());
        await _bed.PutAsync("inputs/unlucky.idf", ScriptedEnergyPlus.Model());
        _bed.Seen.Before = request => request.EndsWith("outputs/unlucky/run.json", StringComparison.Ordinal)
            ? throw new IdfKit.Storage.StorageException(IdfKit.Storage.StorageErrorKind.Unavailable, "Download", "outputs/unlucky/run.json")
            : Task.CompletedTask;
        var answer = await InvokeAsync(Handler(), JsonSerializer.Serialize(new
        {
            Records = new object[]
            {
                Message("1", Notification("inputs/good.idf")), Message("2", Notification("inputs/unlucky.idf")),
                Message("3", "not json"), Message("4", """{"Event":"s3:TestEvent"}""")
            },
        }));
        Assert.Equal(["2", "3"],
            answer.GetProperty("batchItemFailures").EnumerateArray().Select(item => item.GetProperty("itemIdentifier").GetString()));
        Assert.Equal(RunStatus.Completed, (await _bed.RecordAsync("good")).Status);
    }

    [Fact]
    public async Task Event_is_not_answered_while_another_invocation_runs_its_object_since_that_one_may_be_dead()
    {
        await _bed.PutAsync("inputs/a.idf", ScriptedEnergyPlus.Model());
        var claim = new RunRecord
        {
            RunId = "other",
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new("bucket", "inputs/a.idf"),
            RequestId = "request-0",
            Sequencer = "0A",
            StartedAt = DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(10),
        };
        await _bed.Files.WriteBytesAsync("outputs/a/run.json", RunRecordFile.ToJson(claim), TestContext.Current.CancellationToken);
        var answer = await InvokeAsync(
            Handler(), JsonSerializer.Serialize(new { Records = new[] { Message("1", Notification("inputs/a.idf")) } }));
        Assert.Equal(
            "1", Assert.Single(answer.GetProperty("batchItemFailures").EnumerateArray()).GetProperty("itemIdentifier").GetString());
        var error = await Assert.ThrowsAsync<RunDeferredException>(() => InvokeAsync(Handler(), Notification("inputs/a.idf")));
        Assert.Contains("is being run by another invocation", error.Message, StringComparison.Ordinal);
    }

    [Fact] // C1: as a bucket with versions on Ceph 16 does, where the claim itself is written and nothing after it
    public async Task First_event_says_that_the_store_refuses_conditional_writes()
    {
        await _bed.PutAsync("inputs/a.idf", ScriptedEnergyPlus.Model());
        var writes = 0;
        _bed.Seen.Before = request => request == "Write outputs/a/run.json" && ++writes > 1
            ? throw new IdfKit.Storage.StorageException(IdfKit.Storage.StorageErrorKind.PreconditionFailed, "Write", "outputs/a/run.json")
            : Task.CompletedTask;
        await Assert.ThrowsAsync<IdfKit.Storage.StorageException>(() => InvokeAsync(Handler(), Notification("inputs/a.idf")));
        var said = Assert.Single(Lines(), line => line.GetProperty("level").GetString() == "ERROR").GetProperty("message").GetString();
        Assert.Contains("The store refuses conditional writes of outputs/a/run.json", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_become_records_and_the_queue_keeps_those_that_cannot()
    {
        await _bed.PutAsync("inputs/lost.idf", ScriptedEnergyPlus.Model());
        await _bed.PutAsync("inputs/stuck.idf", ScriptedEnergyPlus.Model());
        _bed.Seen.Before = request => request.EndsWith("outputs/stuck/run.json", StringComparison.Ordinal)
            ? throw new IdfKit.Storage.StorageException(IdfKit.Storage.StorageErrorKind.AccessDenied, "Download", "outputs/stuck/run.json")
            : Task.CompletedTask;
        static string Letter(string key) => $$"""
            {"version":"1.0","timestamp":"2026-03-01T12:05:00.000Z","requestContext":{"requestId":"attempts","functionArn":"f",
             "condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":{{Notification(key)}},
             "responsePayload":{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: r Error: Task timed out after 900.00 seconds" } }
            """;
        var answer = await InvokeAsync(Handler(), JsonSerializer.Serialize(new
        {
            Records = new object[]
            {
                Message("1", Letter("inputs/lost.idf")), Message("2", Letter("inputs/stuck.idf")), Message("3", "not json"),
                Message("4", Letter("inputs/readme.txt")),
            },
        }));
        Assert.Equal(["2", "3"],
            answer.GetProperty("batchItemFailures").EnumerateArray().Select(item => item.GetProperty("itemIdentifier").GetString()));
        var record = await _bed.RecordAsync("lost");
        Assert.Equal((RunStatus.Failed, RunReason.GaveUp, "attempts"), (record.Status, record.Reason, record.RequestId));
        Assert.Contains("after 3 attempts: the function was stopped after 900 s", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_of_one_event_run_side_by_side_and_those_of_one_key_in_turn()
    {
        // Each of the two waits until the other one runs, too.
        using var folder = new TestBed.TemporaryFolder();
        string Meets(string own, string other) => $"touch '{folder[own]}'; for i in $(seq 100); do [ -f "
            + $"'{folder[other]}' ] && break; sleep 0.1; done; [ -f '{folder[other]}' ] || fatal";
        await _bed.PutAsync("inputs/a.idf", ScriptedEnergyPlus.Model(Meets("a", "b")));
        await _bed.PutAsync("inputs/b.idf", ScriptedEnergyPlus.Model(Meets("b", "a")));
        await InvokeAsync(Handler(concurrency: 2), Notification("inputs/a.idf", "inputs/b.idf", "inputs/a.idf"));
        Assert.Equal((RunStatus.Completed, RunStatus.Completed),
            ((await _bed.RecordAsync("a")).Status, (await _bed.RecordAsync("b")).Status));
        Assert.Single(Lines(), line => line.GetProperty("outcome").GetString() == "Duplicate");
    }

    private static object Message(string id, string body) => new { messageId = id, eventSource = "aws:sqs", body };

    private static string Notification(params string[] keys) => JsonSerializer.Serialize(new
    {
        Records = keys.Select(key => new { eventSource = "aws:s3", eventName = "ObjectCreated:Put", s3 = new
        {
            bucket = new { name = "bucket" }, @object = new { key, sequencer = "0A" }
        } }),
    });

    private FunctionHandler Handler(int concurrency = 1) =>
        new(_bed.Pipeline, new JsonLog(_log, TimeProvider.System), TimeProvider.System, concurrency);

    private static async Task<JsonElement> InvokeAsync(FunctionHandler handler, string payload)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        var context = new TestLambdaContext
        {
            AwsRequestId = "request-1", FunctionName = "idfkit", FunctionVersion = "1",
            RemainingTime = TimeSpan.FromMinutes(5), TraceId = "Root=1-abc"
        };
        using var answer = await JsonDocument.ParseAsync(
            await handler.HandleAsync(input, context), default, TestContext.Current.CancellationToken);
        return answer.RootElement.Clone();
    }

    private List<JsonElement> Lines() => [.. Encoding.UTF8.GetString(_log.ToArray())
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)];
}
