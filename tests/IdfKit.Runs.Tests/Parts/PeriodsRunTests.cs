using System.Diagnostics;

using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Engine.Running;
using IdfKit.Runs.Parts;
using IdfKit.Runs.Staging;

using RunBed;
using TestBed;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>What becomes of a run in parts that something befalls, with a script in EnergyPlus's place.</summary>
public sealed class PeriodsRunTests : IDisposable
{
    private const string Text = "Version,25.2;\nRunPeriod,First,1,1,,1,2,;\nRunPeriod,Second,2,1,,2,2,;\n";

    private const string Series =
        "Program Version\n1,5,Zone\nEnd of Data Dictionary\n1,A\n2,3\nEnd of Data\n Number of Records Written=           2\n";

    private static readonly PartRoom Enough = OneEngine.RoomOf(2);

    private readonly TemporaryFolder _folder = new();
    private Workspace _workspace;
    private string? _mounted;

    public PeriodsRunTests() => _workspace = Workspace.Create(_folder.Path, "run");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _workspace.Dispose();
        if (_mounted is not null) Run("umount", _mounted);
        _folder.Dispose();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_part_that_needs_more_than_its_share_leaves_the_model_to_one_process(bool isOfMemory)
    {
        var ended = await RunAsync((part, token) => Task.FromResult(!IsSecond(part) ? Completed : new()
        {
            Outcome = RunOutcome.Crashed,
            Exceeded = isOfMemory ? null : new(BoundKind.WrittenBytes, 1000),
            WasRefusedMemory = isOfMemory,
        }));
        Assert.Equal(TimeSpan.FromSeconds(2), ended.Spent); // of the first part
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Contains("more than its share of the memory", ended.Notice, StringComparison.Ordinal);
        Assert.Contains("simulated again as one run", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
    }

    [Fact]
    public async Task A_part_that_the_kernel_kills_leaves_the_model_to_one_process()
    {
        var ended = await RunAsync(
            (part, token) => Task.FromResult(!IsSecond(part) ? Completed : new() { Outcome = RunOutcome.Crashed, Signal = 9 }));
        Assert.Equal((null, null, TimeSpan.FromSeconds(2)), (ended.Run, ended.Segments, ended.Spent));
        Assert.Contains("one of them was killed", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
    }

    [Fact]
    public async Task A_part_that_had_to_be_killed_at_the_deadline_is_one_that_the_deadline_ended()
    {
        var ended = await RunAsync((part, token) => Task.FromResult(new EngineRun { Outcome = RunOutcome.TimedOut, Signal = 9 }));
        Assert.Equal(RunOutcome.TimedOut, ended.Run?.Outcome);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_disk_that_fails_parts_leaves_the_model_to_one_process(bool isFullBefore)
    {
        if (isFullBefore) await File.WriteAllTextAsync(_workspace.Parts, "in the place of their folder", Token);
        var ended = await RunAsync((part, token) => throw new IOException("No space left on device"));
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Contains("one after the other", ended.Notice, StringComparison.Ordinal);
        Assert.Contains("the local disk failed, or had no room", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
    }

    [Fact]
    public async Task A_disk_that_has_no_room_for_what_was_joined_leaves_the_model_to_one_process()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Outputs, "eplusout.bnd")); // no file can be put there
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.audit"), "audit", token);
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.bnd"), "nodes", token);
            return Completed;
        });
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Contains("no room for the joined files", ended.Notice, StringComparison.Ordinal);
        Assert.Equal("eplusout.bnd", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_workspace.Outputs))));
    }

    [Fact]
    public async Task Nothing_is_seen_among_the_results_before_it_is_whole()
    {
        List<string> seen = [];
        using var watch = new FileSystemWatcher(_workspace.Outputs) { NotifyFilter = NotifyFilters.FileName };
        var named = new TaskCompletionSource();
        watch.Created += (_, made) =>
        {
            lock (seen) seen.Add(made.Name!);
            if (made.Name is "last") named.TrySetResult();
        };
        watch.EnableRaisingEvents = true;
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.audit"), "audit", token);
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.eso"), Series, token);
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.err"), "cut off", token);
            return Completed;
        });
        await File.WriteAllTextAsync(Path.Combine(_workspace.Outputs, "last"), "", Token);
        await named.Task.WaitAsync(Token);
        Assert.Contains("eplusout.err of one part is missing or cut off", ended.Notice, StringComparison.Ordinal);
        Assert.Equal(["last"], seen);
    }

    [Fact]
    public async Task Tables_for_which_the_disk_has_no_room_are_named_as_not_produced_and_the_rest_is_kept()
    {
        _mounted = Directory.CreateDirectory(_folder["small"]).FullName;
        Needs.That(Run("mount", "-t", "tmpfs", "-o", "size=768k", "tmpfs", _mounted) == 0, Needs.RightToMount);
        _workspace.Dispose();
        _workspace = Workspace.Create(_mounted, "run");
        var ended = await RunAsync(async (part, token) =>
        {
            var size = IsSecond(part) ? 500_000 : 1000; // of the second there is no room for a copy
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplustbl.htm"), new string('t', size), token);
            return Completed;
        });
        Assert.Equal(RunOutcome.Completed, ended.Run?.Outcome);
        Assert.Equal(["eplustbl.period-1.htm"], ended.Segments!.Tables);
        Assert.Equal(["eplustbl.htm", "eplustbl.period-2.htm"], ended.Segments.NotProduced);
        Assert.Equal(["eplustbl.period-1.htm"], _workspace.Made.Select(made => made.Path));
        Assert.Single(Directory.GetFiles(_workspace.Path, "made-*"));
    }

    [Fact]
    public async Task Parts_that_cannot_be_joined_leave_nothing_behind_and_the_model_to_one_process()
    {
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.eso"), "cut off", token);
            return Completed;
        });
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Equal(TimeSpan.FromSeconds(4), ended.Spent);
        Assert.Contains("eplusout.eso of one part is missing or cut off", ended.Notice, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
        Assert.False(Directory.Exists(_workspace.Parts));
    }

    [Fact]
    public async Task Parts_that_wrote_more_together_than_a_run_may_leave_the_model_to_one_process()
    {
        var ended = await RunAsync(async (part, token) =>
        {
            await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplusout.shd"), new string('s', 600), token);
            return Completed;
        }, mostBytes: 1000);
        Assert.Equal((null, null), (ended.Run, ended.Segments));
        Assert.Equal(TimeSpan.FromSeconds(4), ended.Spent);
        Assert.Contains("together they wrote more than a run may", ended.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_overtakes_the_join_has_stopped_the_run()
    {
        using var deadline = new CancellationTokenSource();
        var ended = await RunAsync(async (part, token) =>
        {
            if (IsSecond(part)) await deadline.CancelAsync(); // it completes all the same
            return Completed;
        }, stop: deadline.Token);
        Assert.Equal((RunOutcome.TimedOut, null, ""), (ended.Run!.Outcome, ended.Segments, ended.Notice));
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Outputs));
        Assert.Empty(_workspace.Made);
    }

    [Theory, InlineData("eplustbl.htm", true), InlineData("eplustbl.period-2.htm", true), InlineData("*.sql", false)]
    public async Task Tables_of_a_run_period_are_kept_where_tables_are_wanted(string wanted, bool isKept)
    {
        var ended = await RunAsync(
            async (part, token) =>
            {
                if (IsSecond(part)) await File.WriteAllTextAsync(Path.Combine(part.OutputDirectory, "eplustbl.htm"), "tables", token);
                return Completed;
            },
            keeps: name => name == wanted);
        string[] kept = isKept ? ["eplustbl.period-2.htm"] : [];
        Assert.Equal(kept, ended.Segments!.Tables);
        Assert.Equal(kept, _workspace.Made.Select(made => made.Path));
        Assert.Equal(["eplustbl.htm"], ended.Segments.NotProduced);
    }

    [Fact]
    public async Task A_model_that_ExpandObjects_has_not_expanded_stays_whole()
    {
        var ended = await RunAsync((part, token) => Task.FromResult(Completed), isExpanded: false);
        Assert.Null(ended.Run);
        Assert.Contains("ExpandObjects", ended.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processors_that_another_run_has_taken_meanwhile_are_not_taken_twice()
    {
        var room = PartRoom.Now(new(), _folder.Path) with { Processors = 2, MemoryBytes = 8L << 30, DiskBytes = 8L << 30 };
        using var taken = RunningCount.TryHold(room.ProcessorsInAll, int.MaxValue);
        var ended = await RunAsync((part, token) => Task.FromResult(Completed), room);
        Assert.Null(ended.Run);
        Assert.Contains("only one processor is free", ended.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_free_is_looked_at_when_the_engine_itself_keeps_no_processor_busy()
    {
        var (isAsked, isReady) = (new TaskCompletionSource(), new TaskCompletionSource());
        var looks = 0;
        var running = RunAsync(
            (part, token) => Task.FromResult(Completed),
            settles: _ =>
            {
                isAsked.SetResult();
                return isReady.Task;
            },
            look: () =>
            {
                looks++;
                return Enough;
            });
        await Task.WhenAny(isAsked.Task, running);
        Assert.Equal((false, 0), (running.IsCompleted, looks));
        isReady.SetResult();
        await running;
        Assert.Equal(1, looks);
    }

    [Fact]
    public async Task Engine_that_is_never_ready_is_waited_for_no_longer_than_the_run_may_take()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var ended = await RunAsync((part, token) => Task.FromResult(Completed), settles: NeverAsync, stop: stop.Token);
        Assert.NotNull(ended);
        ended = await RunAsync(
            (part, token) => Task.FromResult(Completed), settles: NeverAsync, timeout: TimeSpan.FromMilliseconds(1));
        Assert.NotNull(ended);

        static Task NeverAsync(CancellationToken token) =>
            Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static EngineRun Completed => new() { Outcome = RunOutcome.Completed, CpuTime = TimeSpan.FromSeconds(2) };

    private static bool IsSecond(EngineRequest part) => part.OutputDirectory.EndsWith("/2/out", StringComparison.Ordinal);

    private async Task<PartsEnded> RunAsync(
        Func<EngineRequest, CancellationToken, Task<EngineRun>> run, PartRoom? room = null, Func<string, bool>? keeps = null,
        bool isExpanded = true, long? mostBytes = null, Func<CancellationToken, Task>? settles = null, Func<PartRoom>? look = null,
        TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var model = Path.Combine(_workspace.Inputs, "in.idf");
        await File.WriteAllTextAsync(model, Text, Token);
        await File.WriteAllTextAsync(_workspace.Weather, "", Token);
        var request = new EngineRequest
        {
            ModelPath = model, WeatherPath = _workspace.Weather, OutputDirectory = _workspace.Outputs, WorkingDirectory = _workspace.Inputs,
            Stop = stop, Timeout = timeout ?? TimeSpan.FromHours(1), ExpandObjects = !isExpanded,
        };
        var engines = new OneEngine(EnergyPlusInstallation.Find(RealParts.EnergyPlus()), (part, progress, token) => run(part, token))
        {
            Options = new() { MaxWrittenBytes = mostBytes }, Look = look ?? (() => room ?? Enough),
            SettleAsync = settles ?? (_ => Task.CompletedTask),
        };
        var periods = new PeriodsRun(_workspace, engines.For(engines.Installations[0]), engines, keeps ?? (_ => true));
        using var stream = File.OpenRead(model);
        return await periods.RunAsync(Model.Read(stream), request, progress: null, Token);
    }
}
