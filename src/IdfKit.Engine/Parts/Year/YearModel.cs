using System.Globalization;

namespace IdfKit.Engine.Parts.Year;

/// <summary>What a model says of its year.</summary>
/// <param name="Period">The days of its run period.</param>
/// <param name="ShadingDays">How many days EnergyPlus takes one position of the sun for.</param>
internal sealed record YearModel(YearPeriod Period, int ShadingDays)
{
    // Places in IDF, and keys in epJSON.
    private static readonly (int Field, string Key)[] Dates =
    [
        (1, "begin_month"), (2, "begin_day_of_month"), (3, "begin_year"), (4, "end_month"), (5, "end_day_of_month"), (6, "end_year"),
    ];

    private const int DefaultShadingDays = 20;
    private const int YearWithoutWeekday = 2017; // 25.2

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <returns>What it says; or why that cannot be divided, as the rest of a sentence.</returns>
    public static (YearModel? Year, string? WhyNot) Of(Model model)
    {
        var run = model.ObjectsOf("RunPeriod")[0];
        var numbers = Dates.Select(date => Number(run.Field(date.Field, date.Key))).ToArray();
        if (numbers.Any(number => number is null)) return (null, EngineSentences.UnclearYear);
        var (begin, end) = (new YearDate(numbers[0]!.Value, numbers[1]!.Value), new YearDate(numbers[3]!.Value, numbers[4]!.Value));
        var (beginYear, endYear) = (numbers[2]!.Value, numbers[5]!.Value);
        if (!begin.IsReal || !end.IsReal || beginYear is < 0 or > 9998 || (beginYear == 0 && endYear > 0))
            return (null, EngineSentences.UnclearYear);
        var runsOver = end.DayOfYear < begin.DayOfYear ? 1 : 0;
        if (beginYear > 0 && endYear > 0 && endYear - beginYear != runsOver) return (null, EngineSentences.SeveralYears);
        if (IsYes(run.Field(13, "treat_weather_as_actual"))) return (null, EngineSentences.ActualWeather);
        if (WeekdayOf(run, begin, beginYear) is not { } weekday) return (null, EngineSentences.UnclearWeekday);
        return ShadingOf(model) is { } days
            ? (new(YearPeriod.Of(begin, end, weekday) with { Year = beginYear > 0 ? beginYear : null }, days), null)
            : (null, EngineSentences.UnclearShading);
    }

    /// <summary>That of 2017 where nothing is said; null where what is said is no weekday, or not that of the year.</summary>
    private static DayOfWeek? WeekdayOf(ModelObject run, YearDate begin, int year)
    {
        DayOfWeek? ofYear = year > 0 ? new DateOnly(year, begin.Month, begin.Day).DayOfWeek : null;
        var said = run.Field(7, "day_of_week_for_start_day")?.Trim();
        if (string.IsNullOrEmpty(said)) return ofYear ?? new DateOnly(YearWithoutWeekday, begin.Month, begin.Day).DayOfWeek;
        var isWeekday = Enum.GetNames<DayOfWeek>().Contains(said, StringComparer.OrdinalIgnoreCase);
        if (!isWeekday) return null;
        var weekday = Enum.Parse<DayOfWeek>(said, ignoreCase: true);
        return ofYear is null || ofYear == weekday ? weekday : null;
    }

    private static int? ShadingOf(Model model)
    {
        if (model.ObjectsOf("ShadowCalculation") is not [var shadow, ..]) return DefaultShadingDays;
        var method = shadow.Field(1, "shading_calculation_update_frequency_method")?.Trim();
        if (string.Equals(method, "Timestep", StringComparison.OrdinalIgnoreCase)) return 1;
        if (shadow.Field(2, "shading_calculation_update_frequency") is not { } text) return DefaultShadingDays;
        return Number(text) is > 0 and <= YearDate.DaysOfYear and var days ? days : null;
    }

    private static bool IsYes(string? text) => string.Equals(text?.Trim(), "Yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>0 for none; null for what is no whole number.</summary>
    private static int? Number(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return 0;
        var isNumber = double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && number is >= 0 and <= 9999 && number == Math.Floor(number) ? (int)number : null;
    }
}
