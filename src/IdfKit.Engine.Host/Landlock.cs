using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// Landlock: from here on the process, and whatever it becomes, reaches the given folders and those of the system's
/// programs, no TCP port, and no process outside. It cannot be undone.
/// </summary>
/// <remarks>Numbers: linux/landlock.h; system calls 444 to 446 are the same on x64 and arm64.</remarks>
internal static unsafe class Landlock
{
    public const int RestrictSelf = 446;
    private const nint CreateRuleset = 444, AddRule = 445;
    private const nint VersionFlag = 1, PathBeneath = 1;
    private const int PathOnly = 0x200000 | 0x80000; // O_PATH | O_CLOEXEC

    private const ulong Execute = 1 << 0,
        WriteFile = 1 << 1,
        ReadFile = 1 << 2,
        ReadDirectory = 1 << 3,
        Refer = 1 << 13,
        Truncate = 1 << 14,
        ControlDevice = 1 << 15;
    private const ulong Read = Execute | ReadFile | ReadDirectory;
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | ControlDevice;
    private const ulong Special = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 11) | (1 << 12); // devices, sockets, FIFOs, symbolic links
    private const ulong Tcp = 3; // bind and connect
    private const ulong Scopes = 3; // abstract sockets and signals

    // The dynamic loader, libc, and what these read; the interpreter of a script.
    private static readonly string[] System = [
        "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/dev/zero", "/dev/urandom",
        "/dev/random", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"
    ];

    /// <summary>Confines this thread, which is about to become another program: that has no other.</summary>
    public static void EnterThread(IReadOnlyList<string> readable, IReadOnlyList<string> writable)
    {
        var ruleset = RulesetOf(Version(), readable, writable);
        if (Libc.SystemCall(RestrictSelf, ruleset, 0, 0) != 0) throw Failed("entering it");
        _ = Libc.Close(ruleset);
    }

    /// <summary>Confines all threads of this process: one that is left out would do what the others may not.</summary>
    public static void EnterProcess(IReadOnlyList<string> readable, IReadOnlyList<string> writable)
    {
        const int KnowsThreads = 8; // LANDLOCK_RESTRICT_SELF_TSYNC, Linux 7.0
        const nint OnEveryThread = 1 << 3;
        var version = Version();
        var ruleset = RulesetOf(version, readable, writable);
        if (version < KnowsThreads) OtherThreads.Enter(ruleset);
        if (Libc.SystemCall(RestrictSelf, ruleset, version < KnowsThreads ? 0 : OnEveryThread, 0) != 0) throw Failed("entering it");
        _ = Libc.Close(ruleset);
    }

    /// <summary>Whether the kernel has it, switched on.</summary>
    public static bool IsThere => Libc.SystemCall(CreateRuleset, 0, 0, VersionFlag) > 0;

    private static nint Version()
    {
        var version = Libc.SystemCall(CreateRuleset, 0, 0, VersionFlag);
        return version > 0 ? version : throw Failed("asking for its version");
    }

    private static int RulesetOf(nint version, IReadOnlyList<string> readable, IReadOnlyList<string> writable)
    {
        var all = AllOf(version);
        Ruleset rules = new(all, version >= 4 ? Tcp : 0, version >= 6 ? Scopes : 0);
        var ruleset = (int)Libc.SystemCall(CreateRuleset, (nint)(&rules), version >= 6 ? 24 : version >= 4 ? 16 : 8, 0);
        if (ruleset < 0) throw Failed("making its rules");
        foreach (var path in System.Concat(readable)) Allow(ruleset, path, Read & all);
        foreach (var path in writable) Allow(ruleset, path, all & ~Special);
        Allow(ruleset, "/dev/null", (ReadFile | WriteFile) & all);
        return ruleset;
    }

    private static ulong AllOf(nint version) => version switch
    {
        1 => Refer - 1,
        2 => Truncate - 1,
        3 or 4 => ControlDevice - 1,
        _ => (ControlDevice << 1) - 1,
    };

    private static void Allow(int ruleset, string path, ulong access)
    {
        var descriptor = Libc.Open(path, PathOnly);
        if (descriptor < 0) return; // not on this machine
        Beneath rule = new(Directory.Exists(path) ? access : access & OfFiles, descriptor);
        var added = Libc.SystemCall4(AddRule, ruleset, PathBeneath, (nint)(&rule), 0);
        _ = Libc.Close(descriptor);
        if (added != 0) throw Failed($"letting it reach {path}");
    }

    private static BoundsException Failed(string what) => BoundsException.OfCall($"confining EnergyPlus by Landlock, {what},");

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Ruleset(ulong files, ulong net, ulong scoped)
    {
        public readonly ulong Files = files, Net = net, Scoped = scoped;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Beneath(ulong access, int descriptor)
    {
        public readonly ulong Access = access;
        public readonly int Descriptor = descriptor;
    }
}
