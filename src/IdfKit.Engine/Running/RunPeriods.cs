using System.Globalization;

namespace IdfKit.Engine.Running;

/// <summary>
/// How long the run periods of a model are. EnergyPlus prints the day it is at, not the last one, so the model is read for it,
/// once, when the first run period begins. Where it does not tell, the period is taken to end with the year.
/// </summary>
internal sealed class RunPeriods(string modelPath)
{
    private Dictionary<string, (int Month, int Day, int? Year)>? _lastDays;

    public DateOnly LastDay(string environment, DateOnly first)
    {
        _lastDays ??= Read(modelPath);
        var endOfYear = new DateOnly(first.Year, 12, 31);
        if (!_lastDays.TryGetValue(environment, out var last)) return endOfYear;
        var year = last.Year ?? ((last.Month, last.Day).CompareTo((first.Month, first.Day)) < 0 ? first.Year + 1 : first.Year);
        if (year is < 1 or > 9999 || last.Month is < 1 or > 12 || last.Day < 1) return endOfYear;
        var day = new DateOnly(year, last.Month, Math.Min(last.Day, DateTime.DaysInMonth(year, last.Month)));
        return day < first ? endOfYear : day;
    }

    /// <summary>RunPeriod (9.x and later): name, begin month, day, year, end month, day, year.</summary>
    private static Dictionary<string, (int, int, int?)> Read(string path)
    {
        var periods = new Dictionary<string, (int, int, int?)>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var period in Model.ReadFile(path).ObjectsOf("RunPeriod"))
                if (period.Name is { } name
                    && Number(period.Field(4, "end_month")) is { } month
                    && Number(period.Field(5, "end_day_of_month")) is { } day)
                {
                    periods[name.Trim()] = (month, day, Number(period.Field(6, "end_year")));
                }
        }
        // EnergyPlus reads it after all; only the percentage is lost
        catch (Exception e) when (e is IOException or ModelSyntaxException) { return periods; }
        return periods;
    }

    private static int? Number(string? field) =>
        int.TryParse(field?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
