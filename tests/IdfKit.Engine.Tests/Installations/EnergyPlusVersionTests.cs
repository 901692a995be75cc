namespace IdfKit.Engine.Tests.Installations;

public sealed class EnergyPlusVersionTests
{
    [Theory]
    [InlineData("25.2", "25.2.0"), InlineData("25.2.0", "25.2.0"), InlineData("25-2-0", "25.2.0"), InlineData("9.0.1", "9.0.1")]
    [InlineData("25.2.0-cf7368216c", "25.2.0"), InlineData(" 8.9 ", "8.9.0")]
    public void Parse_reads_every_form_that_EnergyPlus_uses(string text, string version) =>
        Assert.Equal(version, EnergyPlusVersion.Parse(text).ToString());

    [Theory]
    [InlineData(""), InlineData("25"), InlineData("25."), InlineData(
        "a.b"), InlineData("25.2.x"), InlineData("25.2.0.1"), InlineData("99999999999.1"), InlineData(null)]
    public void Parse_refuses_what_is_no_version(string? text) => Assert.False(EnergyPlusVersion.TryParse(text, out _));

    [Fact]
    public void Versions_are_ordered_by_number_not_by_text()
    {
        Assert.True(EnergyPlusVersion.Parse("9.6") < EnergyPlusVersion.Parse("25.2"));
        Assert.True(EnergyPlusVersion.Parse("25.2.1") > EnergyPlusVersion.Parse("25.2"));
    }
}
