using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Inputs;

public sealed class OutputLayoutTests
{
    private readonly OutputLayout _layout = new("inputs/", "outputs/", sameBucket: true);

    [Theory]
    [InlineData("inputs/office.idf", "outputs/office")]
    [InlineData("inputs/a/b/office.IDF", "outputs/a/b/office.IDF")]
    [InlineData("inputs/office.epJSON", "outputs/office.epJSON")]
    [InlineData("inputs/office.epjson", "outputs/office.epjson")]
    [InlineData("inputs/office.epJSON.idf", "outputs/office.epJSON.idf")]
    [InlineData("inputs/office.zip", "outputs/office.zip")]
    [InlineData("inputs/office.zip.idf", "outputs/office.zip.idf")]
    [InlineData("inputs/office.idf.idf", "outputs/office.idf.idf")]
    [InlineData("inputs/office.osm", "outputs/office.osm")]
    [InlineData("inputs/office.osm.idf", "outputs/office.osm.idf")]
    [InlineData("inputs/.idf", "outputs/.idf")]
    [InlineData("inputs/a/.idf", "outputs/a/.idf")]
    [InlineData("inputs/.idf.idf", "outputs/.idf.idf")]
    [InlineData("inputs//k/m.idf", "outputs/%%/k/m")]
    [InlineData("inputs/../m.idf", "outputs/%%%2E%2E/m")]
    [InlineData("inputs/a\nb.idf", "outputs/%%a%0Ab")]
    [InlineData("inputs/%%/k/m.idf", "outputs/%%%25%25/k/m")]
    [InlineData("inputs/k/eplusout.epJSON", "outputs/k/%%eplusout.epJSON")]
    [InlineData("inputs/eplusout.d/eplusout.idf", "outputs/%%eplusout.d/eplusout")]
    [InlineData("inputs/Gebäude 1 🏠.idf", "outputs/Gebäude 1 🏠")]
    [InlineData("inputs/office.v2.idf", "outputs/office.v2")]
    [InlineData("inputs/with space+ü%.idf", "outputs/with space+ü%")]
    public void FolderOf_is_the_key_and_a_path_of_its_own(string key, string folder) =>
        Assert.Equal(folder, _layout.FolderOf(ObjectKey.FromText(key)));

    [Theory]
    [InlineData("inputs/readme.txt", "not a model")]
    [InlineData("inputs/office.epw", "not a model")]
    [InlineData("inputs/folder/", "folder marker")]
    [InlineData("inputs//office.idf", "not a valid path")]
    [InlineData("inputs/a\u0001.idf", "not a valid path")]
    [InlineData("inputs/office.job.json", "not a model")]
    [InlineData("inputs/office.osm", "OpenStudio")]
    [InlineData("inputs/../office.idf", "not a valid path")]
    [InlineData("outputs/office/in.idf", "under the output prefix")]
    [InlineData("elsewhere/office.idf", "outside inputs/")]
    public void WhyNotRun_says_why_a_key_is_no_model(string key, string why) =>
        Assert.Contains(why, _layout.WhyNotRun(ObjectKey.FromText(key), inOutputBucket: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("inputs/office.idf")]
    [InlineData("inputs/office.EPJSON")]
    [InlineData("inputs/a/b/c/Office Ü.Idf")]
    public void WhyNotRun_is_null_for_a_model(string key) => Assert.Null(_layout.WhyNotRun(ObjectKey.FromText(key), inOutputBucket: true));

    [Fact]
    public void WhyNotRun_refuses_a_key_whose_results_would_not_fit()
    {
        Assert.Null(_layout.WhyNotRun(ObjectKey.FromText("inputs/" + new string('a', 900) + ".idf"), inOutputBucket: true));
        Assert.Contains("1,024 bytes",
            _layout.WhyNotRun(ObjectKey.FromText("inputs/" + new string('a', 1000) + ".idf"), inOutputBucket: true),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inputs/", "inputs/results/")]
    [InlineData("", "outputs/")]
    [InlineData("data/", "data/")]
    public void Layout_in_which_results_would_start_runs_is_refused(string input, string output) =>
        Assert.Contains("choose another output prefix",
            Assert.Throws<ArgumentException>(() => new OutputLayout(input, output, sameBucket: true)).Message,
            StringComparison.Ordinal);

    [Fact] // seen: a.IDF and a.idf, x.zip and x.zip.idf shared a folder, and one of the two never ran
    public void FolderOf_any_two_keys_that_are_answered_is_two_folders_each_a_valid_path()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 200_000; i++)
        {
            var key = ObjectKey.FromText("inputs/" + RandomName(random));
            if (!_layout.KindOf(key, inOutputBucket: true).IsAnswered) continue;
            var folder = _layout.FolderOf(key);
            Assert.True(StoragePath.IsValid(folder + "/eplusout.delightdfdmp"), $"seed {seed}: '{key}' has the folder '{folder}'");
            Assert.StartsWith("outputs/", folder, StringComparison.Ordinal);
            if (owners.TryGetValue(folder, out var other))
                Assert.True(other == key.Value, $"seed {seed}: '{key}' and '{other}' share '{folder}'");
            owners[folder] = key.Value;
        }
        Assert.InRange(owners.Count, 1_000, 200_000);
    }

    [Fact] // such a key can come in no event, but from a direct call
    public void FolderOf_half_a_character_is_a_path_too() =>
        Assert.Equal("outputs/%%half%uD83D", _layout.FolderOf(ObjectKey.FromText("inputs/half\ud83d.idf")));

    [Fact]
    public void FolderOf_keys_that_are_too_long_is_two_folders_too()
    {
        var name = new string('a', 1_000);
        Assert.StartsWith("outputs/%%long/", _layout.FolderOf(ObjectKey.FromText($"inputs/{name}.idf")), StringComparison.Ordinal);
        Assert.NotEqual(_layout.FolderOf(ObjectKey.FromText($"inputs/{name}.idf")),
            _layout.FolderOf(ObjectKey.FromText($"inputs/{name}.IDF")));
    }

    [Fact] // its job file would have a key that no server takes
    public void Key_whose_job_file_would_not_fit_is_answered_as_too_long()
    {
        var layout = new OutputLayout("inputs/", "o/", sameBucket: true);
        var kind = layout.KindOf(
            ObjectKey.FromText("inputs/" + new string('a', 960) + "/" + new string('b', 50) + ".idf"), inOutputBucket: true);
        Assert.Equal(RunReason.BadKey, Assert.IsType<DropKind.MistakenModel>(kind).Reason);
    }

    // Short names of parts that could be mistaken for each other.
    private static string RandomName(Random random)
    {
        string[] parts =
        [
            "a", "b", ".", "..", "/", "//", "%", "%%", "%2E", "%%long",
            " ", "\n", "\0", "\ud83d", "\ude00", "é", ".idf", ".IDF", ".epJSON", ".epjson",
            ".zip", ".ZIP", ".osm", ".imf", ".json", ".job.json", ".idf.gz", ".tgz", ".txt", ".idf.txt", ".study", "%0A", "%uD83D", "%25",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]))
            + (random.Next(2) == 0 ? ".idf" : "");
    }
}
