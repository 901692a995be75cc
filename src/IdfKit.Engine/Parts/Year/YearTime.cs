namespace IdfKit.Engine.Parts.Year;

/// <summary>How long a year has to take at least, and may take at most, to be divided.</summary>
/// <param name="Least">A run that is expected to take less is not divided.</param>
/// <param name="Left">Parts that differ are followed by the whole year: both are expected to fit in here.</param>
internal readonly record struct YearTime(TimeSpan Least, TimeSpan Left)
{
    /// <summary>What a run has to take at least: a split costs up to 0.9 s of sizing and warm-up for each part.</summary>
    public static TimeSpan LeastExpected { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Why there is no time for a plan and for the whole year after it, as the rest of a sentence; null where there is.</summary>
    public string? WhyNot(YearPlan plan, TimeSpan expected)
    {
        var longest = expected * plan.Segments.Max(segment => segment.Days) / plan.Period.Days;
        return expected + longest > Left ? EngineSentences.NoTimeTwice(Left.TotalSeconds, expected.TotalSeconds) : null;
    }

    /// <summary>
    /// The same of parts that run: at their pace there is no time for the whole year after them, and there still is for it alone. Where
    /// there is not, they had better go on.
    /// </summary>
    /// <param name="plan">The year, all of whose parts run at once.</param>
    /// <param name="share">How much of them is simulated, on the average; more than 0.</param>
    /// <param name="elapsed">What that took.</param>
    public string? WhyNot(YearPlan plan, double share, TimeSpan elapsed)
    {
        var together = elapsed / share;
        var whole = together * plan.Segments.Count * plan.Period.Days / plan.SimulatedDays;
        return together + whole > Left && elapsed + whole <= Left
            ? EngineSentences.NoTimeTwice((Left - elapsed).TotalSeconds, whole.TotalSeconds)
            : null;
    }
}
