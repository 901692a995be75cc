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

    private const string Memory = "/proc/meminfo";
    private const string Load = "/proc/loadavg";

    /// <summary>Why parts would not gain anything here, as the rest of a sentence; null when they may.</summary>
    public string? WhyNot => this switch
    {
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
        var disk = Math.Min(options.MaxWrittenBytes ?? long.MaxValue, new DriveInfo(folder).AvailableFreeSpace);
        var others = Math.Max(RunningCount.OfProcess, Runnable());
        var byMemory = (int)Math.Min(memory / LeastMemory, Environment.ProcessorCount);
        var free = Environment.ProcessorCount - others;
        // With room for two, there may be more processors than memory.
        return new(free >= Least && byMemory >= Least ? Math.Min(free, byMemory) : free, memory, disk);
    }

    /// <summary>How many threads of the machine run at this moment, without the one that asks; 0 where nobody says.</summary>
    private static int Runnable()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var fields = File.ReadAllText(Load).Split(' ');
        return fields.Length > 3 && int.TryParse(fields[3].Split('/')[0], CultureInfo.InvariantCulture, out var running)
            ? Math.Max(0, running - 1)
            : 0;
    }

    private static long Available()
    {
        const string Name = "MemAvailable:";
        if (!OperatingSystem.IsLinux()) return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var line = File.ReadLines(Memory).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        var number = line?[Name.Length..].Trim().Split(' ')[0];
        var ofMachine = long.TryParse(number, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes << 10 : long.MaxValue;
        return Math.Min(ofMachine, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bound ? bound : long.MaxValue);
    }
}
