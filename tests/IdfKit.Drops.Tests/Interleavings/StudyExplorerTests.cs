using IdfKit.Engine;

using RunBed;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// Whatever Lambda, S3 and crashes do to several events of one study of one row, which the function plans, runs and collects by itself: one
/// run and one table, of the newest file.
/// </summary>
public sealed class StudyExplorerTests(ITestOutputHelper output) : IDisposable
{
    private const string Key = "inputs/office.study.csv";

    private static readonly Arrival First = new("first", "0055ae01", "one") { Key = Key },
        Copy = First with { Name = "copy", Sequencer = "0055AE0100" }, Second = new("second", "0055AF", "two") { Key = Key };

    private static readonly Scenario[] All =
    [
        new("one", First) { IsStudy = true },
        new("duplicates", First, Copy) { IsStudy = true },
        new("edited while the older one runs", First, Second with { PutsFirst = true }) { IsStudy = true },
        new("older event arrives late", Second, First) { IsStudy = true },
    ];

    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly DirectoryInfo _work = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "idfkit-test-" + Guid.NewGuid().ToString("N")));
    private EnergyPlusInstallation? _installation;

    public static TheoryData<string> Scenarios => [.. All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_fault_at_every_request_of_a_study_ends_well(string name) => await ExploreAsync(
        name, faults: 1, switches: 0, [Fate.Crash, Fate.CrashAfter, Fate.Failed, Fate.AnswerLost, Fate.Conflict]);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_interleaving_of_two_events_of_a_study_without_faults_ends_well(string name) =>
        await ExploreAsync(name, faults: 0, switches: 1, []);

    public void Dispose()
    {
        _work.Delete(recursive: true);
        _energyPlus.Dispose();
    }

    private async Task ExploreAsync(string name, int faults, int switches, IReadOnlyList<Fate> kinds)
    {
        var scenario = All.Single(scenario => scenario.Name == name);
        var choices = new AllChoices();
        var explored = 0;
        do
        {
            explored++;
            var schedule = new Schedule(
                scenario, choices, faults, switches, kinds, _installation ??= _energyPlus.Installation, _work.FullName);
            try { await schedule.RunAsync(); }
            catch (Exception e) { Assert.Fail($"schedule {explored} of '{name}': {e.Message}\n  {schedule.Trace}"); }
        }
        while (choices.MoveNext());
        output.WriteLine($"{name}: {explored} schedules");
    }
}
