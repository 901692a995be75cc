using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// A handler of a signal that gives up privileges and enters a Landlock domain: prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), then
/// *result = landlock_restrict_self(ruleset, 0). In machine code, for it interrupts any thread at any moment, also one of
/// which the runtime knows nothing, and may neither allocate nor change errno.
/// </summary>
internal readonly unsafe struct EnteringHandler
{
    private const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS

    /// <summary>Where it begins. Never unmapped: the process has one run to live.</summary>
    public nint Address { get; }

    public EnteringHandler(int ruleset, int* result)
    {
        const nuint PageBytes = 4096;
        const int ReadWrite = 3, ReadExecute = 5, PrivateAnonymous = 0x22;
        var page = Libc.Map(null, PageBytes, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)page == -1) throw BoundsException.OfCall("mapping a page");
        byte[] code = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? Arm64(ruleset, (ulong)result)
            : X64(ruleset, (ulong)result);
        code.CopyTo(new Span<byte>(page, code.Length));
        if (Libc.Protect(page, PageBytes, ReadExecute) != 0) throw BoundsException.OfCall("making a page executable");
        Address = (nint)page;
    }

    internal static byte[] X64(int ruleset, ulong result) =>
    [
        0xb8, .. Bytes(157), // mov eax, prctl
        0xbf, .. Bytes(NoNewPrivileges), // mov edi
        0xbe, .. Bytes(1), // mov esi
        0x31, 0xd2, 0x45, 0x31, 0xd2, 0x45, 0x31, 0xc0, // xor edx, edx; xor r10d, r10d; xor r8d, r8d
        0x0f, 0x05, // syscall
        0xb8, .. Bytes(Landlock.RestrictSelf), // mov eax
        0xbf, .. Bytes(ruleset), // mov edi
        0x31, 0xf6, // xor esi, esi
        0x0f, 0x05, // syscall
        0x48, 0xb9, .. Bytes((uint)result), .. Bytes((uint)(result >> 32)), // mov rcx, result
        0x89, 0x01, // mov [rcx], eax
        0xc3, // ret
    ];

    internal static byte[] Arm64(int ruleset, ulong result)
    {
        const uint SystemCall = 0xd400_0001, StoreW0AtX1 = 0xb900_0020, Return = 0xd65f_03c0; // svc #0; str w0, [x1]; ret
        uint[] code =
        [
            Move(8, 167), Move(0, NoNewPrivileges), Move(1, 1), Move(2, 0), Move(3, 0), Move(4, 0), SystemCall, // prctl
            Move(8, Landlock.RestrictSelf), Move(0, (uint)ruleset), Move(1, 0), SystemCall,
            Move(1, (ushort)result), Keep(1, (ushort)(result >> 16), 1), Keep(1, (ushort)(result >> 32), 2),
            Keep(1, (ushort)(result >> 48), 3), StoreW0AtX1, Return,
        ];
        return [.. code.SelectMany(Bytes)];
    }

    /// <summary>movz: the value, and nothing but it, into a register.</summary>
    private static uint Move(uint register, uint value) => 0xd280_0000 | ((value & 0xffff) << 5) | register;

    /// <summary>movk: the value into the given quarter of a register.</summary>
    private static uint Keep(uint register, uint value, uint quarter) => 0xf280_0000 | (quarter << 21) | (value << 5) | register;

    private static byte[] Bytes(int value) => Bytes((uint)value);

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
