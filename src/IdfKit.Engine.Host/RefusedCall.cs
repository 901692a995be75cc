using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace IdfKit.Engine.Host;

/// <summary>
/// Says which system call the filter has refused, and lets the process end by SIGSYS. Only words: the call is not made,
/// whatever becomes of this handler. Calls that the C library makes with all signals blocked, such as those that start a
/// program, end the process without it.
/// </summary>
internal static unsafe class RefusedCall
{
    /// <summary>SIGSYS.</summary>
    public const int Signal = 31;

    private const int NumberAt = 24; // si_syscall in siginfo_t

    // Laid out before, for a signal comes at any time: nothing is allocated, compiled or bound in the handler.
    private static delegate* unmanaged<int, byte*, nuint, nint> _write;
    private static delegate* unmanaged<int, int> _raise;
    private static byte** _lines;
    private static uint* _lengths;

    public static void Announce()
    {
        _write = (delegate* unmanaged<int, byte*, nuint, nint>)Takeover.Find("write");
        _raise = (delegate* unmanaged<int, int>)Takeover.Find("raise");
        const uint WithInformation = 4, AtOnce = 0x4000_0000, Once = 0x8000_0000; // SA_SIGINFO, SA_NODEFER, SA_RESETHAND
        _lines = (byte**)NativeMemory.AllocZeroed(SystemCalls.FirstUnknown, (nuint)sizeof(byte*));
        _lengths = (uint*)NativeMemory.AllocZeroed(SystemCalls.FirstUnknown, sizeof(uint));
        foreach (var (name, number) in SystemCalls.All()) _lines[number] = (byte*)Marshal.StringToCoTaskMemUTF8(LineOf(name));
        delegate* unmanaged<int, byte*, void*, void> handler = &Handle;
        var rehearsal = stackalloc byte[NumberAt + sizeof(uint)];
        new Span<byte>(rehearsal, NumberAt + sizeof(uint)).Clear();
        handler(0, rehearsal, null); // compiles and binds all of it now; the lengths are 0 still, and so is the signal
        foreach (var (name, number) in SystemCalls.All()) _lengths[number] = (uint)Encoding.UTF8.GetByteCount(LineOf(name));

        var action = new Libc.SignalAction { Handler = (nint)handler, Flags = WithInformation | AtOnce | Once };
        if (Libc.SetSignalAction(Signal, &action, null) != 0) throw BoundsException.OfCall("handling refused system calls");
    }

    [UnmanagedCallersOnly]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Handle(int signal, byte* information, void* context)
    {
        var number = *(uint*)(information + NumberAt);
        if (number < SystemCalls.FirstUnknown && _lines[number] is not null) _ = _write(2, _lines[number], _lengths[number]);
        _ = _raise(signal);
    }

    private static string LineOf(string name) => $"{Exits.Prefix}refused the system call {name}.\n";
}
