using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;
using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>
/// 96 MB of the function's memory are kept for its own process, of which it takes 38 before its first model. So a model may take 58,
/// whatever is in it, and is answered soon: each is run in a process of its own, this program once more.
/// </summary>
public sealed class OwnMemoryTests
{
    private const string Variable = "IDFKIT_TEST_HOSTILE_INPUT";
    private const int MostMegabytes = 58;

    // Of processor time, which other programs of a busy machine do not lengthen; without ahead-of-time compilation.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly Lazy<Task<Cost>> Nothing = new(() => RunAsync("nothing"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = [.. HostileInput.Kinds.Keys.Where(kind => kind != "nothing")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hostile_input_takes_no_more_memory_than_is_kept_and_is_answered(string kind)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var before = await Nothing.Value;

        var cost = await RunAsync(kind);

        Assert.Equal(HostileInput.Kinds[kind].Reason ?? "", cost.Reason);
        var megabytes = (cost.PeakBytes - before.PeakBytes) / 1_000_000;
        Assert.True(megabytes <= MostMegabytes, $"It took {megabytes} MB, and {MostMegabytes} are kept.");
        Assert.InRange(cost.Processor - before.Processor, TimeSpan.MinValue, Longest);
    }

    /// <summary>The run itself, in a process that has nothing else to do.</summary>
    [Fact(Explicit = true)]
    public async Task Child()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return;
        var kind = await File.ReadAllTextAsync(Path.Combine(folder, "kind"), Token);
        using var energyPlus = new ScriptedEnergyPlus();
        await using var engines = new Engines([energyPlus.Installation], new());
        var settings = new RunSettings { WorkDirectory = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName };
        var dispatcher = new DropDispatcher(settings, new Bucket(new AsyncLocalFileSystem(Path.Combine(folder, "bucket"))), engines);
        var drop = new DroppedObject("bucket", ObjectKey.FromText(HostileInput.Kinds[kind].Key)) { Sequencer = "01" };

        var delivery = new Delivery("1", TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5), "1");
        var record = Assert.Single(await dispatcher.RunAsync(drop, delivery, Token)).Record!;

        using var self = Process.GetCurrentProcess();
        var cost = string.Create(
            CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64}\n{self.TotalProcessorTime.Ticks}\n{record.Reason}\n{record.Message}");
        await File.WriteAllTextAsync(Path.Combine(folder, "cost"), cost, Token);
    }

    private static async Task<Cost> RunAsync(string kind)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["kind"], kind, Token);
        Directory.CreateDirectory(folder["bucket/inputs"]);
        await File.WriteAllTextAsync(folder["bucket/inputs/use.csv"], "1\n", Token);
        foreach (var name in HostileInput.NamesBeside(kind)) File.WriteAllText(folder["bucket/inputs/" + name], "");
        await File.WriteAllTextAsync(folder["bucket/inputs/m.job.json"], """{"variables": ["V"]}""", Token);
        await using (var file = File.Create(folder["bucket/" + HostileInput.Kinds[kind].Key])) HostileInput.Write(kind, file);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "-noLogo", "-explicit", "only", "-method", $"{typeof(OwnMemoryTests).FullName}.{nameof(Child)}" },
            RedirectStandardOutput = true,
        };
        start.Environment[Variable] = folder.Path;
        // As the function is built: eng/NativeProgram.props.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCGen0MaxBudget"] = "400000";
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(Token);
        await child.WaitForExitAsync(Token);
        Assert.True(File.Exists(folder["cost"]), said);
        var lines = await File.ReadAllLinesAsync(folder["cost"], Token);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', lines));
        return new(Number(lines[0]), TimeSpan.FromTicks(Number(lines[1])), lines[2]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Cost(long PeakBytes, TimeSpan Processor, string Reason);

    private sealed class Bucket(IAsyncFileSystem files) : IBucketSource
    {
        public IAsyncFileSystem Open(string bucket) => files;
    }
}
