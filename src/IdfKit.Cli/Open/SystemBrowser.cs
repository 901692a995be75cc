using System.ComponentModel;
using System.Diagnostics;

namespace IdfKit.Cli.Open;

/// <summary>The browser that this machine shows addresses with.</summary>
internal static class SystemBrowser
{
    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <summary>Shows an address; false: there is none, and the address that was printed has to do.</summary>
    public static bool Show(Uri address)
    {
        try
        {
            using var shown = Process.Start(Start(address));
            return shown is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static ProcessStartInfo Start(Uri address)
    {
        if (OperatingSystem.IsWindows()) return new(address.AbsoluteUri) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS()) return new("open", [address.AbsoluteUri]);
        if (Displays.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
            throw new InvalidOperationException("There is no display here.");
        return new("xdg-open", [address.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }
}
