using System.Globalization;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// A time line of an <c>.eso</c>: <c>2,1, 1,21, 0, 1, 0.00,60.00,WinterDesignDay</c> is an hour or less, <c>3,1, 1,21,
/// 0,WinterDesignDay</c> a day, <c>4,31, 1</c> a month, <c>5,365</c> a run period and <c>6,2017</c> a year. All but the
/// last lack a year.
/// </summary>
internal readonly record struct EsoStamp(byte Kind, byte Month, byte Day, byte DayType, int Count, int StartHundredths, int EndHundredths)
{
    public const int Steps = 2;
    public const int Days = 3;
    public const int Months = 4;
    public const int RunPeriods = 5;
    public const int Years = 6;

    private static readonly string[] Names =
    [
        "", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday", "Holiday", "SummerDesignDay", "WinterDesignDay", "CustomDay1", "CustomDay2",
    ];

    public string DayTypeName => Names[DayType];

    public bool IsDesignDay => DayType is 9 or 10;

    /// <summary>The kind of time line that values of this frequency stand behind.</summary>
    public static int KindOf(ResultFrequency frequency) => frequency switch
    {
        ResultFrequency.Daily => Days,
        ResultFrequency.Monthly => Months,
        ResultFrequency.RunPeriod => RunPeriods,
        ResultFrequency.Annual => Years,
        _ => Steps,
    };

    /// <summary>Takes a line without its line end apart.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out EsoStamp stamp)
    {
        stamp = default;
        Span<Range> fields = stackalloc Range[10];
        var count = 0;
        foreach (var field in line.Split((byte)','))
        {
            if (count == fields.Length) break;
            fields[count++] = field;
        }
        if (count < 2 || !Int(line, fields, 0, out var kind) || !Int(line, fields, 1, out var number)) return false;
        int month = 0, day = 0, hour = 0, start = 0, end = 0, dayType = 0;
        var isWhole = kind switch
        {
            Steps => count >= 9 && Int(line, fields, 2, out month) && Int(line, fields, 3, out day) && Int(line, fields, 5, out hour)
                && Hundredths(line[fields[6]], out start) && Hundredths(line[fields[7]], out end),
            Days => count >= 6 && Int(line, fields, 2, out month) && Int(line, fields, 3, out day),
            Months => count >= 3 && Int(line, fields, 2, out month),
            RunPeriods or Years => true,
            _ => false,
        };
        if (!isWhole || month is < 0 or > 12 || day is < 0 or > 31 || hour is < 0 or > 24) return false;
        if (kind is Steps or Days) dayType = DayTypeOf(line[fields[count - 1]].Trim((byte)' '));
        var hours = Math.Max(hour - 1, 0) * 6000;
        stamp = new((byte)kind, (byte)month, (byte)day, (byte)dayType, number, hours + start, kind is Days ? 24 * 6000 : hours + end);
        return true;
    }

    /// <summary>The interval in a year; of a run period one of so many days from its start on.</summary>
    public ResultTime ToTime(int year) => Kind switch
    {
        Months => CalendarYears.Month(year, Month),
        RunPeriods => CalendarYears.RunPeriod(year, Count, first: null, lastEnd: null),
        Years => CalendarYears.Year(Count > 0 ? Count : year),
        _ => new(At(year, StartHundredths), At(year, EndHundredths), DayTypeName),
    };

    private DateTime At(int year, int hundredths) =>
        CalendarYears.Date(year, Month, Day).AddTicks(hundredths * (TimeSpan.TicksPerMinute / 100));

    private static int DayTypeOf(ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < Names.Length; i++)
            if (System.Text.Ascii.EqualsIgnoreCase(name, Names[i])) return i;
        return 0;
    }

    private static bool Int(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int field, out int value) =>
        int.TryParse(line[fields[field]], NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool Hundredths(ReadOnlySpan<byte> text, out int value)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes)
            && minutes is >= 0 and <= 60;
        value = isNumber ? (int)Math.Round(minutes * 100) : 0;
        return isNumber;
    }
}
