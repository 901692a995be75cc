using System.Globalization;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// How long EnergyPlus may take for a model, as far as its text says it. Twelve models with transfer functions for conduction took 0.1 to
/// 0.4 s of a processor for each zone and each step within an hour, over a year (25.2). Networks of air flow take several times that, and
/// finite differences at least 20 steps; how long they really take is seen when they run.
/// </summary>
internal static class YearExpectation
{
    private const double MostSeconds = 0.4;
    private const int StepsWithoutObject = 4, DefaultSteps = 6, StepsOfDifferences = 20; // 25.2
    private const int TimesOfAirflow = 3;

    /// <param name="model">The staged copy, expanded.</param>
    /// <param name="days">How many are simulated.</param>
    /// <returns>Rather more than an ordinary model takes.</returns>
    public static TimeSpan Of(Model model, int days) =>
        TimeSpan.FromSeconds(MostSeconds * model.ObjectsOf("Zone").Count * StepsOf(model) * (HasAirflow(model) ? TimesOfAirflow : 1)
            * days / YearDate.DaysOfYear);

    /// <summary>How many steps an hour has.</summary>
    public static int StepsOf(Model model) =>
        HasDifferences(model) ? Math.Max(StepsOfDifferences, AskedSteps(model)) : AskedSteps(model);

    private static bool HasDifferences(Model model) =>
        model.ObjectsOf("HeatBalanceAlgorithm").Concat(model.ObjectsOfAny("SurfaceProperty:HeatTransferAlgorithm")).Any(
            item => item.Texts.Any(text => text.Trim().StartsWith("ConductionFiniteDifference", StringComparison.OrdinalIgnoreCase)));

    private static bool HasAirflow(Model model) => model.ObjectsOf("AirflowNetwork:SimulationControl").Any(item =>
        item.Field(1, "airflownetwork_control")?.Trim().StartsWith("Multizone", StringComparison.OrdinalIgnoreCase) is true);

    private static int AskedSteps(Model model)
    {
        if (model.ObjectsOf("Timestep") is not [var step, ..]) return StepsWithoutObject;
        var text = step.Field(0, "number_of_timesteps_per_hour");
        return double.TryParse(text?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var steps) && steps is >= 1 and <= 60
            ? (int)steps
            : DefaultSteps;
    }
}
