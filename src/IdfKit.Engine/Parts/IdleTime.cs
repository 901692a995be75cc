namespace IdfKit.Engine.Parts;

/// <summary>
/// How long the processors of this machine have stood idle since it started. Between two of these lies what the machine did in the
/// meantime, where a look at what runs at one moment also counts what is over a millisecond later.
/// </summary>
/// <param name="Idle">Of all processors together, in ticks of the system.</param>
/// <param name="All">Idle or not, in the same ticks.</param>
/// <param name="Processors">Of the machine, which may have more than this process may use.</param>
internal sealed record IdleTime(long Idle, long All, int Processors)
{
    private const string Times = "/proc/stat";
    private const string OfOne = "cpu";
    // https://man7.org/linux/man-pages/man5/proc_stat.5.html: user, nice, system, idle, iowait, irq, softirq, steal. What follows is
    // counted in user and nice already.
    private const int Columns = 8;
    private const int IdleColumn = 3;
    private const int WaitColumn = 4;

    private const double Chores = 0.25; // of one processor: what a machine that has nothing to do takes

    /// <summary>
    /// Null where nobody says, and where this process may not use all processors: those that are idle may be the others.
    /// </summary>
    public static IdleTime? Now() =>
        OperatingSystem.IsLinux() && Of(PartRoom.Told(() => File.ReadAllText(Times), "")) is { } now && now.IsOf(Environment.ProcessorCount)
            ? now
            : null;

    /// <param name="text">Of <c>/proc/stat</c>: a line for all processors, and one for each.</param>
    /// <returns>Null where it is something else.</returns>
    public static IdleTime? Of(string text)
    {
        List<string[]> lines = [.. text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .TakeWhile(fields => fields.Length > Columns && fields[0].StartsWith(OfOne, StringComparison.Ordinal))];
        if (lines.Count < 2) return null;
        var ticks = new long[Columns];
        for (var column = 0; column < Columns; column++)
            if (!long.TryParse(lines[0][column + 1], out ticks[column])) return null;
        return new(ticks[IdleColumn] + ticks[WaitColumn], ticks.Sum(), lines.Count - 1);
    }

    /// <summary>Whether it is of so many processors.</summary>
    public bool IsOf(int processors) => Processors == processors;

    /// <summary>How many processors nobody used since then; 0 where no time has passed.</summary>
    public int FreeSince(IdleTime earlier) =>
        All > earlier.All ? (int)((double)Processors * (Idle - earlier.Idle) / (All - earlier.All) + Chores) : 0;
}
