using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>A bound could not be set, so nothing is run.</summary>
internal sealed class BoundsException(string message) : Exception(message)
{
    /// <summary>The call of the C library that was made last did not do this.</summary>
    public static BoundsException OfCall(string what) =>
        new($"{what} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
}

/// <summary>What the program may use, and whose child it is.</summary>
internal sealed record Bounds
{
    // setrlimit's numbers on Linux
    private const int CpuSeconds = 0, FileSize = 1, CoreSize = 4;
    public const int AddressSpace = 9;

    private ulong? _cpuSeconds;
    private ulong? _fileSize;
    private ulong? _memory;
    private ulong? _parent;
    private Layers _layers;
    private Layers _required;
    private readonly List<string> _readable = [];
    private readonly List<string> _writable = [];

    /// <summary>Whether anything confines the program.</summary>
    public bool IsConfined => _layers is not Layers.None;

    /// <summary>Whether its system calls are filtered.</summary>
    public bool HasFilter => _layers.HasFlag(Layers.Filter);

    /// <summary>Whether Landlock is entered: where it is wanted, and the kernel has it or it must.</summary>
    public bool HasLandlock =>
        _layers.HasFlag(Layers.Landlock) && (_required.HasFlag(Layers.Landlock) || Landlock.IsThere);

    /// <summary>Folders and files that may be read, beside the system's programs.</summary>
    public IReadOnlyList<string> Readable => _readable;

    /// <summary>Folders that may be written.</summary>
    public IReadOnlyList<string> Writable => _writable;

    /// <summary>Options up to "--", then the command.</summary>
    public static bool TryParse(ReadOnlySpan<string> arguments, out Bounds bounds, out string[] command)
    {
        bounds = new();
        command = [];
        while (arguments is [var name, var value, .. var rest] && name != "--")
        {
            arguments = rest;
            if (name is "--read" or "--write")
            {
                (name == "--read" ? bounds._readable : bounds._writable).Add(value);
                continue;
            }
            if (name is "--confine" or "--require")
            {
                if (!Enum.TryParse(value, ignoreCase: true, out Layers layers)) return false;
                if (name == "--confine") bounds._layers = layers;
                else bounds._required = layers;
                continue;
            }
            if (!ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            switch (name)
            {
                case "--cpu": bounds._cpuSeconds = number; break;
                case "--file-size": bounds._fileSize = number; break;
                case "--memory": bounds._memory = number; break;
                case "--parent": bounds._parent = number; break;
                default: return false;
            }
        }
        if (arguments is not ["--", .. var remainder]) return false;
        command = remainder.ToArray();
        return true;
    }

    /// <summary>
    /// Most address space of the program; null: no bound. Not set by <see cref="Apply"/>: each command has its own
    /// moment for it.
    /// </summary>
    public ulong? Memory => _memory;

    /// <summary>Sets all but the bound of memory on this process; they stay through execve.</summary>
    public void Apply()
    {
        EndWithParent();
        Set(CoreSize, 0, "the size of core files");
        if (_cpuSeconds is { } seconds) Set(CpuSeconds, seconds, "processor time");
        if (_fileSize is { } size) Set(FileSize, size, "file size");
    }

    /// <summary>This process is killed when its parent ends. A process that is forked from it is not, unless it says so itself.</summary>
    public void EndWithParent()
    {
        if (Libc.Prctl(Libc.SetParentDeathSignal, Libc.Kill, 0, 0, 0) != 0) throw Failed("the parent-death signal");
        if (_parent is { } parent && (ulong)Libc.ParentId() != parent)
            throw new BoundsException("the process that started this one is gone already.");
    }

    /// <summary>Sets the bound of memory on this process, which goes on to run EnergyPlus itself.</summary>
    /// <param name="addressSpaceInUse">What the runtime has reserved and EnergyPlus is not to be charged for.</param>
    public void ApplyMemory(ulong addressSpaceInUse)
    {
        if (_memory is { } memory) Set(AddressSpace, memory + addressSpaceInUse, "memory");
    }

    private static void Set(int resource, ulong value, string what)
    {
        var limit = new Libc.Limit(value);
        if (Libc.SetLimit(resource, limit) != 0) throw Failed(what);
    }

    private static BoundsException Failed(string what) =>
        new($"setting {what} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}; "
            + "the limit may be above the one of this process.");
}
