namespace IdfKit.Runs.Report;

/// <summary>Hourly power by its days; of more than a year the first.</summary>
internal sealed class PowerDays(HourlyPower power)
{
    private const int HoursOfDay = 24, MostDays = 366;

    /// <summary>The values.</summary>
    public IReadOnlyList<double> Watts { get; } =
        power.Watts.Count <= MostDays * HoursOfDay ? power.Watts : [.. power.Watts.Take(MostDays * HoursOfDay)];

    public bool IsCut => power.IsCut || power.Watts.Count > Watts.Count;

    /// <summary>How many days there are, a last one that is not whole included.</summary>
    public int Count => (Watts.Count + HoursOfDay - 1) / HoursOfDay;

    /// <summary>The first highest value and its hour; null when there is no number.</summary>
    public (double Watts, DateOnly Day, int Hour)? Highest => HighestOf(0, Count);

    public double Least => Watts.Where(double.IsFinite).DefaultIfEmpty(0).Min();

    public DateOnly Day(int at) => DateOnly.FromDayNumber(Math.Min(power.First.DayNumber + at, DateOnly.MaxValue.DayNumber));

    /// <summary>The first day of each month, and how many days of it there are.</summary>
    public IEnumerable<(int First, int Days)> Months()
    {
        var first = 0;
        for (var at = 1; at <= Count; at++)
        {
            if (at < Count && Day(at).Month == Day(first).Month) continue;
            yield return (first, at - first);
            first = at;
        }
    }

    /// <summary>The mean of some days; null when there is no number.</summary>
    public double? MeanOf(int first, int days)
    {
        var finite = HoursOf(first, days).Where(double.IsFinite).ToArray();
        return finite.Length == 0 ? null : finite.Average();
    }

    /// <summary>The first highest value of some days; null when there is no number.</summary>
    public (double Watts, DateOnly Day, int Hour)? HighestOf(int first, int days)
    {
        var (most, place) = (double.NegativeInfinity, -1);
        foreach (var (at, value) in HoursOf(first, days).Index())
            if (double.IsFinite(value) && value > most) (most, place) = (value, first * HoursOfDay + at);
        return place < 0 ? null : (most, Day(place / HoursOfDay), place % HoursOfDay);
    }

    private IEnumerable<double> HoursOf(int first, int days) => Watts.Skip(first * HoursOfDay).Take(days * HoursOfDay);
}
