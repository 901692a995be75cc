using System.Globalization;

using IdfKit.Engine.Running;

namespace IdfKit.Engine.Parts;

/// <summary>What a machine has to spare for the parts of one more run, at this moment.</summary>
/// <param name="Processors">How many processors nobody uses.</param>
/// <param name="MemoryBytes">Memory for all parts together.</param>
/// <param name="DiskBytes">Room for their results.</param>
internal sealed record PartRoom(int Processors, long MemoryBytes, long DiskBytes)
{
    // EnergyPlus 25.2 needs 400 MB of address space to start; results of a run period rarely come to more than this.
    private const long LeastMemory = 416L << 20;
    private const long LeastDisk = 256L << 20;
    private const int Least = 2; // of either, for two at once
    private const int MostLooks = 4;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>How many processors the machine has.</summary>
    public required int ProcessorsInAll { get; init; }

    private const string Memory = "/proc/meminfo";
    private const string Load = "/proc/loadavg";
    private const string Container = "/sys/fs/cgroup";

    // For as many the rest has room.
    private int MostByRoom => (int)Math.Min(Math.Min(MemoryBytes / LeastMemory, DiskBytes / LeastDisk), int.MaxValue);

    /// <summary>Why parts would not gain anything here, as the rest of a sentence; null when they may.</summary>
    public string? WhyNot => this switch
    {
        { ProcessorsInAll: < Least } => EngineSentences.OneProcessor,
        { Processors: < Least } => EngineSentences.FewProcessors(Processors),
        _ when MemoryBytes < Least * LeastMemory => EngineSentences.LittleMemory(MemoryBytes / 1_000_000),
        _ when DiskBytes < Least * LeastDisk => EngineSentences.LittleDisk(DiskBytes / 1_000_000),
        _ => null,
    };

    /// <summary>Looks at this machine.</summary>
    /// <param name="options">What bounds a run.</param>
    /// <param name="folder">Where results go.</param>
    public static PartRoom Now(EngineOptions options, string folder)
    {
        var memory = Math.Min(options.MaxMemoryBytes ?? long.MaxValue, Available());
        var disk = Math.Min(options.MaxWrittenBytes ?? long.MaxValue, Told(() => new DriveInfo(folder).AvailableFreeSpace, long.MaxValue));
        var most = Math.Min(Environment.ProcessorCount, options.MaxProcessors ?? int.MaxValue);
        // Lambda shows more processors than it gives: what runs there uses up what is given.
        return new PartRoom(0, memory, disk) { ProcessorsInAll = most }.WithFree(most - Runnable());
    }

    /// <summary>
    /// Looks at this machine. Where fewer than two processors are free at this moment, looks again for a while, at how many were idle since
    /// the last look: what is soon over does not count.
    /// </summary>
    /// <param name="look">Looks once.</param>
    /// <param name="idle">How long processors have been idle up to now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PartRoom> SoonAsync(Func<PartRoom> look, Func<IdleTime?> idle, CancellationToken cancellationToken)
    {
        var room = look();
        var before = idle();
        for (var more = MostLooks - 1; more > 0 && room is { Processors: < Least, ProcessorsInAll: >= Least }; more--)
        {
            await Task.Delay(BetweenLooks, cancellationToken).ConfigureAwait(false);
            room = look();
            var now = idle();
            if (before is not null && now is not null) room = room.WithFree(now.FreeSince(before));
            before = now;
        }
        return room;
    }

    /// <summary>With so many processors that the machine has free, less those that runs of this process hold or use.</summary>
    private PartRoom WithFree(int free)
    {
        free = Math.Min(free, ProcessorsInAll - RunningCount.OfProcess);
        // With room for two, there may be more processors than memory or disk.
        return this with { Processors = free >= Least && MostByRoom >= Least ? Math.Min(free, MostByRoom) : free };
    }

    /// <summary>Holds processors for parts until it is disposed; null when another run of this process has taken them meanwhile.</summary>
    public IDisposable? TryHold(int count) => RunningCount.TryHold(count, ProcessorsInAll);

    /// <summary>How many threads of the machine run at this moment, without the one that asks; 0 where nobody says.</summary>
    private static int Runnable()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var fields = Told(() => File.ReadAllText(Load), "").Split(' ');
        return fields.Length > 3 && int.TryParse(fields[3].Split('/')[0], CultureInfo.InvariantCulture, out var running)
            ? Math.Max(0, running - 1)
            : 0;
    }

    private static long Available()
    {
        const string Name = "MemAvailable:";
        // Before anything was collected it says 0.
        var ofProcess = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bound ? bound : long.MaxValue;
        if (!OperatingSystem.IsLinux()) return ofProcess;
        var line = Told(() => File.ReadLines(Memory).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)), null);
        var number = line?[Name.Length..].Trim().Split(' ')[0];
        var ofMachine = long.TryParse(number, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes << 10 : long.MaxValue;
        return Math.Min(Math.Min(ofMachine, ofProcess), LeftInContainer(Container));
    }

    /// <summary>
    /// What the others in a container have left of its memory, which the bound of this process does not say. What is read of files is given
    /// back when it is needed.
    /// </summary>
    /// <param name="folder">Of its control group (version 2).</param>
    internal static long LeftInContainer(string folder)
    {
        const string Files = "inactive_file ";
        if (Read("memory.max") is not { } most || Read("memory.current") is not { } current) return long.MaxValue;
        var line = Told(() => File.ReadLines(Path.Combine(folder, "memory.stat"))
            .FirstOrDefault(line => line.StartsWith(Files, StringComparison.Ordinal)), null);
        var files = long.TryParse(line?[Files.Length..], CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        return Math.Max(0, most - Math.Max(0, current - files));

        long? Read(string name)
        {
            var text = Told(() => File.ReadAllText(Path.Combine(folder, name)), "");
            return long.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }

    /// <summary>What the system says, or what is taken for it where it does not say: no run fails for want of that.</summary>
    internal static T Told<T>(Func<T> ask, T otherwise)
    {
        try { return ask(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) { return otherwise; }
    }
}
