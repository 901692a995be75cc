using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Drops;
using IdfKit.Function;
using IdfKit.Function.Events;
using IdfKit.Function.Work;
using IdfKit.Runs;
using IdfKit.Storage;

using RunBed;

namespace IdfKit.Lambda.Tests.Work;

/// <summary>One worker's tickets over a bucket in memory, with a script in EnergyPlus's place.</summary>
public sealed class TicketWorkerTests : IAsyncLifetime
{
    private const string Folder = "outputs/p/office.study";

    private readonly PipelineBed _bed = new(settings => settings with { Studies = new() { ByMachine = true, Concurrency = 10 } });
    private readonly MemoryStream _log = new();
    private readonly HurriedTime _time = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Ticket_that_has_to_wait_is_called_again_when_its_time_has_come_and_the_others_go_on_meanwhile()
    {
        var tickets = await PlanAsync("echo 1", "echo 2", "echo 3");
        await HoldAsync(tickets[0], "row1", DateTimeOffset.UtcNow.AddSeconds(2));
        using var slots = new RowSlots(1);
        var ended = new EndedCount(new Progress<RunResult>());
        await Worker(slots).RunAsync(tickets, ended, TestContext.Current.CancellationToken);
        Assert.Equal(3, ended.Count);
        Assert.NotEmpty(_time.Waits);
        Assert.All(_time.Waits, wait => Assert.InRange(wait.TotalSeconds, 25, 35)); // thirty is the least that an answer asks for
        // Held by one that may be dead, it was no reason to leave the others: they came first.
        Assert.True((await RowAsync("row3")).FinishedAt < (await RowAsync("row1")).StartedAt);
    }

    [Fact]
    public async Task Rows_are_the_array_s_own_whatever_execution_the_list_names_by_now()
    {
        await PlanAsync("echo 1", "echo 2");
        var list = (await _bed.Files.ListAsync(Folder + "/.plan").ToListAsync()).Select(file => file.Path)
            .Single(path => path.EndsWith(".json", StringComparison.Ordinal));
        Assert.True(S3Url.TryParse($"s3://bucket/{list}", out var url));
        var tickets = await TicketList.ReadAsync(_bed, new(url, Size: 2, Index: 1), "array", TestContext.Current.CancellationToken);
        var ticket = Assert.Single(tickets);
        Assert.Equal("array", Json.TextOf(ticket, "execution"));
        using var slots = new RowSlots(1);
        await Worker(slots).RunAsync(tickets, new EndedCount(new Progress<RunResult>()), TestContext.Current.CancellationToken);
        Assert.Equal("array#1", (await RowAsync("row2")).RequestId);
    }

