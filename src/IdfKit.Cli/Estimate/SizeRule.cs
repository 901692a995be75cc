namespace IdfKit.Cli.Estimate;

/// <summary>
/// What a model takes of which only the text is known: lines through runs of eight models, which docs/estimates.md has with what they
/// took. A model of the same size may take a quarter, or four times as much.
/// </summary>
internal static class SizeRule
{
    private const double LeastOfDays = 0.3, DaysPerMegabyte = 2.2;
    private const double LeastOfYear = 2, YearPerMegabyte = 20;
    private const double LeastMemory = 190, MemoryPerMegabyte = 58;

    /// <summary>Seconds of a run.</summary>
    public static double SecondsOf(ModelText model) => model.IsOfYear
        ? LeastOfYear + (YearPerMegabyte * model.Megabytes)
        : LeastOfDays + (DaysPerMegabyte * model.Megabytes);

    /// <summary>The most memory that EnergyPlus takes, in MB.</summary>
    public static double MemoryOf(ModelText model) => LeastMemory + (MemoryPerMegabyte * model.Megabytes);
}
