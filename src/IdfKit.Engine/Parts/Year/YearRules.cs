namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Rules that give a day by its weekday, such as <c>1st Monday in September</c>. EnergyPlus makes dates of them once, of the year in which
/// a run period begins, and keeps these behind new year (25.2): a segment that begins there would have other ones.
/// </summary>
internal static class YearRules
{
    private static readonly string[] Classes = ["RunPeriodControl:SpecialDays", "RunPeriodControl:DaylightSavingTime"];

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="holidays">The line of the weather file; null: none.</param>
    public static bool AreIn(Model model, string? holidays)
    {
        var movesHolidays = model.ObjectsOf("RunPeriod")[0].Field(10, "apply_weekend_holiday_rule")?.Trim();
        return string.Equals(movesHolidays, "Yes", StringComparison.OrdinalIgnoreCase)
            || IsRule(holidays ?? "")
            || Classes.SelectMany(model.ObjectsOf).Any(item => item.Texts.Any(IsRule));
    }

    private static bool IsRule(string text) =>
        Enum.GetNames<DayOfWeek>().Any(day => text.Contains(day, StringComparison.OrdinalIgnoreCase));
}
