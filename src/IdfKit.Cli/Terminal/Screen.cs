namespace IdfKit.Cli.Terminal;

/// <summary>What the output goes to.</summary>
internal static class Screen
{
    private const int UsualWidth = 80, LeastWidth = 20;

    /// <summary>Whether lines can be written over: a person looks at a terminal that knows how. Those of Windows set no TERM.</summary>
    public static bool IsLive => !Console.IsOutputRedirected
        && (Environment.GetEnvironmentVariable("TERM") is { } terminal ? terminal is not ("dumb" or "") : OperatingSystem.IsWindows());

    /// <summary>Whether it is a terminal on which a table with long cells finds no room.</summary>
    public static bool IsNarrow => IsLive && Width < UsualWidth;

    /// <summary>How many characters a line has.</summary>
    public static int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var told) && told > 0) return Math.Max(told, LeastWidth);
            if (Console.IsOutputRedirected) return UsualWidth;
            try { return Console.WindowWidth is > 0 and var width ? Math.Max(width, LeastWidth) : UsualWidth; }
            catch (IOException) { return UsualWidth; }
        }
    }

    /// <summary>A line that fits, cut at its end.</summary>
    public static string Fit(string line, int width)
    {
        if (line.Length <= width) return line;
        var end = Math.Max(0, width - 1);
        if (end > 0 && char.IsHighSurrogate(line[end - 1])) end--;
        return line[..end] + "…";
    }

    /// <summary>A name that fits, cut in its middle: names of many models often differ at one of their ends.</summary>
    public static string FitMiddle(string name, int width)
    {
        if (name.Length <= Math.Max(1, width)) return name;
        var begin = Fit(name, Math.Max(1, width) / 2);
        return begin[..^1] + FitEnd(name, width - begin.Length + 1);
    }

    /// <summary>A name that fits, cut at its beginning: the end tells more.</summary>
    public static string FitEnd(string name, int width)
    {
        if (name.Length <= Math.Max(1, width)) return name;
        var begin = name.Length - Math.Max(1, width - 1);
        if (char.IsLowSurrogate(name[begin])) begin++;
        return "…" + name[begin..];
    }
}
