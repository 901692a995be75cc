using System.Text;
using System.Text.Json;
using NJsonSchema;
using TestBed;

using IdfKit.Drops.Jobs;

namespace IdfKit.Drops.Tests.Inputs;

/// <summary>The published schema of job files and the code that reads them agree.</summary>
public sealed class JobFileSchemaTests
{
    [Fact]
    public async Task Schema_names_the_fields_that_are_read()
    {
        var schema = await SchemaAsync();
        Assert.Equal(
            typeof(JobFile).GetProperties()
                .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
                .Where(name => name != "equality_contract")
                .Order(),
            schema.Properties.Keys.Order());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData(
        """{"weather": "a.epw", "annual": true, "timeout_seconds": 90.5, "label": "x", "tags": {"a": "b"}, "outputs": ["*.csv"]}""")]
    [InlineData(
        """{"variables": ["Zone Mean Air Temperature", {"name": "T", "key": "Z", "frequency": "daily"}],"""
        + "\"meters\": [\"Electricity:Facility\"]}")]
    [InlineData("""{"annual": true, "design_day": false}""")]
    [InlineData("""{"annual": true, "design_day": true}""")]
    [InlineData("""{"wether": "a.epw"}""")]
    [InlineData("""{"annual": "yes"}""")]
    [InlineData("""{"weather": ""}""")]
    [InlineData("""{"timeout_seconds": 0}""")]
    [InlineData("""{"timeout_seconds": 604801}""")]
    [InlineData("""{"variables": ["a;b"]}""")]
    [InlineData("""{"variables": [{"name": "T", "frequency": "sometimes"}]}""")]
    [InlineData("""{"variables": [{"key": "T"}]}""")]
    [InlineData("""{"variables": [{"name": "T", "unit": "C"}]}""")]
    [InlineData("""{"tags": {"a": 1}}""")]
    [InlineData("""{"tags": {"façade": "1/2 + x@y", "empty": ""}, "label": "50 % glazing"}""")]
    [InlineData("""{"tags": {"a": "50 %"}}""")]
    [InlineData("""{"tags": {"a;b": "c"}}""")]
    [InlineData("""{"tags": {"": "c"}}""")]
    [InlineData("""{"tags": {"aws:a": "c"}}""")]
    [InlineData("""{"tags": {"a": null}}""")]
    [InlineData("""{"tags": {"1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":"","10":"","11":""}}""")]
    [InlineData("""{"outputs": "lean"}""")]
    [InlineData("""{"version": "as_is", "outputs": ["eplusout.[es]*", "**/*.csv"]}""")]
    [InlineData("""{"version": "newest"}""")]
    [InlineData("""{"version": null, "weather": null}""")]
    [InlineData("""{"timeout_seconds": 1e-9}""")]
    [InlineData("""{"timeout_seconds": 0.001}""")]
    [InlineData("""{"outputs": "leen"}""")]
    [InlineData("""{"outputs": ""}""")]
    [InlineData("""{"outputs": [""]}""")]
    [InlineData("""{"outputs": ["/a"]}""")]
    [InlineData("""{"outputs": ["a/"]}""")]
    [InlineData("""{"outputs": ["a\u0000"]}""")]
    [InlineData("""{"outputs": [null]}""")]
    [InlineData("""{"label": "a\nb"}""")]
    [InlineData("""{"weather": "a\nb.epw"}""")]
    [InlineData("""{"weather": "arn:aws:s3:::b/w.epw"}""")]
    [InlineData("""{"weather": "https://x/w.epw"}""")]
    [InlineData("""{"weather": "s3://b/w.epw"}""")]
    [InlineData("""{"weather": "../weather/w.epw"}""")]
    [InlineData("""{"weather": " "}""")]
    [InlineData("""{"variables": [" "]}""")]
    [InlineData("""{"variables": ["a\u0000"]}""")]
    [InlineData("""{"variables": [{"name": "a", "key": ""}]}""")]
    [InlineData("""[]""")]
    public async Task Schema_and_reader_take_and_refuse_the_same(string json)
    {
        var taken = JobFile.Parse(Encoding.UTF8.GetBytes(json), ObjectKey.FromText("a.job.json"), out var fault) is not null;
        var faults = (await SchemaAsync()).Validate(json);
        Assert.True(taken == (faults.Count == 0), $"the reader says '{fault}', the schema {string.Join(", ", faults)}");
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "job.schema.json"), TestContext.Current.CancellationToken);
}
