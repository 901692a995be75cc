using System.Globalization;
using System.Text;

using IdfKit.Engine;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// What the DATA PERIODS line of an EPW promises: <c>DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31</c> is the number of periods, the
/// records of an hour, then for each period its name, its first day of the week, and its first and last day, the last two with a
/// year where they are of real years.
/// </summary>
/// <param name="RecordsAnHour">At least 1.</param>
/// <param name="Days">Days of all periods without any 29 February; null where the dates are of a form that only EnergyPlus reads.</param>
internal sealed record WeatherPeriods(int RecordsAnHour, int? Days)
{
    private const int FieldsBefore = 3;
    private const int FieldsEach = 4;
    private const int MostPeriods = 1000;

    private static readonly int[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    private static readonly int[] DaysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    private static readonly string[] Weekdays = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

    /// <summary>Reads the line; what EnergyPlus would stop, crash or hang on comes back as <paramref name="unfit"/>.</summary>
    public static WeatherPeriods? Read(ReadOnlySpan<byte> line, out string? unfit)
    {
        var fields = Encoding.Latin1.GetString(line).Split(',', StringSplitOptions.TrimEntries);
        unfit = null;
        var (periods, anHour) = fields.Length < FieldsBefore ? (0, 0) : (CountOf(fields[1]), CountOf(fields[2]));
        if (periods is 0 or > MostPeriods || anHour == 0)
            unfit = "the number of periods and the records of an hour";
        else if (fields.Length < FieldsBefore + FieldsEach * periods)
            unfit = "a name, a day of the week and two dates for each period";
        else
            return ReadPeriods(fields.AsSpan(FieldsBefore, FieldsEach * periods), anHour, out unfit);
        return null;
    }

    private static WeatherPeriods? ReadPeriods(ReadOnlySpan<string> fields, int anHour, out string? unfit)
    {
        int? days = 0;
        for (var at = 0; at < fields.Length; at += FieldsEach)
        {
            unfit = UnfitOf(fields[at + 1], fields[at + 2], fields[at + 3]);
            if (unfit is not null) return null;
            days += DaysFrom(WeatherDate.Read(fields[at + 2]), WeatherDate.Read(fields[at + 3]));
        }
        unfit = null;
        return new(anHour, days);
    }

    private static string? UnfitOf(string weekday, string first, string last)
    {
        if (!Weekdays.Contains(weekday.ToUpperInvariant())) return $"an English day of the week, not '{OneLine.Of(weekday, 20)}'";
        foreach (var date in (string[])[first, last])
            if (WeatherDate.Read(date) is { IsPossible: false }) return $"a month and a day, not '{OneLine.Of(date, 20)}'";
        return null;
    }

    private static int? DaysFrom(WeatherDate? first, WeatherDate? last)
    {
        if (first is null || last is null) return null;
        var (from, to) = (first.DayOfYear, last.DayOfYear);
        if (first.Year is { } firstYear && last.Year is { } lastYear && lastYear >= firstYear)
            return to - from + 1 + 365 * (lastYear - firstYear) is var days and > 0 ? days : null;
        return to - from + (to < from ? 366 : 1);
    }

    // EnergyPlus takes "1.0" for 1, and no sign.
    private static int CountOf(string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return isNumber && number is >= 1 and < 10_000 ? (int)number : 0;
    }

    /// <summary>A date as <c>month/day</c> or <c>month/day/year</c>.</summary>
    private sealed record WeatherDate(int Month, int Day, int? Year)
    {
        public bool IsPossible => Month is >= 1 and <= 12 && Day >= 1 && Day <= DaysOfMonth[Month - 1];

        /// <summary>From 1, in a year without 29 February, which counts as the day before.</summary>
        public int DayOfYear => DaysBefore[Month - 1] + (Month == 2 ? Math.Min(Day, 28) : Day);

        /// <summary>Null when the date has another form, such as <c>Jan 1</c>.</summary>
        public static WeatherDate? Read(string text)
        {
            if (text.Length == 0) return new(0, 0, null);
            var parts = text.Split('/', StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !TryNumber(parts[0], out var month) || !TryNumber(parts[1], out var day)) return null;
            return new(month, day, parts.Length > 2 && TryNumber(parts[2], out var year) ? year : null);
        }

        private static bool TryNumber(string text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
