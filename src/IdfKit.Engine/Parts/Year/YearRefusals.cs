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

    private const string Gradient = "when it starts depends on the days before, back to the first";
    private const string Buffer = "its water may stay as warm or as cold for longer than the days that are simulated beforehand";
    private const string Before = "it follows what was before for longer than the days that are simulated beforehand";

    private const string Terminals = "AirTerminal:SingleDuct:VAV:";
    private const double MostOfFirstDay = 0.05; // that the last lead-in day may have of it
    private const double SecondsOfLoop = 600, MostOfLoop = 2; // m³ where its flow is sized; EnergyPlus' own volume is that of two minutes
    private const double MostOfPreviousStep = 0.99;

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
        if (ReportsWarmup(model)) return EngineSentences.NotOfSegments("ReportDuringWarmup in Output:Diagnostics");
        if (CalledAtBegin(model) is { } manager) return EngineSentences.Remembers(manager.ClassName, Begin);
        if (ErlMemory.Of(model) is { } program) return EngineSentences.Remembers(program.ClassName, Program);
        if (ErlCalendar.Of(model) is var (reader, word)) return EngineSentences.ReadsOtherwise(reader.ClassName, word);
        if (YearOutputs.AskedBySchedule(model) is { } variable) return EngineSentences.ReportedBySchedule(variable);
        if (ScheduledTerminal(model) is { } terminal) return EngineSentences.Remembers(terminal.ClassName, Season);
        if (OfSlow(model) is var (slow, how)) return EngineSentences.Remembers(slow.ClassName, how);
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

    /// <summary>Objects that remember for long by what stands in one of their fields.</summary>
    private static (ModelObject Item, string Why)? OfSlow(Model model)
    {
        // The other algorithms remember nothing; this one adds to its gradient what a day without a start leaves, too.
        if (model.ObjectsOf("AvailabilityManager:OptimumStart").FirstOrDefault(item =>
                item.Field(7, "control_algorithm") is { } algorithm && Begins(algorithm, "AdaptiveTemperatureGradient")) is { } start)
            return (start, Gradient);
        if (model.ObjectsOf("PlantLoop").FirstOrDefault(item => IsBuffer(item, "plant_loop_volume")) is { } plant) return (plant, Buffer);
        if (model.ObjectsOf("CondenserLoop").FirstOrDefault(item => IsBuffer(item, "condenser_loop_volume")) is { } loop)
            return (loop, Buffer);
        if (model.ObjectsOf("SurfaceProperty:OtherSideCoefficients").FirstOrDefault(item =>
                Number(item, 11, "previous_other_side_temperature_coefficient") > MostOfPreviousStep) is { } side)
            return (side, Before);
        return RunningMean(model, "ZoneHVAC:LowTemperatureRadiant:ConstantFlow:Design", 5, 6) is { } radiant ? (radiant, Before) : null;
    }

    private static bool IsBuffer(ModelObject loop, string volume) => Number(loop, 9, volume) is { } cubicMetres
        && cubicMetres > (Number(loop, 7, "maximum_loop_flow_rate") is { } flow ? SecondsOfLoop * flow : MostOfLoop);

    /// <summary>Of which the first day of a lead-in counts for more than a little behind it.</summary>
    private static ModelObject? RunningMean(Model model, string className, int type, int factor) =>
        model.ObjectsOf(className).FirstOrDefault(item =>
            item.Field(type, "temperature_control_type") is { } control && Begins(control, "RunningMeanOutdoorDryBulbTemperature")
            && Number(item, factor, "running_mean_outdoor_dry_bulb_temperature_weighting_factor") is { } weight
            && Math.Pow(weight, YearPlanner.LeadIn) > MostOfFirstDay);

    private static double? Number(ModelObject item, int field, string key) => double.TryParse(
        item.Field(field, key)?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Days of warm-up come as further environments then, of which parts have more than a whole year.</summary>
    private static bool ReportsWarmup(Model model) => model.ObjectsOf("Output:Diagnostics").Any(item => item.Texts.Any(
        text => string.Equals(text.Trim(), "ReportDuringWarmup", StringComparison.OrdinalIgnoreCase)));

    private static bool HasRunningMean(Model model) =>
        model.ObjectsOf("People").Any(item => item.Texts.Any(text => Begins(text, "AdaptiveCEN15251")))
        || model.ObjectsOf("Output:Variable").Any(item => item.Texts.Any(
            text => text.Contains("CEN 15251", StringComparison.OrdinalIgnoreCase)));

    private static bool Begins(string text, string with) => text.AsSpan().Trim().StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
