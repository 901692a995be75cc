using System.Collections;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>Becomes another program, bounded, with no descriptor but the first three.</summary>
internal static unsafe class ExecCommand
{
    public static int Run(Bounds bounds, string[] command)
    {
        bounds.Apply(addressSpaceInUse: 0);
        Confinement.Apply(bounds.Readable, bounds.Writable);
        _ = Libc.CloseRange(3, uint.MaxValue, Libc.CloseOnExec); // kernels before 5.11 do not know it; descriptors of .NET close by themselves
        Libc.ResetSignals();
        Libc.Execute((byte*)Marshal.StringToCoTaskMemUTF8(command[0]), Vector(command), Vector(Environment()));
        var error = Marshal.GetLastPInvokeError();
        return Exits.Refuse($"starting {command[0]} failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>What the caller set, without what only this program's own start needed.</summary>
    private static string[] Environment() =>
    [
        .. System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => !RuntimeVariables.Includes((string)variable.Key))
            .Select(variable => $"{variable.Key}={variable.Value}"),
    ];

    /// <summary>Never freed: execve is the next call, or the process ends.</summary>
    private static byte** Vector(string[] items)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)items.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < items.Length; i++) vector[i] = (byte*)Marshal.StringToCoTaskMemUTF8(items[i]);
        return vector;
    }
}
