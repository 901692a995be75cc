using System.Runtime.InteropServices;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>The two signals that .NET's Process cannot send: SIGTERM, and SIGKILL to a whole process group.</summary>
internal static partial class ProcessSignals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    public static void Terminate(int processId)
    {
        if (!OperatingSystem.IsWindows()) _ = Kill(processId, SigTerm);
    }

    /// <summary>Ends the members of the group that <paramref name="leaderId"/> leads; nothing happens when there is none.</summary>
    public static void KillGroup(int leaderId)
    {
        if (!OperatingSystem.IsWindows()) _ = Kill(-leaderId, SigKill);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
