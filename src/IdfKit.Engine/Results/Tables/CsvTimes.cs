using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results.Tables;

/// <summary>Reads the first column of a <c>.csv</c> of time series: <c>01/21  24:00:00</c>.</summary>
internal static partial class CsvTimes
{
    private const int CommonYear = 2017;
    private const int LeapYear = 2016;

    public static IReadOnlyList<DateTime?> Ends(IReadOnlyList<string> times)
    {
        var year = times.Any(time => time.StartsWith("02/29", StringComparison.Ordinal)) ? LeapYear : CommonYear;
        return [.. times.Select(time => End(time, year))];
    }

    private static DateTime? End(string text, int year)
    {
        if (DayAndTime().Match(text) is not { Success: true } found) return null;
        int Part(string name) => int.Parse(found.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var (month, day, hour, minute, second) = (Part("month"), Part("day"), Part("hour"), Part("minute"), Part("second"));
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 24) return null;
        return new DateTime(year, month, day).AddSeconds((hour * 3600) + (minute * 60) + second);
    }

    [GeneratedRegex(@"^(?<month>\d\d)/(?<day>\d\d) +(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex DayAndTime();
}
