using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// What stands behind the value of a record of a day or longer: the lowest value and its moment, the highest and its moment. A day's record
/// says hours and minutes, a month's also the day, a longer one's also the month.
/// </summary>
internal readonly record struct EsoExtremes(double Minimum, EsoMoment MinimumAt, double Maximum, EsoMoment MaximumAt)
{
    public static EsoExtremes None { get; } = new(double.NaN, default, double.NaN, default);

    /// <summary>Takes <c>,1.0, 1,10,5.0,24,60</c> and a line end; null when that is not what stands there.</summary>
    public static unsafe EsoExtremes? TryRead(byte* at, byte* end)
    {
        var rest = new ReadOnlySpan<byte>(at, (int)(end - at));
        var commas = rest[..rest.IndexOf((byte)'\n')].Count((byte)',');
        if (commas is not (6 or 8 or 10)) return null;
        var parts = (commas - 2) / 2;
        var p = at;
        return TryRead(ref p, parts, out var minimum, out var minimumAt) && TryRead(ref p, parts, out var maximum, out var maximumAt)
            ? new(minimum, minimumAt, maximum, maximumAt)
            : null;
    }

    public ResultExtremes In(ResultTime interval) => double.IsNaN(Minimum) && double.IsNaN(Maximum)
        ? ResultExtremes.None(interval)
        : new(Minimum, MinimumAt.In(interval), Maximum, MaximumAt.In(interval));

    private static unsafe bool TryRead(ref byte* p, int parts, out double value, out EsoMoment moment)
    {
        moment = default;
        p++;
        if (!DecimalNumber.TryRead(ref p, out value)) return false;
        Span<byte> numbers = stackalloc byte[4];
        for (var i = numbers.Length - parts; i < numbers.Length; i++)
        {
            if (*p != ',') return false;
            p++;
            if (!TryRead(ref p, out numbers[i])) return false;
        }
        moment = new(numbers[0], numbers[1], numbers[2], numbers[3]);
        return numbers[0] <= 12 && numbers[1] <= 31 && numbers[2] <= 24 && numbers[3] <= 60;
    }

    private static unsafe bool TryRead(ref byte* p, out byte number)
    {
        while (*p == ' ') p++;
        var first = p;
        var value = 0u;
        for (uint digit; (digit = *p - (uint)'0') <= 9 && p - first < 3; p++) value = (value * 10) + digit;
        number = (byte)value;
        return p > first && value <= 60;
    }
}

/// <summary>A moment within a record's interval; 0 is what the record does not say. Hours are from 1 to 24.</summary>
internal readonly record struct EsoMoment(byte Month, byte Day, byte Hour, byte Minute)
{
    public DateTime In(ResultTime interval) => CalendarYears.Within(interval, Month, Day, (Math.Max(Hour - 1, 0) * 60) + Minute);
}
