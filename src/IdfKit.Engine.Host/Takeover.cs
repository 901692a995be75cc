using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace IdfKit.Engine.Host;

/// <summary>
/// The last calls of this program: the bound of memory, the filter of system calls, then execve. Compiled just in time, the
/// runtime has reserved far more address space than a run may have, and dies of the bound ("Out of memory.") as soon as it
/// wants one page more. So everything is laid out before, and from the bound on only functions of the C library are called,
/// by their addresses: nothing is allocated or compiled.
/// </summary>
internal sealed unsafe class Takeover
{
    private readonly byte** _arguments;
    private readonly byte** _environment;
    private readonly NativeText _boundFailed;
    private readonly NativeText _filterFailed = new($"{Exits.Prefix}filtering its system calls failed: ");
    private readonly NativeText _startFailed;
    private readonly nint _filter;
    private readonly nint _filterCall = SystemCallFilter.Call;
    private readonly NativeText _end = new(".\n");

    private readonly delegate* unmanaged<int, Libc.Limit*, int> _setLimit = (delegate* unmanaged<int, Libc.Limit*, int>)Find("setrlimit");
    private readonly delegate* unmanaged<byte*, byte**, byte**, int> _execute =
        (delegate* unmanaged<byte*, byte**, byte**, int>)Find("execve");
    private readonly delegate* unmanaged<nint, nint, nint, nint, nint> _systemCall =
        (delegate* unmanaged<nint, nint, nint, nint, nint>)Find("syscall");
    private readonly delegate* unmanaged<int*> _error = (delegate* unmanaged<int*>)Find("__errno_location");
    private readonly delegate* unmanaged<int, byte*> _explain = (delegate* unmanaged<int, byte*>)Find("strerror");
    private readonly delegate* unmanaged<byte*, nuint> _lengthOf = (delegate* unmanaged<byte*, nuint>)Find("strlen");
    private readonly delegate* unmanaged<int, byte*, nuint, nint> _write = (delegate* unmanaged<int, byte*, nuint, nint>)Find("write");
    private readonly delegate* unmanaged<int, void> _exit = (delegate* unmanaged<int, void>)Find("_exit");

    /// <param name="command">The program, then its arguments.</param>
    /// <param name="environment">All its variables, as NAME=value.</param>
    /// <param name="isFiltered">Whether its system calls are filtered.</param>
    public Takeover(string[] command, string[] environment, bool isFiltered)
    {
        _arguments = Vector(command);
        if (isFiltered) _filter = SystemCallFilter.ForProgram((nint)_arguments[0]).Address;
        _environment = Vector(environment);
        _startFailed = new($"{Exits.Prefix}starting {command[0]} failed: ".ReplaceLineEndings(" "));
        _boundFailed = new($"{Exits.Prefix}setting memory failed, the limit may be above the one of this process: ");
    }

    /// <summary>Becomes the program. When the kernel does not let it, says so as <see cref="Exits.Refuse"/> does and ends.</summary>
    /// <param name="memory">Most address space of the program; null: no bound.</param>
    /// <remarks>Optimized from the first call, so that no stub between here and the C library is compiled when it is first used.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ulong? memory)
    {
        var failed = _startFailed;
        var limit = new Libc.Limit(memory.GetValueOrDefault());
        if (memory.HasValue && _setLimit(Bounds.AddressSpace, &limit) != 0) failed = _boundFailed;
        else if (_filter != 0 && _systemCall(_filterCall, SystemCallFilter.SetFilter, 0, _filter) != 0) failed = _filterFailed;
        else _ = _execute(_arguments[0], _arguments, _environment);

        var reason = _explain(*_error());
        _ = _write(2, failed.Start, failed.Length);
        _ = _write(2, reason, _lengthOf(reason));
        _ = _write(2, _end.Start, _end.Length);
        _exit(Exits.Refused);
    }

    /// <summary>The address of a function of the C library.</summary>
    public static nint Find(string function) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), function);

    /// <summary>Never freed, as all here: the process becomes the program, or ends.</summary>
    private static byte** Vector(string[] items)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)items.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < items.Length; i++) vector[i] = new NativeText(items[i]).Start;
        return vector;
    }

    /// <summary>A text as UTF-8 with a zero byte behind it, which the length does not count.</summary>
    private readonly struct NativeText(string text)
    {
        public readonly byte* Start = (byte*)Marshal.StringToCoTaskMemUTF8(text);
        public readonly nuint Length = (nuint)Encoding.UTF8.GetByteCount(text);
    }
}
