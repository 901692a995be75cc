using System.Collections;

namespace IdfKit.Engine.Host;

/// <summary>Becomes another program, bounded, with no descriptor but the first three.</summary>
internal static class ExecCommand
{
    public static int Run(Bounds bounds, string[] command)
    {
        bounds.Apply();
        if (bounds.IsConfined) Libc.GiveUpPrivileges();
        if (bounds.HasLandlock) Landlock.EnterThread(bounds.Readable, bounds.Writable);
        // kernels before 5.11 do not know it; descriptors of .NET close by themselves
        _ = Libc.CloseRange(3, uint.MaxValue, Libc.CloseOnExec);
        Libc.ResetSignals();
        new Takeover(command, Environment(), bounds.HasFilter).Run(bounds.Memory);
        return Exits.Refused;
    }

    /// <summary>What the caller set, without what only this program's own start needed.</summary>
    private static string[] Environment() =>
    [
        .. System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => !RuntimeVariables.Includes((string)variable.Key))
            .Select(variable => $"{variable.Key}={variable.Value}"),
    ];
}
