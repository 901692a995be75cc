using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Charts;

/// <summary>
/// Lying bars on one scale, for the rows of a table: a whisker from the least to the most with a box between, over a band that is good.
/// </summary>
/// <param name="From">Where the scale begins.</param>
/// <param name="To">Where it ends.</param>
internal readonly record struct RangeScale(double From, double To)
{
    private const double Step = 5;

    /// <summary>The scale that holds all of some numbers, to the next 5; of what is no number, or far away, it takes no notice.</summary>
    /// <param name="values">Some numbers.</param>
    /// <param name="farthest">The numbers that may be on it.</param>
    public static RangeScale Of(IEnumerable<double> values, (double From, double To) farthest)
    {
        var (from, to) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
            (from, to) = (Math.Min(from, value), Math.Max(to, value));
        from = Math.Clamp(Math.Floor(from / Step) * Step, farthest.From, farthest.To - Step);
        to = Math.Clamp(Math.Ceiling(to / Step) * Step, from + Step, farthest.To);
        return new(from, to);
    }

    /// <summary>Writes a bar; the row has its figures, so that it is nothing to who hears the page.</summary>
    public void Write(HtmlWriter html, (double Least, double Low, double High, double Most) range, (double From, double To) good)
    {
        html.Write("""<svg class="range" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">""");
        html.Write($"""<rect class="band" x="{At(good.From):0.#}" width="{Width(good.From, good.To):0.#}" height="10"/>""");
        html.Write($"""<line class="whisk" x1="{At(range.Least):0.#}" x2="{At(range.Most):0.#}" y1="5" y2="5"/>""");
        html.Write($"""<rect class="c1" x="{At(range.Low):0.#}" y="2.5" width="{Width(range.Low, range.High):0.#}" height="5"/></svg>""");
    }

    private double At(double value) => double.IsNaN(value) ? 0 : (Math.Clamp(value, From, To) - From) / (To - From) * 100;

    private double Width(double from, double to) => Math.Max(0, At(to) - At(from));
}
