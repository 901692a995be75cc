using System.Globalization;

using IdfKit.Engine.Models;
using IdfKit.Engine.Parts.Programs;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Models whose year is not divided, because they remember more than a lead-in brings back. Measured are Kiva, green roofs, a counter in a
/// GlobalVariable and a large battery on one-zone (25.2); the others follow from what the objects do.
/// </summary>
internal static class YearRefusals
{
    private const string Ground = "the ground around it takes years to settle";
    private const string Store = "a store may be full or empty for longer than the days that are simulated beforehand";
    private const string Begin = "it runs programs once when a run begins, which each part of a year does";
    private const string Program = "a program may remember anything from one day to the next";
    private const string Season = "with a scheduled minimum of flow, runs that begin in another season were seen to differ";
    private const string Random = "it draws numbers at random, of which each part of a year has its own";
    private const string Moisture = "moisture in walls takes longer to settle than the days that are simulated beforehand";
    private const string Ageing = "it changes with the time that has gone by since the run began";

    private const string Terminals = "AirTerminal:SingleDuct:VAV:";

    // Beginnings of class names.
    private static readonly (string Class, string Why)[] All =
    [
        ("Foundation:Kiva", Ground),
        ("Site:GroundDomain:", Ground),
        ("GroundHeatExchanger:", Ground),
        ("PipingSystem:Underground:", Ground),
        ("Pipe:Underground", Ground),
        ("ZoneEarthtube:Parameters", Ground), // of its vertical model
        ("Material:RoofVegetation", "the moisture of its soil takes longer to settle than the days that are simulated beforehand"),
        ("MaterialProperty:PhaseChangeHysteresis", "its state depends on all that went before"),
        ("ElectricLoadCenter:Storage:", Store),
        ("Generator:FuelCell:ElectricalStorage", Store),
        ("ThermalStorage:", Store),
        ("Coil:Cooling:DX:SingleSpeed:ThermalStorage", Store),
        ("WaterHeater:Stratified", Store),
        ("SolarCollector:FlatPlate:", Store),
        ("SolarCollector:IntegralCollectorStorage", Store),
        ("SwimmingPool:Indoor", Store),
        ("WaterUse:Storage", Store),
        ("WaterUse:RainCollector", Store),
        .. PeriodPlanner.Remembering.Select(start => (start, Program)),
        ("DemandManager:", "it takes turns that go on from day to day"),
        ("AirflowNetwork:OccupantVentilationControl", Random),
        ("FaultModel:Fouling", Ageing),
        ("ZoneContaminantSourceAndSink:Generic:DecaySource", Ageing),
    ];

    /// <summary>What there are files or tables of that no segment has as a whole, and nothing joins.</summary>
    private static readonly string[] Joint =
    [
        .. PeriodPlanner.Joint, "RunPeriod:",
        "Output:Meter:Cumulative", // adds up from the first day of each segment
    ];

    /// <param name="model">The staged copy, expanded.</param>
    /// <returns>Why its year is not divided, as the rest of a sentence; null where nothing speaks against it.</returns>
    public static string? WhyNot(Model model)
    {
        if (!model.AsksForRunPeriod) return EngineSentences.NoYear;
        if (model.ObjectsOf("RunPeriod").Count > 1) return EngineSentences.PeriodsFirst;
        if (model.EndsInsideObject) return EngineSentences.NotClosed; // EnergyPlus may refuse it, and would not refuse a segment of it
        if (model.Needs != 0) return EngineSentences.NotExpanded;
        if (new OutputSettings(model) is { IsEsoOff: true } or { IsMtrOff: true } or { IsEioOff: true }) return EngineSentences.NoSeries;
        if (SizesWithMore(model)) return EngineSentences.NotSteady;
        foreach (var (start, why) in All)
            if (model.ObjectsOfAny(start).FirstOrDefault() is { } found) return EngineSentences.Remembers(found.ClassName, why);
        foreach (var start in Joint)
            if (model.ObjectsOfAny(start).FirstOrDefault() is { } found) return EngineSentences.NotOfSegments(found.ClassName);
        if (DailyImpact(model) is { } impact) return EngineSentences.NotOfSegments(impact.ClassName);
        if (CalledAtBegin(model) is { } manager) return EngineSentences.Remembers(manager.ClassName, Begin);
        if (ErlMemory.Of(model) is { } program) return EngineSentences.Remembers(program.ClassName, Program);
        if (ErlCalendar.Of(model) is var (reader, word)) return EngineSentences.ReadsOtherwise(reader.ClassName, word);
        if (YearOutputs.AskedBySchedule(model) is { } variable) return EngineSentences.ReportedBySchedule(variable);
        if (ScheduledTerminal(model) is { } terminal) return EngineSentences.Remembers(terminal.ClassName, Season);
        if (WithMoisture(model) is { } algorithm) return EngineSentences.Remembers(algorithm.ClassName, Moisture);
        if (ManualSteps(model) is { } lighting) return EngineSentences.Remembers(lighting.ClassName, Random);
        return HasRunningMean(model)
            ? EngineSentences.Remembers("People", "the running mean of CEN 15251 needs a month")
            : null;
    }

