namespace IdfKit.Drops.Tests.Inputs;

public sealed class OutputLayoutTests
{
    private readonly OutputLayout _layout = new("inputs/", "outputs/", sameBucket: true);

    [Theory]
    [InlineData("inputs/office.idf", "outputs/office")]
    [InlineData("inputs/a/b/office.IDF", "outputs/a/b/office")]
    [InlineData("inputs/office.epJSON", "outputs/office.epJSON")]
    [InlineData("inputs/office.v2.idf", "outputs/office.v2")]
    [InlineData("inputs/with space+ü%.idf", "outputs/with space+ü%")]
    public void FolderOf_keeps_models_apart_that_differ_only_in_extension(string key, string folder) =>
        Assert.Equal(folder, _layout.FolderOf(ObjectKey.FromText(key)));

    [Theory]
    [InlineData("inputs/readme.txt", "not a model")]
    [InlineData("inputs/office.epw", "not a model")]
    [InlineData("inputs/folder/", "folder marker")]
    [InlineData("inputs//office.idf", "not a valid path")]
    [InlineData("inputs/../office.idf", "not a valid path")]
    [InlineData("outputs/office/in.idf", "under the output prefix")]
    [InlineData("elsewhere/office.idf", "outside the input prefix")]
    public void WhyIgnored_says_why_a_key_is_no_model(string key, string why) =>
        Assert.Contains(why, _layout.WhyIgnored(ObjectKey.FromText(key), inOutputBucket: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("inputs/office.idf")]
    [InlineData("inputs/office.EPJSON")]
    [InlineData("inputs/a/b/c/Office Ü.Idf")]
    public void WhyIgnored_is_null_for_a_model(string key) => Assert.Null(_layout.WhyIgnored(ObjectKey.FromText(key), inOutputBucket: true));

    [Fact]
    public void WhyIgnored_refuses_a_key_whose_results_would_not_fit()
    {
        Assert.Null(_layout.WhyIgnored(ObjectKey.FromText("inputs/" + new string('a', 900) + ".idf"), inOutputBucket: true));
        Assert.Contains("1,024 bytes", _layout.WhyIgnored(ObjectKey.FromText("inputs/" + new string('a', 1000) + ".idf"), inOutputBucket: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inputs/", "inputs/results/")]
    [InlineData("", "outputs/")]
    [InlineData("data/", "data/")]
    public void Layout_in_which_results_would_start_runs_is_refused(string input, string output) =>
        Assert.Contains("choose another output prefix", Assert.Throws<ArgumentException>(() => new OutputLayout(input, output, sameBucket: true)).Message, StringComparison.Ordinal);
}
