using System.Globalization;

namespace IdfKit.Engine.Children.Linux;

/// <summary>One process as /proc tells. The start time tells it apart from a later one with the same number.</summary>
internal readonly record struct ProcessEntry(int Id, int Parent, int Session, bool IsZombie, string StartTime);

/// <summary>The processes of this machine, or of this container.</summary>
internal static class ProcessTable
{
    public static List<ProcessEntry> Read()
    {
        var entries = new List<ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (TryRead(id) is { } entry) entries.Add(entry);
        }
        return entries;
    }

    /// <summary>proc(5): "pid (name) state ppid pgrp session …", the start time is the 22nd field; the name may hold anything.</summary>
    private static ProcessEntry? TryRead(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new(id, Number(fields[1]), Number(fields[3]), fields[0] is "Z" or "X", fields[19]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; } // gone since, or not ours to see
    }

    /// <summary>Most memory that a process has held, from its <c>VmHWM</c>; 0 when it is gone.</summary>
    public static long PeakResidentBytes(string id)
    {
        const string Field = "VmHWM:";
        try
        {
            var status = File.ReadAllText($"/proc/{id}/status");
            var start = status.IndexOf(Field, StringComparison.Ordinal);
            if (start < 0) return 0;
            start += Field.Length;
            return 1024L * Number(status.AsSpan(start, status.IndexOf("kB", start, StringComparison.Ordinal) - start).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return 0; } // gone since
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
