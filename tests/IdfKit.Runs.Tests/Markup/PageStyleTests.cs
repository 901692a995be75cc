using System.Text.RegularExpressions;

using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Tests.Markup;

/// <summary>Contrasts that WCAG 2.2 AA asks for (1.4.3 and 1.4.11), light and dark.</summary>
public sealed partial class PageStyleTests
{
    private const double OfText = 4.5, OfDrawings = 3;

    private static readonly (string Colour, string Ground)[] Texts =
    [
        ("fg", "bg"), ("fg", "card"), ("mut", "bg"), ("mut", "card"), ("link", "bg"), ("bad", "card"), ("ok", "okbg"), ("bad", "badbg"),
        ("warn", "warnbg"),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Colours_are_seen(int mode)
    {
        var colours = Modes()[mode];
        var drawn = Enumerable.Range(0, 10).Select(at => ($"c{at}", "bg")).Append(("c1", "band"));
        var low = Texts.Select(pair => (Pair: pair, Least: OfText)).Concat(drawn.Select(pair => (Pair: pair, Least: OfDrawings)))
            .Select(item => (item.Pair, item.Least, Is: Contrast(colours[item.Pair.Item1], colours[item.Pair.Item2])))
            .Where(item => item.Is < item.Least);
        Assert.Equal([], low);
    }

    [Fact]
    public void Both_modes_have_the_same_colours() => Assert.Equal(Modes()[0].Keys.Order(), Modes()[1].Keys.Order());

    [Fact]
    public void Contrast_is_that_of_the_standard()
    {
        Assert.Equal(21, Contrast("#000", "#fff"), 6);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
    }

    private static Dictionary<string, string>[] Modes() =>
        [.. Root().Matches(PageStyle.Css).Select(root => ColoursOf(root.Value))];

    private static Dictionary<string, string> ColoursOf(string rule) =>
        Colour().Matches(rule).ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value);

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var digits = colour.Length == 4 ? string.Concat(colour[1..].Select(digit => $"{digit}{digit}")) : colour[1..];
        var parts = Convert.FromHexString(digits).Select(value => value / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    [GeneratedRegex(@":root\{[^}]*\}", RegexOptions.None, 1_000)]
    private static partial Regex Root();

    [GeneratedRegex("--([a-z0-9]+):(#[0-9a-f]+)", RegexOptions.None, 1_000)]
    private static partial Regex Colour();
}
