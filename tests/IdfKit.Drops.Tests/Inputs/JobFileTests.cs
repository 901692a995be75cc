using RunBed;
using System.Text;

using IdfKit.Drops.Jobs;
using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Drops.Tests.Inputs;

public sealed class JobFileTests
{
    private static readonly ObjectKey Key = ObjectKey.FromText("inputs/office.job.json");

    [Fact]
    public void Parse_reads_every_field()
    {
        var job = JobFile.Parse("""
            {
              "weather": "golden.epw", "annual": true, "design_day": false, "expand_objects": false, "readvars": true,
              "timeout_seconds": 90.5, "variables": ["Zone Mean Air Temperature", {"name": "Zone Air Relative Humidity",
              "key": "Office", "frequency": "daily"}],
              "meters": ["Electricity:Facility"], "outputs": ["*.csv"], "label": "base case", "tags": {"study": "A"}
            }
            """u8, Key, out var fault);

        Assert.Null(fault);
        Assert.Equal(("golden.epw", true, false, false, true, 90.5),
            (job!.Weather, job.Annual, job.DesignDay, job.ExpandObjects, job.Readvars, job.TimeoutSeconds));
        Assert.Equal(
            [new("Zone Mean Air Temperature", "*", "Hourly"), new("Zone Air Relative Humidity", "Office", "Daily")],
            job.Variables!);
        Assert.Equal(("Electricity:Facility", "*.csv", "base case", "A"),
            (job.Meters![0].Name, job.Outputs!.Patterns![0], job.Label, job.Tags!["study"]));
    }

    [Fact] // as in the environment; "it must be one of off, periods, year" said nothing of them
    public void Blanks_around_a_choice_do_not_count()
    {
        var job = JobFile.Parse("""{"parallel": " year ", "version": "as_is\t"}"""u8, Key, out var fault);
        Assert.Null(fault);
        Assert.Equal((Parallelism.Year, VersionPolicy.AsIs), (job!.Parallel, job.Version));
    }

