namespace IdfKit.Engine;

/// <summary>The lowest and the highest value within an interval, of the steps that EnergyPlus simulated.</summary>
/// <param name="Minimum">The lowest; NaN where the file does not say.</param>
/// <param name="MinimumAt">The end of the step that had it, in local standard time.</param>
/// <param name="Maximum">The highest; NaN where the file does not say.</param>
/// <param name="MaximumAt">The end of the step that had it, in local standard time.</param>
public readonly record struct ResultExtremes(double Minimum, DateTime MinimumAt, double Maximum, DateTime MaximumAt)
{
    /// <summary>Those of an interval of which the file says none.</summary>
    internal static ResultExtremes None(ResultTime interval) => new(double.NaN, interval.End, double.NaN, interval.End);
}
