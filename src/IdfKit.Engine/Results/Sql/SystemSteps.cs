using System.Runtime.InteropServices;

namespace IdfKit.Engine.Results.Sql;

/// <summary>
/// The steps of the systems, which the file rounds to whole minutes. EnergyPlus 25.2 divides a step of the zones evenly
/// (<c>HVACManager.cc</c>, <c>ManageHVAC</c>), so that a chain of rows that fills one says how long each was: three rows in ten minutes are
/// 3.33 min each, as the <c>.eso</c> file has them. What fills no step of the zones stays as it is.
/// </summary>
internal static class SystemSteps
{
    private const int Step = -1;
    private const double Rounding = 0.5001; // minutes

    public static void Restore(List<SqlTime> times, int? zoneMinutes)
    {
        if (zoneMinutes is not { } zone) return;
        var rows = CollectionsMarshal.AsSpan(times);
        var chain = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            if (row.Environment < 0 || row.Type != Step) continue;
            if (chain.Count > 0 && !Follows(rows[chain[^1]], row)) chain.Clear();
            if (chain.Count == 0 && !IsBoundary(row.Start, zone)) continue;
            chain.Add(i);
            if (!IsBoundary(row.End, zone)) continue;
            if (chain.Count > 1) Divide(rows, chain, zone);
            chain.Clear();
        }
    }

    private static bool Follows(in SqlTime last, in SqlTime next) => last.Environment == next.Environment && last.End == next.Start;

    private static bool IsBoundary(DateTime time, int zoneMinutes) => time.Minute % zoneMinutes == 0;

    private static void Divide(Span<SqlTime> rows, List<int> chain, int zoneMinutes)
    {
        var begin = rows[chain[0]].Start;
        if (rows[chain[^1]].End != begin.AddMinutes(zoneMinutes)) return;
        for (var i = 0; i < chain.Count; i++)
        {
            var exact = (double)zoneMinutes * (i + 1) / chain.Count;
            if (Math.Abs((rows[chain[i]].End - begin).TotalMinutes - exact) > Rounding) return;
        }
        for (var i = 0; i < chain.Count; i++)
        {
            var (start, end) = (At(begin, zoneMinutes, i, chain.Count), At(begin, zoneMinutes, i + 1, chain.Count));
            rows[chain[i]] = rows[chain[i]] with { Start = start, End = end };
        }
    }

    /// <summary>To the hundredth of a minute, as the <c>.eso</c> file has it.</summary>
    private static DateTime At(DateTime begin, int zoneMinutes, int step, int steps) =>
        begin.AddTicks((long)Math.Round(100.0 * zoneMinutes * step / steps) * (TimeSpan.TicksPerMinute / 100));
}