    [Theory]
    [InlineData("""{"wether": "a.epw"}""", "wether")]
    [InlineData("""{"annual": "yes"}""", "annual")]
    [InlineData("""{"weather": ["a"]}""", "'weather' (line 1): it must be text")]
    [InlineData("""{"timeout_seconds": -1}""", "timeout_seconds")]
    [InlineData("""{"annual": true, "design_day": true}""", "annual and design_day")]
    [InlineData("""{"variables": [{"name": "T", "frequency": "sometimes"}]}""", "sometimes")]
    [InlineData("""{"variables": ["T; Output:SQLite, Simple"]}""", "semicolons")]
    [InlineData("""{"weather": ""}""", "weather")]
    [InlineData("not json", "line 1")]
    [InlineData("""{"tags": {"a": "50 %"}}""", "tags.a")]
    [InlineData("""{"tags": {"a;b": "c"}}""", "a;b")]
    [InlineData("null", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData(" \n", "is empty")]
    [InlineData("// nothing", "valid JSON")]
    [InlineData("""{"anual": true}""", "has the unknown field 'anual' (line 1); did you mean 'annual'? The fields are weather, annual")]
    [InlineData("""{"anual": true}""", "timeseries, outputs, label, tags, version.")]
    [InlineData("{\n\"xyzzy\": 1}", "'xyzzy' (line 2). The fields are")]
    [InlineData("""{"annual": true, "annual": false}""", "'annual' twice")]
    [InlineData("""{"annual": 1}""", "'annual' (line 1): it must be true or false")]
    [InlineData("""{"timeout_seconds": 1e-9}""", "timeout_seconds 1e-9 (line 1); it must be a number from 0.001 to 604800")]
    [InlineData("""{"timeout_seconds": 1e999}""", "timeout_seconds 1e999")]
    [InlineData("""{"timeout_seconds": "1"}""", "it must be a number")]
    [InlineData("""{"weather": "a\nb.epw"}""", "line end")]
    [InlineData("""{"weather": "arn:aws:s3:::b/w.epw"}""", "s3://bucket/key")]
    [InlineData("""{"weather": "https://x/w.epw"}""", "cannot be fetched")]
    [InlineData("""{"weather": "s3://b//w.epw"}""", "cannot be fetched")]
    [InlineData("""{"label": "a\u0000b"}""", "label with a line end")]
    [InlineData("""{"label": "\ud800"}""", "middle of a character")]
    [InlineData("""{"variables": ["a\u0000b"]}""", "'variables' (line 1) that a model cannot hold")]
    [InlineData("""{"variables": [["a"]]}""", "a list of names")]
    [InlineData("""{"variables": [{"nme": "a"}]}""", "did you mean 'name'")]
    [InlineData("""{"variables": [{"name": "a", "name": "b"}]}""", "'variables.name' twice")]
    [InlineData("""{"meters": [{"key": "a"}]}""", "without a name")]
    [InlineData("""{"outputs": ["/a"]}""", "pattern '/a'")]
    [InlineData("""{"outputs": [""]}""", "pattern ''")]
    [InlineData("""{"outputs": "*.csv"}""", "or a list of patterns such as [\"*.csv\"]")]
    [InlineData("""{"outputs": "leen"}""", "did you mean 'lean'?")]
    [InlineData("""{"outputs": 7}""", "'outputs' (line 1): it must be one of all, lean, essential, or a list in [ ].")]
    [InlineData("""{"version": "newest"}""", "exact_or_migrate, exact, as_is, migrate")]
    [InlineData("""{"tags": {"a": "b", "a": "c"}}""", "'tags.a' twice")]
    [InlineData("""{"tags": {"a": ["b"]}}""", "'tags.a'")]
    [InlineData("""{} {}""", "valid JSON")]
    [InlineData("""{"annual": tru}""", "valid JSON (line 1)")]
    public void Parse_names_the_field_that_is_wrong(string json, string named)
    {
        Assert.Null(JobFile.Parse(Encoding.UTF8.GetBytes(json), Key, out var fault));
        Assert.Contains("inputs/office.job.json", fault, StringComparison.Ordinal);
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_refuses_tags_that_are_too_long_together()
    {
        var tags = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"\"{i}\": \"{new string('é', 256)}\""));
        Assert.Contains("too long together", Fault("{\"tags\": {" + tags + "}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_refuses_a_file_of_megabytes_and_a_thousand_levels_in_a_sentence()
    {
        Assert.Contains("longer than 1,024 KB", Fault("{\"label\": \"" + new string('x', 10_000_000) + "\"}"), StringComparison.Ordinal);
        Assert.Contains("JSON object", Fault(new string('[', 1_000)), StringComparison.Ordinal);
        Assert.Contains("it must be text", Fault("{\"weather\": " + new string('[', 1_000)), StringComparison.Ordinal);
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE"];

    [Theory, MemberData(nameof(Encodings))]
    public void Parse_reads_what_editors_write(string encoding)
    {
        var text = "// Büro\r\n{\"label\": \"Büro\", \"annual\": true, /* all */ \"tags\": {\"a\": \"b\",},}";
        var bytes = Encoding.GetEncoding(encoding).GetBytes(text);
        foreach (var content in new[] { bytes, [.. Encoding.GetEncoding(encoding).GetPreamble(), .. bytes] })
        {
            var job = JobFile.Parse(content, Key, out var fault);
            Assert.Null(fault);
            Assert.Equal(("Büro", true, "b"), (job!.Label, job.Annual, job.Tags!["a"]));
        }
    }

    [Fact]
    public void Parse_names_the_line_that_is_not_utf_8()
    {
        Assert.Null(JobFile.Parse([.. "{\n\"label\": \"B"u8, 0xFC, .. "ro\"}"u8], Key, out var fault));
        Assert.Contains("is not UTF-8 text (line 2); save it as UTF-8", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exact", VersionPolicy.Refuse)]
    [InlineData("as_is", VersionPolicy.RunOlder)]
    [InlineData("migrate", VersionPolicy.Migrate)]
    [InlineData("exact_or_migrate", VersionPolicy.ExactOrMigrate)]
    public void Parse_reads_what_becomes_of_another_version(string name, VersionPolicy policy) =>
        Assert.Equal(policy, JobFile.Parse(Encoding.UTF8.GetBytes($"{{\"version\": \"{name}\"}}"), Key, out _)!.Version);

    private static string Fault(string json)
    {
        Assert.Null(JobFile.Parse(Encoding.UTF8.GetBytes(json), Key, out var fault));
        return fault!;
    }
}
