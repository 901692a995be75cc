using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// The system calls that the process may make from here on, on every thread, whatever it becomes: a list of what EnergyPlus
/// needs. It makes no socket, process, link or device, and touches no other process. It cannot be undone, and needs no
/// Landlock. A call that is not on the list ends the process by SIGSYS (31).
/// </summary>
/// <remarks>Seccomp: linux/seccomp.h, linux/filter.h, and seccomp(2) of Linux 3.17 and later.</remarks>
internal sealed unsafe class SystemCallFilter
{
    private const uint Allow = 0x7fff_0000, Trap = 0x0003_0000, KillProcess = 0x8000_0000, Errno = 0x0005_0000; // SECCOMP_RET_*
    private const uint NotPermitted = 1, NoTerminal = 25, InvalidArgument = 22, NoSuchCall = 38; // EPERM, ENOTTY, EINVAL, ENOSYS
    private const uint OtherAbi = 0x4000_0000; // x32, which goes by the same mark as x64
    private const uint NewThread = 0x0001_0000; // CLONE_THREAD
    private const uint NewNamespace = 0x7e02_0000; // CLONE_NEW*, which root may have for a thread alone
    private const uint NumberAt = 0, ProcessorAt = 4, ArgumentsAt = 16; // struct seccomp_data

    private static readonly uint[] FileCommands =
        [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032]; // F_DUPFD to F_SETLKW, F_OFD_*, F_DUPFD_CLOEXEC, F_*PIPE_SZ
    private static readonly uint[] TerminalCommands = [0x5401, 0x5413, 0x541b, 0x5450, 0x5451]; // TCGETS, TIOCGWINSZ, FIONREAD, FIO*CLEX
    private static readonly uint[] ProcessOptions = // of reading, PR_SET_NAME, PR_SET_NO_NEW_PRIVS, PR_SET_VMA
        [2, 3, 15, 16, 21, 23, 30, 39, 38, 0x5356_4d41];

    private readonly List<Instruction> _program = [];
    private readonly uint _refusal;
    private readonly nint _started;

    private SystemCallFilter(uint refusal, nint started) => (_refusal, _started) = (refusal, started);

    /// <summary>The call that sets a filter, and its first argument.</summary>
    public static nint Call => (nint)SystemCalls.NumberOf("seccomp");

    /// <inheritdoc cref="Call"/>
    public const nint SetFilter = 1; // SECCOMP_SET_MODE_FILTER

    /// <summary>The filter as the kernel takes it. Never freed: the process becomes the program, or ends.</summary>
    public nint Address { get; private set; }

    /// <summary>
    /// For a process that stays this program, set on all its threads: what it refuses is told to
    /// <see cref="RefusedCall"/>.
    /// </summary>
    /// <exception cref="BoundsException">The kernel does not take it.</exception>
    public static void Enter()
    {
        const nint OnEveryThread = 1; // SECCOMP_FILTER_FLAG_TSYNC
        var filter = new SystemCallFilter(Trap, 0).Built();
        if (Libc.SystemCall(Call, SetFilter, OnEveryThread, filter.Address) != 0)
            throw BoundsException.OfCall("filtering its system calls");
    }

    /// <summary>For a process that becomes another program.</summary>
    /// <param name="path">
    /// Where the text with that program's path stands in memory. The same address is all that execve takes, and the new
    /// program does not know it: a wrong guess ends it.
    /// </param>
    public static SystemCallFilter ForProgram(nint path) => new SystemCallFilter(KillProcess, path).Built();

    private SystemCallFilter Built()
    {
        Load(ProcessorAt);
        Add(JumpIfEqual, IsArm ? 0xc000_00b7 : 0xc000_003e, 1, 0); // AUDIT_ARCH_*; another is e.g. a 32-bit call on x64
        Return(KillProcess);
        Load(NumberAt);
        foreach (var (last, answer) in Segments())
        {
            var jump = _program.Count;
            Add(JumpIfGreater, last, 0, 0);
            answer();
            _program[jump] = _program[jump] with { IfTrue = (byte)(_program.Count - jump - 1) };
        }
        Return(_refusal); // x32

        var bytes = (nuint)(_program.Count * sizeof(Instruction));
        var program = (Program*)NativeMemory.Alloc((nuint)sizeof(Program) + bytes);
        *program = new((ushort)_program.Count, (Instruction*)(program + 1));
        CollectionsMarshal.AsSpan(_program).CopyTo(new(program + 1, _program.Count));
        Address = (nint)program;
        return this;
    }

