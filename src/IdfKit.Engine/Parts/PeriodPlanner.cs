using System.Text;
using System.Text.RegularExpressions;

using IdfKit.Engine.Parts.Programs;

namespace IdfKit.Engine.Parts;

/// <summary>
/// Plans a model with several run periods as one part for each. Only the first simulates sizing periods; all size, which gives each the
/// same sizes.
/// </summary>
internal static partial class PeriodPlanner
{
    /// <summary>Of what is run side by side and of the join: to be raised when the same model gives other results.</summary>
    public const string Form = "periods/3";

    private const int Most = 64;
    private const int LargestTexts = 64 << 20; // of all parts
    private const int LongestNumber = 20;

    /// <summary>What has a memory of its own that EnergyPlus does not, or may not, clear when a run period begins.</summary>
    internal static readonly string[] Remembering = ["PythonPlugin:", "ExternalInterface", "EnergyManagementSystem:GlobalVariable",
        "EnergyManagementSystem:TrendVariable", "HybridModel:"];

    /// <summary>Files of all environments together that nothing here joins.</summary>
    internal static readonly string[] Joint = ["Output:JSON", "Output:DaylightFactors", "Output:IlluminanceMap"];

    private const string OtherPeriods = "RunPeriod:";
    private const string Trace = "Output:EnergyManagementSystem";

    /// <summary>Whether parts come into question at all; costs nothing.</summary>
    public static bool IsForParts(Model model, EngineRequest request) =>
        model.Plan is { RunPeriods: > 1, RunsWeatherPeriods: true } && !request.DesignDay && request.WeatherPath is not null;

    /// <summary>The parts of a model with several run periods.</summary>
    /// <param name="model">The staged copy, expanded.</param>
    /// <param name="request">How it is to be run.</param>
    /// <param name="room">What the machine has to spare.</param>
    public static PartPlan Plan(Model model, EngineRequest request, PartRoom room)
    {
        if (!IsForParts(model, request)) return PartPlan.Whole;
        if (WhyNot(model, request) is { } bound) return PartPlan.Refused(bound);
        if (room.WhyNot is { } crowded) return PartPlan.Refused(crowded);
        var periods = PeriodsOf(model);
        var parts = periods.Select((period, index) =>
            new RunPart(period.Name!, PartText.Of(model, period, simulatesSizingPeriods: index == 0)));
        return PartPlan.Of([.. parts], room.Processors);
    }

    private static string? WhyNot(Model model, EngineRequest request)
    {
        if (request.Annual) return EngineSentences.AsksForMore("the whole weather file");
        if (request.ExpandObjects) return EngineSentences.NotExpanded;
        if (request.ReadVars) return EngineSentences.AsksForMore("the files of ReadVarsESO");
        if (request.ExtraArguments.Count > 0) return EngineSentences.AsksForMore("arguments of its own");
        if (WhatBinds(model) is { } bound) return bound;
        var names = PeriodsOf(model).Select(period => period.Name?.Trim() ?? "").ToList();
        if (names.Count > Most) return EngineSentences.TooMany(names.Count, Most);
        if ((long)model.Text.Length * names.Count > LargestTexts) return EngineSentences.TooLargeForParts;
        var areClear = !names.Contains("") && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count;
        if (!HasClearOrder(model, names)) return EngineSentences.UnclearOrder;
        return areClear ? null : EngineSentences.UnclearPeriods;
    }

    private static string? WhatBinds(Model model)
    {
        foreach (var start in Remembering.Append(OtherPeriods))
            if (model.ObjectsOfAny(start).FirstOrDefault() is { } binding) return EngineSentences.BoundTogether(binding.ClassName);
        foreach (var start in Joint)
            if (model.ObjectsOfAny(start).FirstOrDefault() is { } joint) return EngineSentences.OneFile(joint.ClassName);
        if (ErlCalendar.Of(model, hasItsYears: true) is var (program, word)) return EngineSentences.ReadsApart(program.ClassName, word);
        if (ErlMemory.BetweenRunPeriods(model) is { } reader) return EngineSentences.BoundTogether(reader.ClassName);
        if (model.Plan.RepeatsSizing) return EngineSentences.RepeatsSizing;
        return model.ObjectsOf(Trace).FirstOrDefault(TracesEverything) is null ? null : EngineSentences.OneFile(Trace);
    }

    /// <summary>Whether <c>.edd</c> tells of every step; else only of what there is.</summary>
    private static bool TracesEverything(ModelObject trace) => string.Equals(
        trace.Field(2, "ems_runtime_language_debug_output_level")?.Trim(), "Verbose", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// In the order in which EnergyPlus simulates them: that of the file, and in epJSON that of the names, bytewise (25.2). Numbers
    /// in names and letters beyond ASCII are ordered otherwise there, in no way that is told: <see cref="HasClearOrder"/>.
    /// </summary>
    private static IEnumerable<ModelObject> PeriodsOf(Model model)
    {
        var periods = model.ObjectsOf("RunPeriod");
        return model.Format is ModelFormat.Idf ? periods : periods.OrderBy(period => period.Name, StringComparer.Ordinal);
    }

    private static bool HasClearOrder(Model model, IReadOnlyList<string> names)
    {
        if (model.Format is ModelFormat.Idf) return true;
        var byNumber = names.OrderBy(
            name => Digits().Replace(name, found => found.Value.PadLeft(LongestNumber, '0')), StringComparer.Ordinal);
        return names.All(name => Ascii.IsValid(name)) && byNumber.SequenceEqual(names);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
