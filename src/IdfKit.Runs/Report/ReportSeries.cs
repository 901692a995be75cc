using IdfKit.Engine;
using IdfKit.Engine.Preparation;

namespace IdfKit.Runs.Report;

/// <summary>Which of a run's series its page shows.</summary>
internal static class ReportSeries
{
    public const string Electricity = "Electricity:Facility";

    private static readonly string[] TemperatureNames = ["Zone Mean Air Temperature", "Zone Air Temperature"];

    public static bool IsMeter(ResultVariable variable) => variable.IsMeter && variable.Units == "J" && IsOften(variable)
        && (IsElectricity(variable) || MeterNames.UseOf(variable.Name) is not null);

    public static bool IsElectricity(ResultVariable variable) =>
        variable.Frequency is not ResultFrequency.Monthly && variable.Name.Equals(Electricity, StringComparison.OrdinalIgnoreCase);

    public static bool IsTemperature(ResultVariable variable) => variable is { IsMeter: false, Units: "C" }
        && variable.Frequency is ResultFrequency.Hourly or ResultFrequency.Timestep
        && TemperatureNames.Contains(variable.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsOften(ResultVariable variable) =>
        variable.Frequency is ResultFrequency.Monthly or ResultFrequency.Hourly or ResultFrequency.Timestep;
}