    /// <summary>Numbers side by side with the same answer, in ascending order: the last of each, and what is appended for it.</summary>
    private IEnumerable<(uint Last, Action Answer)> Segments()
    {
        var refuse = () => Return(_refusal);
        var answers = Enumerable.Repeat(refuse, (int)SystemCalls.FirstUnknown).ToArray();
        Answer(answers, SystemCalls.Granted, () => Return(Allow));
        Answer(answers, SystemCalls.Absent, () => Return(Errno | NoSuchCall));
        Answer(answers, SystemCalls.Denied, () => Return(Errno | NotPermitted));
        foreach (var (name, number) in SystemCalls.In(SystemCalls.Judged)) answers[number] = () => Judge(name);
        for (var number = 0u; number < answers.Length; number++)
            if (number + 1 == answers.Length || answers[number] != answers[number + 1]) yield return (number, answers[number]);
        yield return (OtherAbi - 1, () => Return(Errno | NoSuchCall));
    }

    private static void Answer(Action[] answers, string table, Action answer)
    {
        foreach (var (_, number) in SystemCalls.In(table)) answers[number] = answer;
    }

    private void Judge(string name)
    {
        var self = (uint)Libc.ProcessId();
        switch (name)
        {
            case "clone": // glibc makes threads with it, where clone3 is absent
                Load(ArgumentsAt);
                Add(JumpIfAnyBit, NewNamespace, 2, 0);
                Add(JumpIfAnyBit, NewThread, 0, 1);
                Return(Allow);
                Return(_refusal);
                break;
            case "execve":
                if (_started != 0) OnlyAddress(0, _started);
                Return(_refusal);
                break;
            case "prlimit64": // reads; a new limit is an address
                OnlyAddress(2, 0);
                Return(Errno | NotPermitted);
                break;
            case "rt_sigaction": // not that of this filter: the process could live on
                Load(ArgumentsAt);
                Add(JumpIfEqual, RefusedCall.Signal, 1, 0);
                Return(Allow);
                Return(Errno | InvalidArgument);
                break;
            case "kill" or "tgkill": Only(0, [self], _refusal); break;
            case "sched_setaffinity": Only(0, [0], Errno | NotPermitted); break; // its own: no thread of CoreCLR begins without it
            case "fcntl": Only(1, FileCommands, _refusal); break; // not F_SETOWN and F_SETSIG, which signal others
            case "ioctl": Only(1, TerminalCommands, Errno | NoTerminal); break;
            case "prctl": Only(0, ProcessOptions, Errno | InvalidArgument); break;
            case "personality": Only(0, [uint.MaxValue], Errno | NotPermitted); break; // reads
            default: throw new InvalidOperationException($"Nothing says which arguments {name} may have.");
        }
    }

    /// <summary>Allows the call when the argument is one of the values; the kernel takes its lower half only.</summary>
    private void Only(uint argument, ReadOnlySpan<uint> values, uint otherwise)
    {
        Load(ArgumentsAt + (8 * argument));
        foreach (var value in values)
        {
            Add(JumpIfEqual, value, 0, 1);
            Return(Allow);
        }
        Return(otherwise);
    }

    /// <summary>Allows the call when the argument is this address; else it goes on behind.</summary>
    private void OnlyAddress(uint argument, nint address)
    {
        Load(ArgumentsAt + (8 * argument));
        Add(JumpIfEqual, (uint)address, 0, 3);
        Load(ArgumentsAt + (8 * argument) + 4);
        Add(JumpIfEqual, (uint)((ulong)address >> 32), 0, 1);
        Return(Allow);
    }

    private const ushort LoadWord = 0x20, JumpIfEqual = 0x15, JumpIfGreater = 0x25, JumpIfAnyBit = 0x45, ReturnValue = 0x06; // BPF_*

    private void Load(uint offset) => Add(LoadWord, offset, 0, 0);

    private void Return(uint action) => Add(ReturnValue, action, 0, 0);

    private void Add(ushort code, uint value, byte ifTrue, byte ifFalse) => _program.Add(new(code, ifTrue, ifFalse, value));

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Program(ushort length, Instruction* first)
    {
        public readonly ushort Length = length;
        public readonly Instruction* First = first;
    }
}
