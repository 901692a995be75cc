namespace IdfKit.Runs.Charts;

/// <summary>One colour of a chart of bars.</summary>
/// <param name="Name">Such as <c>Heating (natural gas)</c>.</param>
/// <param name="Colour">A class of the page's style.</param>
/// <param name="Values">One for each bar.</param>
internal sealed record BarSeries(string Name, string Colour, IReadOnlyList<double> Values)
{
    /// <summary>What a bar can show: neither less than nothing nor what is no number.</summary>
    public double Shown(int at) => at < Values.Count && double.IsFinite(Values[at]) && Values[at] > 0 ? Values[at] : 0;
}
