using System.Globalization;

namespace Load;

/// <summary>
/// What the kernel says that a process holds, in MB of 1,000,000 bytes:
/// https://man7.org/linux/man-pages/man5/proc_pid_status.5.html.
/// </summary>
internal static class ProcessMemory
{
    public static double Resident(int process) => Read(process, "VmRSS:");

    public static double Peak(int process) => Read(process, "VmHWM:");

    private static double Read(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