    [Fact]
    public async Task Ticket_around_which_the_world_fails_is_called_three_times_and_stops_no_other()
    {
        var tickets = await PlanAsync("echo 1", "echo 2", "echo 3");
        _bed.Seen.Before = request => request.Contains("/row2/", StringComparison.Ordinal)
            && request.StartsWith("Write", StringComparison.Ordinal)
                ? throw new StorageException(StorageErrorKind.Unavailable, "Write", "row2")
                : Task.CompletedTask;
        using var slots = new RowSlots(2);
        var worker = Worker(slots);
        await worker.RunAsync(tickets, new EndedCount(new Progress<RunResult>()), TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, false), (worker.Failed, worker.Refused, worker.IsSuperseded));
        // Ten seconds and twenty, less what has gone by when the wait begins.
        Assert.Collection(_time.Waits.Order(),
            first => Assert.InRange(first.TotalSeconds, 2, 10), second => Assert.InRange(second.TotalSeconds, 12, 20));
        Assert.Equal(RunStatus.Completed, (await RowAsync("row3")).Status);
        var said = Encoding.UTF8.GetString(_log.ToArray());
        Assert.Contains("Ticket 1 failed and is given up", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newer_plan_ends_the_wait_of_a_ticket()
    {
        var tickets = await PlanAsync("echo 1", "echo 2");
        await HoldAsync(tickets[0], "row1", DateTimeOffset.UtcNow.AddMinutes(10));
        await HoldAsync(tickets[1], "row2", DateTimeOffset.UtcNow.AddSeconds(2));
        _time.Longest = TimeSpan.FromMinutes(1);
        _time.Between = () => PlanAsync("echo 3", "echo 4").GetAwaiter().GetResult();
        using var slots = new RowSlots(2);
        var worker = Worker(slots);
        await worker.RunAsync(tickets, new EndedCount(new Progress<RunResult>()), TestContext.Current.CancellationToken);
        Assert.True(worker.IsSuperseded);
        Assert.Contains(_time.Waits, wait => wait > _time.Longest);
    }

    [Fact]
    public async Task Interruption_ends_the_wait_of_a_ticket()
    {
        var tickets = await PlanAsync("echo 1");
        await HoldAsync(tickets[0], "row1", DateTimeOffset.UtcNow.AddMinutes(10));
        using var slots = new RowSlots(1);
        using var stop = new CancellationTokenSource();
        var worker = Worker(slots, TimeProvider.System);
        var running = worker.RunAsync(tickets, new EndedCount(new Progress<RunResult>()), stop.Token);
        while (!_bed.Seen.Requests.Any(request => request.Contains("/row1/", StringComparison.Ordinal)))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private TicketWorker Worker(RowSlots slots, TimeProvider? time = null)
    {
        var delivery = new Delivery("job", Deadline: null) { Rows = slots };
        return new(_bed.Pipeline.Studies, delivery, new JsonLog(_log, TimeProvider.System), time ?? _time);
    }

    private async Task<IReadOnlyList<JsonElement>> PlanAsync(params string[] rows)
    {
        await _bed.PutAsync("inputs/p/office.idf", _bed.EnergyPlus.CountedModel("@@do@@"));
        await _bed.PutAsync("inputs/p/office.study.csv",
            "name,@@do@@\n" + string.Concat(rows.Select((row, at) => $"row{at + 1},{row}\n")));
        using var call = JsonDocument.Parse("""{"plan": "s3://bucket/inputs/p/office.study.csv", "execution": "one"}""");
        var delivery = new Delivery("plan", DateTimeOffset.UtcNow.AddMinutes(5));
        var plan = JsonNode.Parse(await _bed.Pipeline.Studies.AnswerAsync(call.RootElement, delivery))!;
        using var list = JsonDocument.Parse(await _bed.Files.ReadBytesAsync((string)plan["tickets"]!["key"]!));
        return [.. list.RootElement.EnumerateArray().Select(ticket => ticket.Clone())];
    }

    /// <summary>Another execution has claimed the row, and is not heard of any more.</summary>
    private Task HoldAsync(JsonElement ticket, string row, DateTimeOffset until)
    {
        var identity = ticket.GetProperty("rows")[0].GetProperty("identity").GetString()!;
        return _bed.Files.WriteBytesAsync($"{Folder}/runs/{row}/run.json", RunRecordFile.ToJson(new RunRecord
        {
            RunId = "other",
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new("bucket", "inputs/p/office.idf"),
            Study = new("inputs/p/office.study.csv", row, 1, identity) { Attempt = 1 },
            RequestId = "other#0",
            StartedAt = DateTimeOffset.UtcNow,
            ExpiresAt = until,
        }));
    }

    private async Task<RunRecord> RowAsync(string name) =>
        RunRecordFile.FromJson(await _bed.Files.ReadBytesAsync($"{Folder}/runs/{name}/run.json"))!;

    /// <summary>The system's clock, by which every wait is over at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<TimeSpan> _waits = new();
        private long _ahead;

        /// <summary>How long was to be waited.</summary>
        public IEnumerable<TimeSpan> Waits => _waits;

        /// <summary>What is waited for longer never comes.</summary>
        public TimeSpan Longest { get; set; } = TimeSpan.MaxValue;

        /// <summary>Done while the first wait begins that comes to its end.</summary>
        public Action? Between { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waits.Enqueue(dueTime);
            if (dueTime > Longest) return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            Between?.Invoke();
            Between = null;
            Interlocked.Add(ref _ahead, dueTime.Ticks);
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(20), period);
        }
    }
}
