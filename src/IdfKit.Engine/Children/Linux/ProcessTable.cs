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

    /// <summary>
    /// The children of this process's first thread, which is the one that orphans are given to; zombies too. Costs next to
    /// nothing. Empty where the kernel does not tell (CONFIG_PROC_CHILDREN).
    /// </summary>
    public static IReadOnlyList<int> Adopted() => ChildrenOf($"/proc/{Environment.ProcessId}/task/{Environment.ProcessId}");

    /// <summary>A process and all that descends from it; without zombies' own ends. Empty when it is gone.</summary>
    public static IReadOnlyList<int> TreeOf(int root)
    {
        var tree = new List<int> { root };
        for (var at = 0; at < tree.Count; at++)
        {
            foreach (var thread in ThreadsOf(tree[at])) tree.AddRange(ChildrenOf(thread));
        }
        return tree;
    }

    /// <summary>What a process holds now, shared pages in full; 0 when it is gone.</summary>
    public static long ResidentBytes(int id)
    {
        var pages = TryReadText($"/proc/{id}/statm")?.Split(' ');
        return pages is { Length: > 1 } ? Number(pages[1]) * (long)Environment.SystemPageSize : 0;
    }

    /// <summary>What a process holds now, pages that it shares divided among those that share them; null when that is not told.</summary>
    public static long? ProportionalBytes(int id) =>
        Kilobytes($"/proc/{id}/smaps_rollup", "Pss:") is { } kilobytes ? 1024L * kilobytes : null;

    /// <summary>Most memory that a process has held, from its <c>VmHWM</c>; 0 when it is gone.</summary>
    public static long PeakResidentBytes(string id) => 1024L * (Kilobytes($"/proc/{id}/status", "VmHWM:") ?? 0);

    /// <summary>How many threads there are on this machine, or in this container; null when that is not told.</summary>
    public static long? Threads()
    {
        // proc_loadavg(5): "0.20 0.18 0.12 1/80 11206", the fourth field: runnable and all
        var all = TryReadText("/proc/loadavg")?.Split(' ') is [_, _, _, var counts, ..] ? counts.Split('/') : [];
        return all.Length == 2 && long.TryParse(all[1], NumberStyles.None, CultureInfo.InvariantCulture, out var threads) ? threads : null;
    }

    /// <summary>proc(5): "pid (name) state ppid pgrp session …", the start time is the 22nd field; the name may hold anything.</summary>
    private static ProcessEntry? TryRead(int id)
    {
        if (TryReadText($"/proc/{id}/stat") is not { } stat) return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new(id, Number(fields[1]), Number(fields[3]), fields[0] is "Z" or "X", fields[19]);
    }

    private static string[] ThreadsOf(int id)
    {
        try { return Directory.GetDirectories($"/proc/{id}/task"); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return []; } // gone since
    }

    private static int[] ChildrenOf(string thread) =>
        [.. (TryReadText(thread + "/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Number(id))];

    private static int? Kilobytes(string file, string field)
    {
        if (TryReadText(file) is not { } text || text.IndexOf(field, StringComparison.Ordinal) is not (>= 0 and var start)) return null;
        start += field.Length;
        return Number(text.AsSpan(start, text.IndexOf("kB", start, StringComparison.Ordinal) - start).Trim());
    }

    private static string? TryReadText(string path)
    {
        try { return File.ReadAllText(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; } // gone since, or not ours to see
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
