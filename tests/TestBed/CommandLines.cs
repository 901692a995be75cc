using System.Globalization;

namespace TestBed;

/// <summary>What runs on this machine, by what it was started with. Linux.</summary>
public static class CommandLines
{
    /// <summary>The ids of the processes that have this in their command line.</summary>
    public static IReadOnlyList<int> With(string text) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Where(folder => Of(folder).Contains(text, StringComparison.Ordinal))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];

    private static string Of(string folder)
    {
        try { return File.ReadAllText(Path.Combine(folder, "cmdline")); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ""; } // gone meanwhile
    }
}
