using System.Diagnostics;
using System.Globalization;
using TestBed;

using IdfKit.Engine;
using RunBed;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// Whatever Lambda, S3 and crashes do to several events of one model: one correct, complete answer for its newest
/// content.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output) : IDisposable
{
    // Lower case, trailing zeros and different lengths: S3's order is that of the text padded with zeros.
    private static readonly Arrival First = new("first", "0055ae01", "one"), Copy = First with { Name = "copy", Sequencer = "0055AE0100" },
        Second = new("second", "0055AF", "two"), Third = new("third", "0055AF80", "three"),
        Weather = new("weather", "0055AA", "weather") { Key = "inputs/site.epw", PutsFirst = true };

    // How often an invocation is interrupted that could go on. 2 takes minutes.
    private static readonly int Switches = Environment.GetEnvironmentVariable("IDFKIT_SWITCHES") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Needs.Rounds(all: 1, quick: 0);

    private static readonly TimeSpan ShortVisibility = TimeSpan.FromMinutes(15); // the least that Lambda takes for a function of 15 minutes

    private readonly ScriptedEnergyPlus _energyPlus = new();
    // in memory where that can be had
    private readonly DirectoryInfo _work = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "idfkit-test-" + Guid.NewGuid().ToString("N")));
    private EnergyPlusInstallation? _installation;

    public static TheoryData<string> Scenarios => [.. All.Select(scenario => scenario.Name)];

    private static IReadOnlyList<Scenario> All { get; } =
    [
        new("duplicates", First, Copy),
        new("newer content while older runs", First, Second with { PutsFirst = true }),
        new("older sequencer arrives late", Second, First),
        new("newer content over a finished run", First, Second with { PutsFirst = true }) { BeginsWithRun = true },
        new("one whose deliveries end, then newer content", First with { Attempts = 1 }, Second with { PutsFirst = true, IsLate = true })
        {
            BeginsWithRun = true
        },
        new("one whose deliveries end, then its duplicate", First with { Attempts = 1 }, Copy with { IsLate = true }),
        new("duplicates in a queue", First, Copy) { Visibility = ShortVisibility },
        new("duplicates whose retries have other ids", First, Copy) { RetriesHaveOtherIds = true },
        new("one whose retries have other ids", First) { RetriesHaveOtherIds = true },
        new("newer content in a queue", First, Second with { PutsFirst = true }) { Visibility = ShortVisibility },
        new("newer content while older looks after its claim", First, Second with { PutsFirst = true })
        {
            Watches = true, Skew = TimeSpan.FromSeconds(50)
        },
        new("one that sends results ahead", First) { SendsAhead = true },
        new("duplicates that send results ahead", First, Copy) { SendsAhead = true },
        new("newer content while older sends results ahead", First, Second with { PutsFirst = true }) { SendsAhead = true },
        new("weather while its model runs", First, Weather) { NeedsWeather = true },
        new("weather while its model runs, in a queue", First, Weather) { NeedsWeather = true, Visibility = ShortVisibility },
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_interleaving_of_two_events_with_one_fault_ends_well(string name)
    {
        await ExploreAsync(name, faults: 1, Switches, [Fate.Crash, Fate.CrashAfter, Fate.Failed, Fate.AnswerLost, Fate.Conflict]);
    }

    [Theory] // C1: the record cannot be written for as long as a run tries, and can be read
    [MemberData(nameof(Scenarios))]
    public async Task Every_interleaving_of_two_events_with_a_record_that_is_refused_ends_well(string name) =>
        await ExploreAsync(name, faults: 1, Switches, [Fate.Refused]);

    [Theory] // C2: what it had under way, and what it does then, changes nothing that others have committed
    [MemberData(nameof(Scenarios))]
    public async Task Every_interleaving_of_two_events_with_a_process_that_is_frozen_and_thawed_ends_well(string name) =>
        await ExploreAsync(name, faults: 1, Switches, [Fate.Frozen]);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_interleaving_of_two_events_without_faults_ends_well(string name) =>
        await ExploreAsync(name, faults: 0, switches: 3, []);

    [Theory]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.Failed)]
    [InlineData(Fate.Conflict)]
    public async Task Lost_answers_to_claim_fence_and_commit_cost_no_second_delivery(Fate fate)
    {
        var schedule = await RunAsync(
            new("one", First with { Attempts = 1 }), new ConditionalWrites(fate), faults: 3, switches: 0, Schedule.AllFaults,
            fate.ToString());
        Assert.Equal(3, schedule.Trace.Split(' ', '\n').Count(word => word == fate.ToString()));
    }

    [Fact]
    public async Task Random_schedules_of_three_events_with_several_faults_end_well()
    {
        var seeds = Needs.Rounds(all: 1000, quick: 200);
        for (var seed = 0; seed < seeds; seed++)
        {
            var choices = new RandomChoices(seed);
            await RunAsync(Any(choices.Random), choices, faults: 4, switches: int.MaxValue, Schedule.AllFaults, $"seed {seed}");
        }
    }

    public void Dispose()
    {
        _work.Delete(recursive: true);
        _energyPlus.Dispose();
    }

    private async Task ExploreAsync(string name, int faults, int switches, IReadOnlyList<Fate> kinds)
    {
        var scenario = All.Single(scenario => scenario.Name == name);
        var choices = new AllChoices();
        var clock = Stopwatch.StartNew();
        var explored = 0;
        do
        {
            explored++;
            await RunAsync(scenario, choices, faults, switches, kinds,
                $"schedule {explored} of '{name}' with {faults} faults and {switches} switches");
        }
        while (choices.MoveNext());
        output.WriteLine(
            $"{name}: {explored} schedules with {faults} faults ({string.Join(", ", kinds)}) and {switches} switches "
                + $"in {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static Scenario Any(Random random)
    {
        var arrivals = new[] { First, Copy, Second, Second with { Name = "second copy" }, Third }.OrderBy(_ => random.Next())
            .Take(3)
            .ToArray();
        // What is put first is put in the order of the sequencers, or it would not be the newest.
        var last = arrivals.MaxBy(arrival => arrival.Sequencer.ToUpperInvariant(), StringComparer.Ordinal)!;
        if (random.Next(2) == 0 && arrivals.Count(arrival => arrival.Sequencer == last.Sequencer) == 1)
            arrivals = [.. arrivals.Select(arrival => arrival == last ? arrival with { PutsFirst = true } : arrival)];
        var weather = random.Next(3) == 0;
        if (weather)
            arrivals[Array.FindIndex(arrivals, arrival => arrival.Sequencer != last.Sequencer
                || arrivals.Count(other => other.Sequencer == last.Sequencer) > 1)] = Weather;
        return new("three", arrivals)
        {
            Visibility = random.Next(3) == 0 ? ShortVisibility : null,
            Watches = random.Next(3) == 0,
            NeedsWeather = weather,
            Skew = TimeSpan.FromSeconds(random.Next(-50, 50)),
            BeginsWithRun = random.Next(2) == 0,
            SendsAhead = random.Next(2) == 0,
        };
    }

    private async Task<Schedule> RunAsync(
        Scenario scenario, IChoices choices, int faults, int switches, IReadOnlyList<Fate> kinds, string what)
    {
        var schedule = new Schedule(
            scenario, choices, faults, switches, kinds, _installation ??= _energyPlus.Installation, _work.FullName);
        try { await schedule.RunAsync(); }
        catch (Exception e) { Assert.Fail($"{what}: {e.Message}\n  {schedule.Trace}"); }
        return schedule;
    }
}
