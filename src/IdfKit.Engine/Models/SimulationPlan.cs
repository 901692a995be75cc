namespace IdfKit.Engine.Models;

/// <summary>
/// What a run of a model simulates, as EnergyPlus 25.2 decides it: what there is to simulate, and what SimulationControl says.
/// Without that object, and where a field is blank, both kinds of periods are simulated and nothing is sized.
/// </summary>
internal sealed record SimulationPlan
{
    /// <summary>RunPeriod objects.</summary>
    public int RunPeriods { get; init; }

    /// <summary>SizingPeriod:DesignDay objects.</summary>
    public int DesignDays { get; init; }

    /// <summary>
    /// SizingPeriod:WeatherFileDays and SizingPeriod:WeatherFileConditionType objects: design days out of the weather file.
    /// </summary>
    public int WeatherDesignDays { get; init; }

    /// <summary>Whether the model has a SimulationControl.</summary>
    public bool HasControl { get; init; }

    /// <summary>Whether zones, systems or plants are sized.</summary>
    public bool Sizes { get; init; }

    /// <summary>Whether design days are simulated, not only sized with.</summary>
    public bool RunsSizingPeriods { get; init; } = true;

    /// <summary>Whether run periods are simulated.</summary>
    public bool RunsWeatherPeriods { get; init; } = true;

    /// <summary>Whether sizing periods are simulated once more to size plants.</summary>
    public bool RepeatsSizing { get; init; }

    public bool SimulatesRunPeriods => RunPeriods > 0 && RunsWeatherPeriods;

    public bool SimulatesDesignDays => DesignDays + WeatherDesignDays > 0 && RunsSizingPeriods;

    /// <summary>
    /// Whether a weather file is read. Without one EnergyPlus ends with a fatal error; where it only sizes with days of a weather file,
    /// with a crash.
    /// </summary>
    public bool NeedsWeather => SimulatesRunPeriods || (WeatherDesignDays > 0 && (RunsSizingPeriods || Sizes));

    public static SimulationPlan Of(Model model)
    {
        var found = new SimulationPlan
        {
            RunPeriods = model.ObjectsOf("RunPeriod").Count,
            DesignDays = model.ObjectsOf("SizingPeriod:DesignDay").Count,
            WeatherDesignDays = model.ObjectsOf("SizingPeriod:WeatherFileDays").Count
                + model.ObjectsOf("SizingPeriod:WeatherFileConditionType").Count,
        };
        // A second one is a fatal error.
        if (model.ObjectsOf("SimulationControl") is not [var control, ..]) return found;
        return found with
        {
            HasControl = true,
            Sizes = IsYes(control.Field(0, "do_zone_sizing_calculation"))
                || IsYes(control.Field(1, "do_system_sizing_calculation"))
                || IsYes(control.Field(2, "do_plant_sizing_calculation")),
            RunsSizingPeriods = !IsNo(control.Field(3, "run_simulation_for_sizing_periods")),
            RunsWeatherPeriods = !IsNo(control.Field(4, "run_simulation_for_weather_file_run_periods")),
            RepeatsSizing = IsYes(control.Field(5, "do_hvac_sizing_simulation_for_sizing_periods")),
        };
    }

    /// <summary>The plan under EnergyPlus's -D, whatever SimulationControl says.</summary>
    public SimulationPlan ForDesignDays() => this with { RunsSizingPeriods = true, RunsWeatherPeriods = false };

    /// <summary>
    /// The plan under EnergyPlus's -a, whatever SimulationControl says: the run periods, each over the whole year. It makes none where
    /// the model has none.
    /// </summary>
    public SimulationPlan ForWholeYear() => this with { RunsSizingPeriods = false, RunsWeatherPeriods = true };

    private static bool IsYes(string? field) => string.Equals(field, "Yes", StringComparison.OrdinalIgnoreCase);

    private static bool IsNo(string? field) => string.Equals(field, "No", StringComparison.OrdinalIgnoreCase);
}
