using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>
/// A shell that waits for this process to die in whatever way, SIGKILL included, and then ends the function process and its group and
/// removes its folder. It notices by the end of its input, which this process alone holds open. (A parent-death signal would not do:
/// it is sent when the thread ends that started the child.)
/// </summary>
internal sealed class Survivor : IDisposable
{
    private const string Script = """trap '' INT TERM HUP; read -r _; kill -KILL "-$1" 2>/dev/null; rm -rf "$2" """;
    private readonly Process _shell;

    private Survivor(Process shell) => _shell = shell;

    /// <summary>Null where there is no shell: then the function outlives an owner that is killed, until it asks for work.</summary>
    public static Survivor? Start(string setsid, int processId, string privateFolder)
    {
        var start = new ProcessStartInfo(setsid)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(privateFolder),
        };
        foreach (var argument in (string[])
            ["/bin/sh", "-c", Script, "survivor", processId.ToString(CultureInfo.InvariantCulture), privateFolder])
            start.ArgumentList.Add(argument);
        try
        {
            return new Survivor(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            _shell.Kill();
            _shell.WaitForExit();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }
        _shell.Dispose();
    }
}
