using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What people write into a Version, which EnergyPlus only warns of, and which says what the model is for all the same.</summary>
public sealed class ModelVersionTests
{
    [Theory]
    [InlineData("25.2", 25, 2, 0)]
    [InlineData("25.2 ", 25, 2, 0)]
    [InlineData("8.9.0.001", 8, 9, 0)]
    [InlineData("25.2.0.1", 25, 2, 0)]
    [InlineData("9", 9, 0, 0)]
    [InlineData("8", 8, 0, 0)]
    [InlineData("22", 22, 1, 0)]
    [InlineData("25", 25, 1, 0)]
    [InlineData("V9.6", 9, 6, 0)]
    [InlineData("v 9.6.1", 9, 6, 1)]
    [InlineData("V8-9-0", 8, 9, 0)]
    [InlineData("\"9.4\"", 9, 4, 0)]
    [InlineData("'9.4'", 9, 4, 0)]
    [InlineData("9.4.0-xyz", 9, 4, 0)]
    [InlineData("9.4.0-998c4b761e", 9, 4, 0)]
    [InlineData("9.4-xyz", 9, 4, 0)]
    [InlineData("25.2.0+build.7", 25, 2, 0)]
    [InlineData("24.1 (Release)", 24, 1, 0)]
    [InlineData("Version 9.3", 9, 3, 0)]
    [InlineData("EnergyPlus V9.3.0", 9, 3, 0)]
    [InlineData("9_4_0", 9, 4, 0)]
    public void Version_is_read_as_it_is_meant(string text, int major, int minor, int patch)
    {
        var model = IdfText.Read($"Version,{text};");

        Assert.Equal(new EnergyPlusVersion(major, minor, patch), model.Version);
        Assert.Equal(text.Trim(), model.VersionText);
        Assert.Null(model.VersionFault);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("9.x")]
    [InlineData("9..4")]
    [InlineData(".")]
    [InlineData("V")]
    [InlineData("1.2.3.4.5")]
    [InlineData("99999999999.1")]
    [InlineData("2.52e1x")]
    [InlineData("٩.٤")]
    public void Version_that_cannot_be_read_is_not_a_missing_one(string text)
    {
        var model = IdfText.Read($"Version,{text};");

        Assert.Null(model.Version);
        Assert.Equal(text, model.VersionText);
        Assert.StartsWith($"The model's Version is '{text}', ", model.VersionFault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zone,A;")]
    [InlineData("""{"Zone": {"A": {}}}""")]
    public void Version_that_is_not_there_is_none(string text)
    {
        var model = IdfText.Read(text);

        Assert.Null(model.Version);
        Assert.Null(model.VersionText);
        Assert.Null(model.VersionFault);
    }

    [Theory]
    [InlineData("Version,;")]
    [InlineData("Version;")]
    [InlineData("""{"Version": {"Version 1": {"version_identifier": ""}}}""")]
    [InlineData("""{"Version": {"Version 1": {"version_identifier": null}}}""")]
    [InlineData("""{"Version": {"Version 1": {}}}""")]
    public void Version_that_is_blank_says_so(string text)
    {
        var model = IdfText.Read(text);

        Assert.Null(model.Version);
        Assert.Equal("", model.VersionText);
        Assert.Contains("Version (line 1) is blank", model.VersionFault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"25.2\"", 25, 2)]
    [InlineData("25.2", 25, 2)]
    [InlineData("9", 9, 0)]
    [InlineData("\"V9.6\"", 9, 6)]
    [InlineData("\"9.4.0-xyz\"", 9, 4)]
    public void Version_of_epJSON_is_read_as_text_and_as_number(string value, int major, int minor) =>
        Assert.Equal(
            new EnergyPlusVersion(major, minor),
            IdfText.Read("{\"Version\": {\"Version 1\": {\"version_identifier\": " + value + "}}}").Version);

    [Theory]
    [InlineData("Version,25.2;\nVersion,25.2;")]
    [InlineData("Version,9.4;\nVersion,25.2;")]
    [InlineData("{\"Version\": {\"1\": {\"version_identifier\": \"9.4\"},\n\"2\": {\"version_identifier\": \"25.2\"}}}")]
    public void Version_twice_is_refused_since_EnergyPlus_stops_at_two(string text)
    {
        var model = IdfText.Read(text);

        Assert.Null(model.Version);
        Assert.Contains("2 Version objects (lines 1 and 2)", model.VersionFault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Version,25.2;\nVersion,25.2;\n", 1)]
    [InlineData("Version,;\n", 1)]
    [InlineData("Version,abc;\n", 0)]
    [InlineData("Version,9;\n", 0)]
    [InlineData("", 0)]
    public void EnergyPlus_runs_any_text_and_stops_at_blank_or_two(string version, int exitCode)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.idf"], version + SmallModel.DesignDay + SmallModel.Rest);

        Assert.Equal(exitCode, SmallModel.Run(folder, folder["model.idf"]).ExitCode);
    }
}
