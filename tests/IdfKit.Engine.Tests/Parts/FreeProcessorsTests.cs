using IdfKit.Engine.Parts;

using TestBed;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>How many processors a run in parts finds free: by a look, and by what was idle for a while.</summary>
public sealed class FreeProcessorsTests
{
    private const string TwoProcessors = """
        cpu  100 20 30 4000 50 6 7 8 90 10
        cpu0 50 10 15 2000 25 3 3 4 45 5
        cpu1 50 10 15 2000 25 3 4 4 45 5
        intr 1234
        """;

    [Theory]
    [InlineData("1073741824", "700000000", 473741824)] // 100 MB of it are read of files
    [InlineData("1073741824", "1200000000", 0)]
    [InlineData("max", "700000000", long.MaxValue)]
    [InlineData("1073741824", null, long.MaxValue)]
    public void Memory_that_others_of_a_container_use_is_not_free(string most, string? current, long left)
    {
        using var group = new TemporaryFolder();
        File.WriteAllText(group["memory.max"], most + "\n");
        if (current is not null) File.WriteAllText(group["memory.current"], current + "\n");
        File.WriteAllText(group["memory.stat"], "anon 1\ninactive_file 100000000\nactive_file 5\n");
        Assert.Equal(left, PartRoom.LeftInContainer(group.Path));
    }

    private static readonly IdleTime AtFirst = new(1000, 2000, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_processor_that_is_busy_for_a_moment_is_waited_for_and_one_that_stays_busy_is_not()
    {
        var looks = 0;
        var free = await PartRoom.SoonAsync(() => RoomOf(++looks < 3 ? 1 : 2), () => null, Token);
        Assert.Equal((2, 3), (free.Processors, looks));

        looks = 0;
        free = await PartRoom.SoonAsync(() => RoomOf(++looks < 100 ? 1 : 2), () => AtFirst, Token);
        Assert.Equal((0, 4), (free.Processors, looks));
    }

    [Fact]
    public async Task Processors_that_were_idle_between_two_looks_are_free_whatever_runs_at_the_moments_of_the_looks()
    {
        var (looks, ticks) = (0, 0L);
        // Busy until the second look; idle up to the third, at which something runs for a moment.
        IdleTime Idle() => new(ticks += looks < 3 ? 0 : 20, 20 * looks, 2);
        var free = await PartRoom.SoonAsync(() => RoomOf(Math.Min(++looks, 1)), Idle, Token);
        Assert.Equal((2, 3), (free.Processors, looks));
    }

    [Fact]
    public async Task Processors_that_were_busy_between_two_looks_are_not_free_whatever_sleeps_at_the_moment_of_a_look()
    {
        var (looks, ticks) = (0, 0L);
        // One of two was idle, all the time.
        IdleTime Idle() => new(ticks += 10, 20 * looks, 2);
        var free = await PartRoom.SoonAsync(() => RoomOf(++looks == 1 ? 0 : 2), Idle, Token);
        Assert.Equal((1, 4), (free.Processors, looks));
    }

    [Theory]
    [InlineData(20, 2)]
    [InlineData(18, 2)]
    [InlineData(17, 1)]
    [InlineData(10, 1)]
    [InlineData(7, 0)]
    [InlineData(0, 0)]
    public void Free_is_what_was_idle_but_for_the_chores_of_the_machine(int idle, int free)
    {
        Assert.Equal(free, new IdleTime(1000 + idle, 2020, 2).FreeSince(AtFirst));
        Assert.Equal(0, AtFirst.FreeSince(AtFirst));
    }

    [Fact]
    public void Times_of_the_system_are_read_without_those_that_it_counts_twice() =>
        Assert.Equal(new IdleTime(4050, 4221, 2), IdleTime.Of(TwoProcessors));

    [Theory]
    [InlineData("")]
    [InlineData("cpu  1 2 3 4")]
    [InlineData("cpu  1 2 3 4 5 6 7 8 9 10")]
    [InlineData("cpu  1 2 3 x 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10")]
    public void Where_the_system_says_something_else_nothing_is_known(string text) => Assert.Null(IdleTime.Of(text));

    [Fact]
    public void This_machine_says_how_long_its_processors_were_idle()
    {
        if (!OperatingSystem.IsLinux()) return;
        var now = IdleTime.Of(File.ReadAllText("/proc/stat"));
        Assert.NotNull(now);
        Assert.InRange(now.Idle, 0, now.All);
        Assert.Equal(now.IsOf(Environment.ProcessorCount), IdleTime.Now() is not null);
    }

    [Fact]
    public void Idle_processors_say_nothing_to_a_process_that_may_use_some_of_them_alone()
    {
        var time = IdleTime.Of(TwoProcessors)!;
        Assert.True(time.IsOf(2));
        Assert.False(time.IsOf(1));
    }

    [Fact]
    public void With_one_processor_by_its_options_nothing_is_free_for_parts_and_the_sentence_says_so()
    {
        var room = PartRoom.Now(new() { MaxProcessors = 1 }, Path.GetTempPath());
        Assert.Equal(1, room.ProcessorsInAll);
        Assert.Equal(EngineSentences.OneProcessor, room.WhyNot);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { MaxProcessors = 0 });
    }

    // Of a machine with more processors than the tests beside this one hold.
    private static PartRoom RoomOf(int free) => new(free, 8L << 30, 8L << 30) { ProcessorsInAll = 1_000_000 };
}
