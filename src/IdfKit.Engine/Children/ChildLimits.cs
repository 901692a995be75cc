using System.Globalization;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Children;

/// <summary>What a child may use. <c>idfkit-engine</c> sets it before EnergyPlus starts; without it, it is set right after.</summary>
internal sealed record ChildLimits(long? FileSizeBytes, long? CpuSeconds, long? MemoryBytes)
{
    private const int Cpu = 0, FileSize = 1, CoreSize = 4, Processes = 6, OpenFiles = 7, AddressSpace = 9; // setrlimit's numbers on Linux

    // EnergyPlus has some forty files open at once.
    private const long MostOpenFiles = 1024;

    // Past the processes of TreeBounds: what a burst of them may reach until the watch has seen it.
    private const long MostNewThreads = 1000;

    /// <summary>What this process may write into one file: a child cannot be given more.</summary>
    public static long OwnMostFileBytes { get; } =
        OperatingSystem.IsLinux() ? (long)Math.Min(long.MaxValue, Most(Environment.ProcessId, FileSize) ?? 0) : long.MaxValue;

    /// <summary>As arguments of <c>idfkit-engine</c>.</summary>
    public IEnumerable<string> Arguments()
    {
        (string Name, long? Value)[] all = [("--file-size", FileSizeBytes), ("--cpu", CpuSeconds), ("--memory", MemoryBytes)];
        return all.Where(limit => limit.Value is not null)
            .SelectMany(limit => new[] { limit.Name, limit.Value!.Value.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Sets them on a process that has just started. A process that has ended already needs none.</summary>
    public void ApplyTo(int process)
    {
        Set(process, CoreSize, 0);
        Set(process, FileSize, FileSizeBytes);
        Set(process, Cpu, CpuSeconds);
        Set(process, AddressSpace, MemoryBytes);
    }

    /// <summary>
    /// Sets what holds for every child when its run begins. The bound on processes counts all threads of the user, so it is
    /// made of how many there are now; the kernel does not hold root to it.
    /// </summary>
    public static void ApplyUsualTo(int process)
    {
        Set(process, OpenFiles, MostOpenFiles);
        Set(process, Processes, ProcessTable.Threads() + MostNewThreads);
    }

    /// <summary>Bounds every file that the process writes from here on.</summary>
    public static void BoundFiles(int process, long bytes) => Set(process, FileSize, bytes);

    /// <summary>Lowers the bound on a process's address space by this much; one that is lower already stays.</summary>
    public static void LowerMemory(int process, long bytes)
    {
        if (Most(process, AddressSpace) is { } most && most > (ulong)bytes) Set(process, AddressSpace, (long)(most - (ulong)bytes));
    }

    /// <summary>Lowers a limit; one that is lower already stays.</summary>
    private static unsafe void Set(int process, int resource, long? value)
    {
        if (value is null || Most(process, resource) is not { } most) return;
        var lower = Math.Min((ulong)value, most);
        var currentAndMost = stackalloc ulong[] { lower, lower };
        _ = Libc.SetLimit(process, resource, currentAndMost, null);
    }

    private static unsafe ulong? Most(int process, int resource)
    {
        var currentAndMost = stackalloc ulong[2];
        return Libc.SetLimit(process, resource, null, currentAndMost) == 0 ? currentAndMost[1] : null;
    }
}
