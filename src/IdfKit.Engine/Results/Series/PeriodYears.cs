using System.Globalization;

namespace IdfKit.Engine.Results.Series;

/// <summary>The days on which run periods begin and end, which files of series do not say.</summary>
internal sealed class PeriodYears(IReadOnlyList<SummaryPeriod> periods)
{
    public static PeriodYears Unknown { get; } = new([]);

    /// <summary>The whole run period of this title; null when it is not known.</summary>
    public ResultTime? Of(string title)
    {
        var period = periods.FirstOrDefault(known => string.Equals(known.Name, title, StringComparison.OrdinalIgnoreCase));
        return Day(period?.From) is { } from && Day(period?.To) is { } to && from <= to ? new(from, to.AddDays(1), "") : null;
    }

    private static DateTime? Day(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year < 9999
            ? day
            : null;
}
