using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace IdfKit.Storage.Files;

/// <summary>
/// Names of files that are being written: each says which process writes it, so that what a process left when it was killed can be told
/// from what another one still writes, on any disk.
/// </summary>
internal static class TemporaryName
{
    /// <summary>Names that start so are never listed; one that is left over belonged to a process that died.</summary>
    public const string Prefix = ".idfkit-tmp-";

    private const int Digits = 8; // of the machine and of the process each
    private const string StartId = "/proc/sys/kernel/random/boot_id"; // of Linux

    // Where nobody can tell which machine this is, each process is one of its own.
    private static readonly string Machine = MachineOf(StartId) ?? RandomNumberGenerator.GetHexString(Digits, lowercase: true);
    private static readonly string Own = Machine + Environment.ProcessId.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>One that there has never been.</summary>
    public static string New() => Prefix + Own + RandomNumberGenerator.GetHexString(2 * Digits, lowercase: true);

    /// <summary>Whether a name is one of these.</summary>
    public static bool Is(string name) => name.Length == Prefix.Length + (4 * Digits) && name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// Whether the process that has made a name has ended; null: it is of another machine or container, or this system does not
    /// say when it started, and nobody here can tell.
    /// A later process with the same number counts as the same one.
    /// </summary>
    public static bool? IsOfEnded(string name)
    {
        var text = Is(name) ? name.AsSpan(Prefix.Length) : default;
        if (!text.StartsWith(Machine, StringComparison.Ordinal)) return null;
        return int.TryParse(text.Slice(Digits, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? !IsRunning(id)
            : null;
    }

    private static bool IsRunning(int id)
    {
        try
        {
            Process.GetProcessById(id).Dispose();
            return true;
        }
        catch (ArgumentException) { return false; }
    }

    /// <summary>
    /// Where a process's number means the same process: on one machine since it started, and in one container. Null where nothing says when
    /// the machine started.
    /// </summary>
    /// <param name="startId">A file with what is new at each start.</param>
    internal static string? MachineOf(string startId)
    {
        try
        {
            if (!File.Exists(startId) || new FileInfo("/proc/self/ns/pid").LinkTarget is not { } container) return null;
            var text = string.Join('\n', Environment.MachineName, container, File.ReadAllText(startId));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException or SecurityException) { return null; }
    }
}
