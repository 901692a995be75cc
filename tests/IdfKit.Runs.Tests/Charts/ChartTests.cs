using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using IdfKit.Runs.Charts;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Tests.Charts;

/// <summary>Charts as SVG, read as XML.</summary>
public sealed class ChartTests
{
    private static readonly string[] Places = ["x", "y", "x1", "x2", "y1", "y2", "width", "height"];

    [Fact]
    public void Bars_stand_on_each_other_and_are_as_high_as_their_values()
    {
        var svg = Bars(["Jan", "Feb"], [new("Heating", "c0", [60, 0]), new("Fans", "c4", [40, 25])]);
        var bars = svg.Elements("rect").ToArray();
        string[] titles = ["Jan Heating: 60.0 kWh", "Jan Fans: 40.0 kWh", "Feb Fans: 25.0 kWh"];
        Assert.Equal(titles, bars.Select(bar => bar.Element("title")!.Value));
        Assert.Equal([115.2, 76.8, 48.0], bars.Select(bar => Number(bar, "height")));
        Assert.Equal(Number(bars[0], "y"), Number(bars[1], "y") + Number(bars[1], "height"), 1);
        Assert.Equal(["0", "20", "40", "60", "80", "100", "Jan", "Feb"], svg.Elements("text").Select(text => text.Value));
        Assert.Equal("Energy by month", svg.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Places_have_at_most_one_decimal()
    {
        var svg = Bars([.. Enumerable.Range(0, 7).Select(at => $"{at}")], [new("A", "c0", [1, 1 / 3.0, Math.PI, 1e-9, 7.77, 0.123456, 5])]);
        Assert.All(
            svg.Descendants().Attributes().Where(attribute => Places.Contains(attribute.Name.LocalName)),
            attribute => Assert.Matches(@"^\d+(\.\d)?%?$", attribute.Value));
    }

    [Fact]
    public void Values_that_no_bar_can_have_are_left_out()
    {
        BarSeries[] series = [new("A", "c0", [-5, double.NaN]), new("B", "c1", [double.PositiveInfinity]), new("C", "c2", [1, 2, 3])];
        var svg = Bars(["a", "b"], series);
        Assert.Equal(["a C: 1.0 kWh", "b C: 2.0 kWh"], svg.Descendants("title").Select(title => title.Value));
    }

    [Fact]
    public void Nothing_is_drawn_where_nothing_would_be_seen()
    {
        var html = new HtmlWriter();
        new StackedBars(["a"], [new("A", "c0", [double.Epsilon])], "kWh").Write(html, "Nothing");
        new StackedBars([], [], "kWh").Write(html, "Nothing");
        Assert.Equal("", html.ToString());
    }

    [Fact]
    public void Names_are_text()
    {
        var svg = Bars(["<i>"], [new("\"]]><script>", "c0", [1])]);
        Assert.Equal("<i> \"]]><script>: 1.0 kWh", svg.Descendants("title").Single().Value);
    }

    [Theory]
    [InlineData(100, 20, 5)]
    [InlineData(101, 50, 3)]
    [InlineData(94, 20, 5)]
    [InlineData(1, 0.2, 5)]
    [InlineData(0.03, 0.01, 3)]
    [InlineData(6, 2, 3)]
    [InlineData(1e300, 2e299, 5)]
    public void Scale_has_round_marks_that_reach_the_largest(double largest, double step, int marks)
    {
        var scale = RoundScale.To(largest);
        Assert.Equal((step, marks), (Math.Round(scale.Step / step, 9) * step, scale.Marks));
    }

    [Fact]
    public void Parts_of_a_bar_fill_their_share()
    {
        var html = new HtmlWriter();
        PartsBar.Write(html, [("gas", "c0", 30), ("power", "c1", 20), ("none", "c2", 0), ("less", "c3", -4)], 100, "kWh");
        var bars = XElement.Parse(html.ToString()).Elements("rect").ToArray();
        Assert.Equal([(0, 30), (30, 20)], bars.Select(bar => (Number(bar, "x"), Number(bar, "width"))));
    }

    [Fact]
    public void Range_lies_where_its_values_are()
    {
        var scale = RangeScale.Of([12, 28, 20, 26], (-60, 120));
        Assert.Equal(new(10, 30), scale);
        var html = new HtmlWriter();
        scale.Write(html, (12, 15, 25, 28), (20, 26));
        var svg = XElement.Parse(html.ToString());
        Assert.Equal([(50, 30), (25, 50)], svg.Elements("rect").Select(bar => (Number(bar, "x"), Number(bar, "width"))));
        Assert.Equal((10, 90), (Number(svg.Element("line")!, "x1"), Number(svg.Element("line")!, "x2")));
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(-1e300, 1e300)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(500, 600)]
    [InlineData(-500, -400)]
    [InlineData(20, 20)]
    public void Scale_of_any_numbers_can_be_drawn(double one, double other)
    {
        var scale = RangeScale.Of([one, other], (-60, 120));
        Assert.True(scale.To > scale.From && scale.From >= -60 && scale.To <= 120, $"{scale}");
        var html = new HtmlWriter();
        scale.Write(html, (one, other, one, other), (20, 26));
        Assert.DoesNotMatch(new Regex("NaN|Infinity|∞|E\\+"), html.ToString());
    }

    private static XElement Bars(string[] labels, BarSeries[] series)
    {
        var html = new HtmlWriter();
        new StackedBars(labels, series, "kWh").Write(html, "Energy by month");
        return XElement.Parse(html.ToString());
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value.TrimEnd('%'), CultureInfo.InvariantCulture);
}
