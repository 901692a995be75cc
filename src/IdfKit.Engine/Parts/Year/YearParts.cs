using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts.Year;

/// <summary>A year as parts that a <see cref="PartsRunner"/> runs.</summary>
/// <param name="Parts">The parts; or why there are none.</param>
/// <param name="Plan">Their days; null where there are none.</param>
internal sealed record YearParts(PartPlan Parts, YearPlan? Plan)
{
    private const int LargestText = 16 << 20;
    private const int LongestHeader = 64 << 10;

    // A split costs up to 0.9 s of sizing and warm-up for each part.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="request">How it is to be run.</param>
    /// <param name="room">What the machine has to spare.</param>
    /// <param name="expected">How long the plain run would take; null where nobody knows.</param>
    public static YearParts Of(Model model, EngineRequest request, PartRoom room, TimeSpan? expected)
    {
        if (WhyNot(model, request, room, expected) is { } why) return Refused(why);
        var (year, unclear) = YearModel.Of(model);
        if (year is null) return Refused(unclear!);
        var plan = YearPlanner.Plan(year.Period, year.ShadingDays, room.Processors);
        if (plan.Segments.Count < 2) return Refused(EngineSentences.NotWorthParts(year.Period.Days));
        var parts = plan.Segments.Select((segment, index) => new RunPart(NameOf(plan, segment), YearText.Of(model, plan, index)));
        return new(PartPlan.Of([.. parts], room.Processors), plan);
    }

    private static string? WhyNot(Model model, EngineRequest request, PartRoom room, TimeSpan? expected) => request switch
    {
        { DesignDay: true } or { WeatherPath: null } => EngineSentences.NoYear,
        { Annual: true } => EngineSentences.AsksForMore("the whole weather file"),
        { ReadVars: true } => EngineSentences.AsksForMore("the files of ReadVarsESO"),
        { ExtraArguments.Count: > 0 } => EngineSentences.AsksForMore("arguments of its own"),
        _ when model.Text.Length > LargestText => EngineSentences.TooLargeForParts,
        _ when YearRefusals.WhyNot(model) is { } bound => bound,
        _ when room.WhyNot is { } crowded => crowded,
        _ when expected < Least => EngineSentences.SoonDone((int)Least.TotalSeconds),
        _ when HasLeapYear(request.WeatherPath!) => EngineSentences.LeapWeather,
        _ => null,
    };

    /// <summary>Whether the file's head says that it has a 29 February.</summary>
    private static bool HasLeapYear(string path)
    {
        const string Mark = "HOLIDAYS/DAYLIGHT SAVINGS";
        var head = new byte[LongestHeader];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var line = ResultBytes.Decode(head.AsSpan(0, length)).Split('\n')
            .FirstOrDefault(line => line.TrimStart().StartsWith(Mark, StringComparison.OrdinalIgnoreCase));
        return line?.Split(',') is [_, var isLeap, ..] && isLeap.Trim().StartsWith('Y');
    }

    private static string NameOf(YearPlan plan, YearSegment segment)
    {
        var (first, last) = (plan.Period.DateOf(segment.KeptFirst), plan.Period.DateOf(segment.KeptLast));
        return FormattableString.Invariant($"{first.Month:00}-{first.Day:00} to {last.Month:00}-{last.Day:00}");
    }

    private static YearParts Refused(string why) => new(PartPlan.Refused(why), null);
}
