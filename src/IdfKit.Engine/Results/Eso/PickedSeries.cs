namespace IdfKit.Engine.Results.Eso;

/// <summary>A few series of a run's longest run period.</summary>
/// <param name="Variables">What there is of what was wanted.</param>
/// <param name="Period">Their values, by the place of the variable; null when no run period was simulated.</param>
/// <param name="Periods">How many run periods there are.</param>
internal sealed record PickedSeries(IReadOnlyList<ResultVariable> Variables, PickedPeriod? Period, int Periods)
{
    public static PickedSeries None { get; } = new([], null, 0);
}
