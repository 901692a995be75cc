using IdfKit.Runs.Charts;

namespace IdfKit.Runs.Tests.Charts;

/// <summary>The image of a year of hours, decoded again.</summary>
public sealed class CarpetTests
{
    private static readonly (byte, byte, byte, byte) Darkest = (0x0c, 0x14, 0x3a, 255), Brightest = (0xfc, 0xf4, 0xb0, 255);

    [Theory]
    [InlineData(8760, 365)]
    [InlineData(8784, 366)]
    [InlineData(168, 7)]
    [InlineData(25, 2)]
    [InlineData(1, 1)]
    public void Days_are_columns_and_midnight_is_below(int hours, int days)
    {
        var image = new DecodedPng(Carpet.Png([.. Enumerable.Range(0, hours).Select(hour => (double)hour)])!);
        Assert.Equal((days, 24), (image.Width, image.Height));
        Assert.Equal(Darkest, image[0, 23]);
        if (hours > 1) Assert.Equal(Brightest, image[(hours - 1) / 24, 23 - (hours - 1) % 24]);
    }

    [Fact]
    public void Each_hour_has_the_shade_of_its_value()
    {
        var values = Enumerable.Range(0, 48).Select(hour => hour % 7 * 10.0).ToArray();
        var image = new DecodedPng(Carpet.Png(values)!);
        var seen = values.Select((value, hour) => (value, Shade: image[hour / 24, 23 - hour % 24]));
        var shades = seen.Distinct().OrderBy(pair => pair.value).ToArray();
        Assert.Equal(7, shades.Length);
        var light = shades.Select(pair => 2 * pair.Shade.Red + 5 * pair.Shade.Green + pair.Shade.Blue).ToArray();
        Assert.Equal(light.Order(), light);
    }

    [Fact]
    public void Missing_hours_are_transparent()
    {
        var image = new DecodedPng(Carpet.Png([1, double.NaN, 3, double.PositiveInfinity])!);
        Assert.Equal([255, 0, 255, 0, 0], Enumerable.Range(0, 5).Select(hour => (int)image[0, 23 - hour].Opacity));
    }

    [Fact]
    public void Values_that_are_all_the_same_are_dark() => Assert.Equal(Darkest, new DecodedPng(Carpet.Png([5, 5, 5])!)[0, 22]);

    [Fact]
    public void Values_as_far_apart_as_numbers_can_be_have_shades()
    {
        var image = new DecodedPng(Carpet.Png([-double.MaxValue, double.MaxValue])!);
        Assert.Equal(255, image[0, 23].Opacity);
    }

    [Fact]
    public void Without_a_number_there_is_no_image()
    {
        Assert.Null(Carpet.Png([]));
        Assert.Null(Carpet.Png([double.NaN]));
    }

    [Fact]
    public void Year_of_noise_is_at_most_6_KB()
    {
        var random = new Random(14);
        Assert.InRange(Carpet.Png([.. Enumerable.Range(0, 8784).Select(_ => random.NextDouble())])!.Length, 1_000, 6_144);
    }
}
