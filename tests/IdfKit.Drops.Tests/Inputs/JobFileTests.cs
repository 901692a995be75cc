using System.Text;

using IdfKit.Drops.Jobs;

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
              "timeout_seconds": 90.5, "variables": ["Zone Mean Air Temperature", {"name": "Zone Air Relative Humidity", "key": "Office", "frequency": "daily"}],
              "meters": ["Electricity:Facility"], "outputs": ["*.csv"], "label": "base case", "tags": {"study": "A"}
            }
            """u8, Key, out var fault);

        Assert.Null(fault);
        Assert.Equal(("golden.epw", true, false, false, true, 90.5), (job!.Weather, job.Annual, job.DesignDay, job.ExpandObjects, job.Readvars, job.TimeoutSeconds));
        Assert.Equal([new("Zone Mean Air Temperature", "*", "Hourly"), new("Zone Air Relative Humidity", "Office", "Daily")], job.Variables!);
        Assert.Equal(("Electricity:Facility", "*.csv", "base case", "A"), (job.Meters![0].Name, job.Outputs![0], job.Label, job.Tags!["study"]));
    }

    [Theory]
    [InlineData("""{"wether": "a.epw"}""", "wether")]
    [InlineData("""{"annual": "yes"}""", "annual")]
    [InlineData("""{"weather": ["a"]}""", "$.weather (line 1): the value is of the wrong kind")]
    [InlineData("""{"timeout_seconds": -1}""", "timeout_seconds")]
    [InlineData("""{"annual": true, "design_day": true}""", "annual and design_day")]
    [InlineData("""{"variables": [{"name": "T", "frequency": "sometimes"}]}""", "sometimes")]
    [InlineData("""{"variables": ["T; Output:SQLite, Simple"]}""", "semicolons")]
    [InlineData("""{"weather": ""}""", "weather")]
    [InlineData("not json", "line 1")]
    [InlineData("""{"tags": {"a": "50 %"}}""", "tags.a")]
    [InlineData("""{"tags": {"a;b": "c"}}""", "a;b")]
    [InlineData("null", "JSON object")]
    public void Parse_names_the_field_that_is_wrong(string json, string named)
    {
        Assert.Null(JobFile.Parse(Encoding.UTF8.GetBytes(json), Key, out var fault));
        Assert.Contains("inputs/office.job.json", fault, StringComparison.Ordinal);
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }
}