    /// <summary>It reports every meter of a building by the day, as parts do, whose series would be taken out for theirs.</summary>
    private static ModelObject? DailyImpact(Model model) => model.ObjectsOf("Output:EnvironmentalImpactFactors").FirstOrDefault(
        item => item.Field(0, "reporting_frequency")?.Trim().StartsWith("Daily", StringComparison.OrdinalIgnoreCase) is true);

    private static bool SizesWithMore(Model model) =>
        model.Plan is { RepeatsSizing: true } or { RunsSizingPeriods: true, WeatherDesignDays: > 0 };

    private static ModelObject? CalledAtBegin(Model model) => model.ObjectsOf("EnergyManagementSystem:ProgramCallingManager")
        .FirstOrDefault(item => item.Field(1, "energyplus_model_calling_point") is { } point
            && (Begins(point, "BeginNewEnvironment") || Begins(point, "AfterNewEnvironmentWarmUpIsComplete")));

    /// <summary>Seen on a small office: 5 % of heating, and no difference where parts met in July.</summary>
    private static ModelObject? ScheduledTerminal(Model model) => model.ObjectsOfAny(Terminals).FirstOrDefault(item =>
        string.Equals(item.Field(5, "zone_minimum_air_flow_input_method")?.Trim(), "Scheduled", StringComparison.OrdinalIgnoreCase)
        || !string.IsNullOrWhiteSpace(item.Field(TurndownOf(item.ClassName), "minimum_air_flow_turndown_schedule_name")));

    /// <summary>Where the name of the schedule of turndown stands in IDF (25.2); nowhere in classes without one.</summary>
    private static int TurndownOf(string className) => className[Terminals.Length..].ToUpperInvariant() switch
    {
        "REHEAT" => 20,
        "NOREHEAT" => 10,
        "REHEAT:VARIABLESPEEDFAN" => 14,
        "HEATANDCOOL:REHEAT" => 13,
        "HEATANDCOOL:NOREHEAT" => 6,
        _ => int.MaxValue,
    };

    /// <summary>The algorithm of all walls or of some, by which they hold moisture: no humidity is compared behind seams.</summary>
    private static ModelObject? WithMoisture(Model model) =>
        model.ObjectsOf("HeatBalanceAlgorithm").Concat(model.ObjectsOfAny("SurfaceProperty:HeatTransferAlgorithm"))
            .FirstOrDefault(item => item.Texts.Any(
                text => Begins(text, "CombinedHeatAndMoisture") || Begins(text, "MoisturePenetrationDepth")));

    /// <summary>Where somebody does not always switch the lights as they are needed, EnergyPlus draws when (25.2).</summary>
    private static ModelObject? ManualSteps(Model model) => model.ObjectsOf("Daylighting:Controls").FirstOrDefault(item =>
        item.Field(4, "lighting_control_type") is { } type && Begins(type, "Stepped")
        && double.TryParse(
            item.Field(8, "probability_lighting_will_be_reset_when_needed_in_manual_stepped_control"),
            CultureInfo.InvariantCulture, out var probability)
        && probability < 1);

    private static bool HasRunningMean(Model model) =>
        model.ObjectsOf("People").Any(item => item.Texts.Any(text => Begins(text, "AdaptiveCEN15251")))
        || model.ObjectsOf("Output:Variable").Any(item => item.Texts.Any(
            text => text.Contains("CEN 15251", StringComparison.OrdinalIgnoreCase)));

    private static bool Begins(string text, string with) => text.AsSpan().Trim().StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
