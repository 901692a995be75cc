using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Rules that give a day by its weekday, such as <c>1st Monday in September</c>. EnergyPlus makes dates of them once, of the year in which
/// a run period begins, and keeps these behind new year (25.2): a segment that begins there would have other ones.
/// </summary>
internal static partial class YearRules
{
    private const int FirstHoliday = 5; // of the weather file's line: its name, and its date behind it

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="holidays">The line of the weather file; null: none.</param>
    public static bool AreIn(Model model, string? holidays)
    {
        var period = model.ObjectsOf("RunPeriod")[0];
        var takesHolidays = !Says(period, 8, "use_weather_file_holidays_and_special_days", "No");
        var takesDaylightSaving = !Says(period, 9, "use_weather_file_daylight_saving_period", "No");
        return Says(period, 10, "apply_weekend_holiday_rule", "Yes")
            || (holidays?.Split(',') ?? []).Where(
                (text, at) => at >= FirstHoliday ? takesHolidays && at % 2 == 0 : takesDaylightSaving && at > 1).Any(IsRule)
            || model.ObjectsOf("RunPeriodControl:SpecialDays").Any(day => IsRule(day.Field(1, "start_date")))
            || model.ObjectsOf("RunPeriodControl:DaylightSavingTime").Any(
                saving => IsRule(saving.Field(0, "start_date")) || IsRule(saving.Field(1, "end_date")));
    }

    private static bool Says(ModelObject period, int at, string name, string word) =>
        string.Equals(period.Field(at, name)?.Trim(), word, StringComparison.OrdinalIgnoreCase);

    private static bool IsRule(string? date) => date is not null && Weekday().IsMatch(date);

    // EnergyPlus looks at three letters.
    [GeneratedRegex(@"\b(SUN|MON|TUE|WED|THU|FRI|SAT)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();
}
