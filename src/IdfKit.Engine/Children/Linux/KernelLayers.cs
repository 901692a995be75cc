using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>Which layers this process's kernel lets a child have, tried once.</summary>
/// <param name="HasFilter">Whether a filter of system calls can be set.</param>
/// <param name="Landlock">The version of Landlock; 0 when there is none.</param>
internal sealed unsafe record KernelLayers(bool HasFilter, int Landlock)
{
    private static readonly Lazy<KernelLayers> Tried = new(Try);

    /// <summary>Of this machine.</summary>
    public static KernelLayers Here => Tried.Value;

    private static KernelLayers Try()
    {
        if (!OperatingSystem.IsLinux()) return new(false, 0);
        var hasFilter = false;
        // A filter stays for as long as its thread lives, and this one allows everything.
        var trial = new Thread(() => hasFilter = TrySetFilter()) { IsBackground = true };
        trial.Start();
        trial.Join();
        return new(hasFilter, Math.Max(0, Libc.LandlockVersion()));
    }

    private static bool TrySetFilter()
    {
        const int NoNewPrivileges = 38, SetFilter = 1; // PR_SET_NO_NEW_PRIVS, SECCOMP_SET_MODE_FILTER
        const ushort ReturnValue = 0x06; // BPF_RET | BPF_K
        const uint Allow = 0x7fff_0000; // SECCOMP_RET_ALLOW
        var seccomp = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 317,
            Architecture.Arm64 => 277,
            _ => 0,
        };
        if (seccomp == 0 || Libc.Prctl(NoNewPrivileges, 1, 0, 0, 0) != 0) return false;
        var instruction = ReturnValue | ((ulong)Allow << 32);
        var program = stackalloc nint[] { 1, (nint)(&instruction) }; // struct sock_fprog
        return Libc.SystemCall(seccomp, SetFilter, 0, (nint)program) == 0;
    }
}
