using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace IdfKit.Cli.Open;

/// <summary>The browser that this machine shows addresses with.</summary>
internal static class SystemBrowser
{
    private const string Detached = """exec xdg-open "$1" </dev/null >/dev/null 2>&1""";

    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];
    private static readonly string? SetSid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    /// <summary>
    /// Shows an address; false: there is none, and the address that was printed has to do. The browser is given a file that leads
    /// there, since every user of this machine sees with which arguments programs are started.
    /// </summary>
    /// <param name="address">With the token.</param>
    /// <param name="folder">Where the file is written, for its owner alone; whoever made the folder removes it.</param>
    public static bool Show(Uri address, string folder)
    {
        if (OperatingSystem.IsLinux() && Displays.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))) return false;
        try
        {
            using var shown = Process.Start(Start(FileTo(address, folder)));
            return shown is not null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FileTo(Uri address, string folder)
    {
        var path = Path.Combine(folder, "open.html");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes($"""<!doctype html><meta http-equiv="refresh" content="0;url={address.AbsoluteUri}">"""));
        return path;
    }

    private static ProcessStartInfo Start(string file)
    {
        if (OperatingSystem.IsWindows()) return new(file) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS()) return new("open", [file]);
        // In a session of its own: Ctrl-C is for this program, and the browser stays.
        string[] shell = ["/bin/sh", "-c", Detached, "open", file];
        return SetSid is null ? new(shell[0], shell[1..]) : new(SetSid, shell);
    }
}
