using System.Globalization;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Children;

/// <summary>What a child may use. <c>idfkit-engine</c> sets it before EnergyPlus starts; without it, it is set right after.</summary>
internal sealed record ChildLimits(long? FileSizeBytes, long? CpuSeconds, long? MemoryBytes)
{
    /// <summary>As arguments of <c>idfkit-engine</c>.</summary>
    public IEnumerable<string> Arguments()
    {
        (string Name, long? Value)[] all = [("--file-size", FileSizeBytes), ("--cpu", CpuSeconds), ("--memory", MemoryBytes)];
        return all.Where(limit => limit.Value is not null)
            .SelectMany(limit => new[] { limit.Name, limit.Value!.Value.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Sets them on a process that has just started. A process that has ended already needs none.</summary>
    public unsafe void ApplyTo(int process)
    {
        const int Cpu = 0, FileSize = 1, CoreSize = 4, AddressSpace = 9; // setrlimit's numbers on Linux
        var currentAndMost = stackalloc ulong[2];
        (int, long?)[] all = [(CoreSize, 0), (FileSize, FileSizeBytes), (Cpu, CpuSeconds), (AddressSpace, MemoryBytes)];
        foreach (var (resource, value) in all)
        {
            if (value is null) continue;
            (currentAndMost[0], currentAndMost[1]) = ((ulong)value, (ulong)value);
            _ = Libc.SetLimit(process, resource, currentAndMost, null);
        }
    }
}
