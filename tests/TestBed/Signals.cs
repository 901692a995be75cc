using System.Diagnostics;
using System.Globalization;

namespace TestBed;

/// <summary>Signals to a process, by the shell's own kill: a minimal system has no program of that name.</summary>
public static class Signals
{
    /// <param name="name">"TERM".</param>
    /// <param name="process">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task SendAsync(string name, int process, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("sh", ["-c", "kill -\"$0\" \"$1\"", name, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
