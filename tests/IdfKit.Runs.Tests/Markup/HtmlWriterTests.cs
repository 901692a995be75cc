using System.Globalization;

using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Tests.Markup;

/// <summary>Markup is what our code says, and text is what stands in its holes.</summary>
public sealed class HtmlWriterTests
{
    [Theory]
    [InlineData("plain ÄÖ 字 🏠", "plain ÄÖ 字 🏠")]
    [InlineData("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;")]
    [InlineData("\" ' `", "&#34; &#39; `")]
    [InlineData("a\r\nb\tc\0d\u001be\u007ff\u0085g\u2028h\u202ei\ufeffj", "a b c d e f g h i j")]
    [InlineData("\ufffe\uffff", "\ufffd\ufffd")]
    [InlineData(null, "")]
    public void Text_in_a_hole_is_escaped(string? text, string written)
    {
        var html = new HtmlWriter();
        html.Write($"""<p title="{text}">{text}</p>""");
        Assert.Equal($"<p title=\"{written}\">{written}</p>", html.ToString());
    }

    [Fact]
    public void Half_a_character_is_none()
    {
        var half = "🏠"[..1];
        Assert.Equal("half \ufffd", new HtmlWriter().Write($"half {half}").ToString());
    }

    [Fact]
    public void Text_in_a_hole_is_cut() => Assert.Equal(400, new HtmlWriter().Write($"{new string('x', 1_000_000)}").ToString().Length);

    [Fact]
    public void Numbers_are_written_as_machines_read_them()
    {
        var before = CultureInfo.CurrentCulture;
        var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        elsewhere.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = elsewhere;
        try { Assert.Equal("1.5 2.3 7", new HtmlWriter().Write($"{1.5} {2.3456:0.#} {7}").ToString()); }
        finally { CultureInfo.CurrentCulture = before; }
    }

    [Theory]
    [InlineData(1234.56, 1, "1,234.6")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(0.5, 0, "1")]
    [InlineData(1e12, 0, "1e12")]
    [InlineData(-1.5e300, 2, "-1.5e300")]
    [InlineData(double.NaN, 2, "–")]
    [InlineData(double.NegativeInfinity, 2, "–")]
    public void Numbers_of_a_column_have_the_same_decimals(double value, int decimals, string text) =>
        Assert.Equal(text, NumberText.Fixed(value, decimals));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.034, "0.03")]
    [InlineData(0.996, "1.0")]
    [InlineData(4.74, "4.7")]
    [InlineData(99.96, "100")]
    [InlineData(12345.6, "12,346")]
    public void Short_numbers_have_about_three_digits(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1_000, "1 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(13_800_000, "13.8 MB")]
    [InlineData(3_000_000_000, "3.0 GB")]
    public void Bytes_have_a_unit(long bytes, string text) => Assert.Equal(text, NumberText.Bytes(bytes));
}
