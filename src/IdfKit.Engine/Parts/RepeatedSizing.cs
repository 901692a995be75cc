namespace IdfKit.Engine.Parts;

/// <summary>Whether sizing periods are simulated once more to size plants: each part would do that, and report it.</summary>
internal static class RepeatedSizing
{
    public static bool IsIn(Model model) => model.ObjectsOf("SimulationControl").Any(control => string.Equals(
        control.Field(5, "do_hvac_sizing_simulation_for_sizing_periods")?.Trim(), "Yes", StringComparison.OrdinalIgnoreCase));
}
