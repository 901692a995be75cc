using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts.Year;

/// <summary>A year as parts that a <see cref="PartsRunner"/> runs.</summary>
/// <param name="Parts">The parts; or why there are none.</param>
/// <param name="Plan">Their days; null where there are none.</param>
internal sealed record YearParts(PartPlan Parts, YearPlan? Plan)
{
    private const int LargestTexts = 64 << 20; // of all parts
    private const int LongestHeader = 64 << 10;

    // ShadowCalculation has had its fields in this order since then.
    private static readonly EnergyPlusVersion Earliest = new(9, 4);

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="request">How it is to be run.</param>
    /// <param name="room">What the machine has to spare.</param>
    /// <param name="version">Of the EnergyPlus that runs it.</param>
    /// <param name="time">How long it may take.</param>
    public static YearParts Of(Model model, EngineRequest request, PartRoom room, EnergyPlusVersion version, YearTime time)
    {
        if (WhyNot(model, request, version) is { } why) return Refused(why);
        var (year, unclear) = YearModel.Of(model);
        if (year is null) return Refused(unclear!);
        if (room.WhyNot is { } crowded) return Refused(crowded);
        var expected = YearExpectation.Of(model, year.Period.Days);
        if (expected < time.Least) return Refused(EngineSentences.SoonDone(time.Least.TotalSeconds));
        var plan = YearPlanner.Plan(year.Period, year.ShadingDays, room.Processors);
        if (plan.Segments.Count < 2) return Refused(EngineSentences.NotWorthParts(year.Period.Days));
        if (plan.BeginsBehindNewYear && YearRules.AreIn(model, HolidaysOf(request.WeatherPath!)))
            return Refused(EngineSentences.RulesOfYear);
        if (time.WhyNot(plan, expected) is { } late) return Refused(late);
        if ((long)model.Text.Length * plan.Segments.Count > LargestTexts) return Refused(EngineSentences.TooLargeForParts);
        var added = YearOutputs.Missing(model, version);
        var parts = plan.Segments.Select(
            (segment, index) => new RunPart(NameOf(plan, segment), YearText.Of(model, plan, index, added)));
        return new(PartPlan.Of([.. parts], room.Processors), plan);
    }

    private static string? WhyNot(Model model, EngineRequest request, EnergyPlusVersion version) => request switch
    {
        { DesignDay: true } or { WeatherPath: null } => EngineSentences.NoYear,
        { Annual: true } => EngineSentences.AsksForMore("the whole weather file"),
        { ReadVars: true } => EngineSentences.AsksForMore("the files of ReadVarsESO"),
        { ExtraArguments.Count: > 0 } => EngineSentences.AsksForMore("arguments of its own"),
        _ when version < Earliest => EngineSentences.EarlierVersion(Earliest.ToString()),
        _ when YearRefusals.WhyNot(model) is { } bound => bound,
        _ when !ReportMeters.FuelsOf(model, version).Any() => EngineSentences.NoFuel,
        _ when HasLeapYear(request.WeatherPath!) => EngineSentences.LeapWeather,
        _ => null,
    };

    /// <summary>Whether the file's head says that it has a 29 February.</summary>
    private static bool HasLeapYear(string path) =>
        HolidaysOf(path)?.Split(',') is [_, var isLeap, ..] && isLeap.Trim().StartsWith('Y');

    /// <summary>What the file's head says of leap years, daylight saving and holidays; null: nothing.</summary>
    private static string? HolidaysOf(string path)
    {
        const string Mark = "HOLIDAYS/DAYLIGHT SAVINGS";
        var head = new byte[LongestHeader];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return ResultBytes.Decode(head.AsSpan(0, length)).Split('\n')
            .FirstOrDefault(line => line.TrimStart().StartsWith(Mark, StringComparison.OrdinalIgnoreCase));
    }

    private static string NameOf(YearPlan plan, YearSegment segment)
    {
        var (first, last) = (plan.Period.DateOf(segment.KeptFirst), plan.Period.DateOf(segment.KeptLast));
        return FormattableString.Invariant($"{first.Month:00}-{first.Day:00} to {last.Month:00}-{last.Day:00}");
    }

    private static YearParts Refused(string why) => new(PartPlan.Refused(why), null);
}
