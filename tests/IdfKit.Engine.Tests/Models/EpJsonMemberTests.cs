using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>epJSON with comments is read as EnergyPlus reads it; with a member twice it is refused.</summary>
public sealed class EpJsonMemberTests
{
    [Theory]
    [InlineData("// a box\n{\"Zone\": {\"A\": {\"x\": 1}}}")]
    [InlineData("/* a */ {/* b */\"Zone\"/* c */:/* d */{\"A\"// e\n:{ // } \"x\": 2\n\"x\":/*,*/1/**/}}}// f")]
    [InlineData("// a\u2028b\n{\"Zone\": {\"A\": {\"x\": 1}}}")]
    [InlineData("// with CR alone\r{\"Zone\": {\"A\": {\"x\": 1}}}")]
    public void Read_comments_are_passed_over(string text)
    {
        var item = IdfText.Read(text).Objects.Single();

        Assert.Equal(("Zone", "A", "1"), (item.ClassName, item.Name, item.Field(0, "x")));
    }

    [Theory]
    [InlineData("https://host/a")]
    [InlineData("/* a */")]
    [InlineData("\\\\host\\\\a // b")]
    public void Read_what_looks_like_a_comment_in_a_text_is_text(string value) =>
        Assert.Equal(
            value.Replace("\\\\", "\\", StringComparison.Ordinal),
            IdfText.Read("{\"Zone\": {\"A\": {\"x\": \"" + value + "\"}}} // end").Objects[0].Field(0, "x"));

    [Theory]
    [InlineData("{\"Zone\": / {\"A\": {}}}")]
    [InlineData("# a box\n{\"Zone\": {\"A\": {}}}")]
    [InlineData("{\"Zone\": {\"A\": {}}} /* open")]
    [InlineData("{\"Zone\": {\"A\": {},}}")]
    [InlineData("{\"Zone\": {\"A\": {\"v\": [1,]}}}")]
    public void Read_what_EnergyPlus_does_not_take_either_is_refused(string text) =>
        Assert.Throws<ModelSyntaxException>(() => IdfText.Read(text));

    [Theory]
    [InlineData("{\"Zone\": {\"A\": {}},\n\"Zone\": {\"B\": {}}}", "class Zone twice (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {}},\n\"ZONE\": {\"B\": {}}}", "class ZONE twice (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {},\n\"A\": {}}}", "Zone \"A\" twice (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {},\n\"\\u0041\": {}}}", "Zone \"A\" twice (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"x\": 1,\n\"x\": 2}}}", "field x twice in Zone \"A\" (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"file_name\": 1,\n\"File_Name\": 2}}}", "field File_Name twice in Zone \"A\" (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"x_y\": 1,\n\"x\\u005fy\": 2}}}", "field x_y twice in Zone \"A\" (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"v\": [{\"x\": 1}, {\"x\": 1,\n\"x\": 2}]}}}", "field x twice in Zone \"A\" (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"v\": {\"w\": {\"x\": 1,\n\"x\": 2}}}}}", "field x twice in Zone \"A\" (lines 1 and 2)")]
    [InlineData("{\"Zone\": {\"A\": {\"v\": [{\"x\": 1}],\n\"v\": 1}}}", "field v twice in Zone \"A\" (lines 1 and 2)")]
    public void Read_a_member_twice_is_refused_with_both_lines(string text, string expected)
    {
        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Theory]
    [InlineData("""{"Zone": {"A": {"x": 1}, "a": {"x": 1}}}""", 2)]
    [InlineData("""{"Zone": {"A": {"x": 1}}, "Zones": {"A": {"x": 1}}}""", 2)]
    [InlineData("""{"Zone": {"A": {"v": [{"x": 1, "y": 1}, {"x": 1, "y": 1}], "x": 1, "w": {"x": 1}}}}""", 1)]
    public void Read_the_same_name_in_another_place_is_none_twice(string text, int objects) =>
        Assert.Equal(objects, IdfText.Read(text).Objects.Count);

    [Fact]
    public void Read_a_name_twice_is_found_among_very_many()
    {
        var names = Enumerable.Range(0, 50_000).Select(number => $"\"Room {number}\": {{\"x\": {number}}}").ToList();
        Assert.Equal(50_000, IdfText.Read($"{{\"Zone\": {{{string.Join(",\n", names)}}}}}").Objects.Count);

        names.Add("\"Room 31415\": {}");
        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read($"{{\"Zone\": {{{string.Join(",\n", names)}}}}}"));

        Assert.Contains("Zone \"Room 31415\" twice (lines 31416 and 50001)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_to_epJSON_with_comments_keeps_it_readable()
    {
        using var folder = new TemporaryFolder();
        const string Text = "// a\n{ // b\n\"Output:Meter\": { /* none */ }, \"Zone\": /* c */ { /* d */ \"A\": {}}} // e";
        File.WriteAllText(folder["m.epJSON"], Text);

        ModelPreparation.Apply(IdfText.Read(Text), folder["m.epJSON"], [], [new("Electricity:Facility")]);

        var after = IdfText.Read(File.ReadAllBytes(folder["m.epJSON"]));
        Assert.Equal(
            ["Output:Meter", "Output:SQLite", "Output:Table:SummaryReports", "Output:VariableDictionary", "Zone"],
            after.ClassNames.Order(StringComparer.Ordinal));
    }

    /// <summary>What makes the check of a model worthless: EnergyPlus goes by the last member of a name.</summary>
    [Fact]
    public void EnergyPlus_takes_comments_and_the_last_of_two_members()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["small.idf"], SmallModel.Named("Use"));
        Child.Run(Path.Combine(RealParts.EnergyPlus(), "ConvertInputFormat"), folder.Path, folder["small.idf"]);
        var json = File.ReadAllText(folder["small.epJSON"]);
        var axis = "\"north_axis\": " + (json.Contains("\"north_axis\": 0.0", StringComparison.Ordinal) ? "0.0" : "0");
        Assert.Contains(axis, json, StringComparison.Ordinal);

        Assert.Equal(0, RunJson(folder, "// a\n/* b */" + json));
        Assert.Equal(0, RunJson(folder, json.Replace(axis, "\"north_axis\": \"no number\", " + axis, StringComparison.Ordinal)));
        Assert.Equal(1, RunJson(folder, json.Replace(axis, axis + ", \"north_axis\": \"no number\"", StringComparison.Ordinal)));
        Assert.Equal(1, RunJson(folder, json.Replace(axis, axis + ", \"x\": [1,]", StringComparison.Ordinal)));
    }

    private static int RunJson(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder["run.epJSON"], text);
        return SmallModel.Run(folder, folder["run.epJSON"]).ExitCode;
    }
}
