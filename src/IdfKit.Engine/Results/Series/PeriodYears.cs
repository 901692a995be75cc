using System.Globalization;

namespace IdfKit.Engine.Results.Series;

/// <summary>The years in which run periods begin, which an <c>.eso</c> file does not say.</summary>
internal sealed class PeriodYears(IReadOnlyList<SummaryPeriod> periods)
{
    public static PeriodYears Unknown { get; } = new([]);

    /// <summary>The year of the run period of this title; null when it is not known.</summary>
    public int? Of(string title)
    {
        var period = periods.FirstOrDefault(known => string.Equals(known.Name, title, StringComparison.OrdinalIgnoreCase));
        var isDay = DateOnly.TryParseExact(
            period?.From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from);
        return isDay ? from.Year : null;
    }
}
