using System.Text.RegularExpressions;
using TestBed;

using IdfKit.Drops;

namespace IdfKit.Lambda.Tests;

public sealed partial class FunctionOptionsTests
{
    [Fact]
    public void Empty_environment_gives_the_documented_defaults()
    {
        var options = Read();
        Assert.Equal(("inputs/", "outputs/", null, null),
            (options.Runs.InputPrefix, options.Runs.OutputPrefix, options.Runs.OutputBucket, options.Runs.DefaultWeather));
        Assert.Equal((null, TimeSpan.FromSeconds(2), "/tmp"),
            (options.Runs.DeadlineMargin, options.Runs.ProgressInterval, options.Runs.WorkDirectory));
    }

    [Fact]
    public void Every_variable_is_read()
    {
        var options = Read(
            ("IDFKIT_INPUT_PREFIX", "in"), ("IDFKIT_OUTPUT_PREFIX", "out/"),
            ("IDFKIT_OUTPUT_BUCKET", "results"), ("IDFKIT_WEATHER", "s3://w/a.epw"), ("IDFKIT_ANNUAL", "TRUE"),
            ("IDFKIT_ALLOW_UNSAFE_OBJECTS", "1"), ("IDFKIT_ALLOW_VERSION_MISMATCH", "yes"),
            ("IDFKIT_DEADLINE_MARGIN_SECONDS", "7.5"), ("IDFKIT_PROGRESS_SECONDS", "0"),
            ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000"), ("AWS_REGION", "eu-central-1"), ("ENERGYPLUS_DIR", "/opt/ep"));
        Assert.Equal(("in/", "out/", "results", "s3://w/a.epw", true), (
            options.Runs.InputPrefix, options.Runs.OutputPrefix, options.Runs.OutputBucket,
            options.Runs.DefaultWeather, options.Runs.Annual));
        Assert.Equal((true, Engine.VersionPolicy.RunOlder), (options.Runs.AllowUnsafeObjects, options.Runs.VersionPolicy));
        Assert.Equal((TimeSpan.FromSeconds(7.5), TimeSpan.Zero), (options.Runs.DeadlineMargin, options.Runs.ProgressInterval));
        Assert.Equal((new Uri("http://127.0.0.1:9000"), "eu-central-1", "/opt/ep"),
            (options.S3Endpoint, options.Region, options.EnergyPlusDirectory));
        Assert.Empty(options.UnknownVariables);
    }

    [Fact]
    public void Studies_are_run_as_the_environment_says()
    {
        Assert.Equal(new StudySettings(), Read().Runs.Studies);
        var studies = Read(("IDFKIT_STUDIES", "Machine"), ("IDFKIT_STUDY_SELF_ROWS", "0"), ("IDFKIT_STUDY_MAX_ROWS", "100000"),
            ("IDFKIT_STUDY_CONCURRENCY", "7")).Runs.Studies;
        Assert.Equal(
            (true, 0, 100_000, 7), (studies.ByMachine, studies.MostRowsByItself, studies.MaxRows, studies.Concurrency));
        foreach (var (name, bad) in new[]
        {
            ("IDFKIT_STUDIES", "yes"), ("IDFKIT_STUDY_SELF_ROWS", "-1"), ("IDFKIT_STUDY_MAX_ROWS", "0"),
            ("IDFKIT_STUDY_CONCURRENCY", "1e3"),
        })
            Assert.StartsWith($"{name} is '{bad}'", Assert.Throws<FunctionStartException>(() => Read((name, bad))).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Weather_places_are_folders_with_commas_between_them()
    {
        Assert.Equal(
            ["s3://weather/epw/", "s3://other/"],
            Read(("IDFKIT_WEATHER_PLACES", "s3://weather/epw/, S3://other/,")).Runs.WeatherPlaces);
        Assert.Empty(Read().Runs.WeatherPlaces);
        string[] all = ["s3://weather", "s3://weather/epw", "weather/", "s3://a/../b/", "s3:///x/", "arn:aws:s3:::weather/", "*"];
        foreach (var bad in all)
        {
            var fault = Assert.Throws<FunctionStartException>(() => Read(("IDFKIT_WEATHER_PLACES", "s3://good/," + bad)));
            Assert.Equal(
                $"IDFKIT_WEATHER_PLACES cannot be used: the place '{bad}' must be a folder of a bucket that ends with a slash, "
                    + "such as s3://bucket/weather/.",
                fault.Message);
        }
    }

    [Theory]
    [InlineData(null, null, Engine.VersionPolicy.ExactOrMigrate)]
    [InlineData(null, "false", Engine.VersionPolicy.ExactOrMigrate)]
    [InlineData(null, "true", Engine.VersionPolicy.AsIs)]
    [InlineData("as_is", "true", Engine.VersionPolicy.AsIs)]
    [InlineData("as_is", "false", Engine.VersionPolicy.AsIs)]
    [InlineData("EXACT", null, Engine.VersionPolicy.Exact)]
    [InlineData("migrate", "", Engine.VersionPolicy.Migrate)]
    [InlineData("exact_or_migrate", null, Engine.VersionPolicy.ExactOrMigrate)]
    public void Version_policy_has_a_variable_and_an_alias(string? policy, string? alias, Engine.VersionPolicy expected) =>
        Assert.Equal(expected, Read(("IDFKIT_VERSION_POLICY", policy!), ("IDFKIT_ALLOW_VERSION_MISMATCH", alias!)).Runs.VersionPolicy);

    [Theory]
    [InlineData("newest", null, "IDFKIT_VERSION_POLICY is 'newest'; it must be exact_or_migrate, exact, as_is or migrate.")]
    [InlineData("exact", "true", "IDFKIT_VERSION_POLICY is 'exact' and IDFKIT_ALLOW_VERSION_MISMATCH is true, "
        + "which means as_is; leave one of them out.")]
    public void Version_policy_that_is_none_or_contradicts_its_alias_stops_the_start(string policy, string? alias, string message) =>
        Assert.Equal(message, Assert.Throws<FunctionStartException>(() =>
            Read(("IDFKIT_VERSION_POLICY", policy), ("IDFKIT_ALLOW_VERSION_MISMATCH", alias!))).Message);

    [Theory]
    [InlineData(null, null, true, Engine.ConfinementLayers.None)]
    [InlineData("best", null, true, Engine.ConfinementLayers.None)]
    [InlineData("FILTER", null, true, Engine.ConfinementLayers.Filter)]
    [InlineData("full", "false", true, Engine.ConfinementLayers.Filter | Engine.ConfinementLayers.Landlock)]
    [InlineData("off", null, false, Engine.ConfinementLayers.None)]
    [InlineData(null, "true", false, Engine.ConfinementLayers.None)]
    [InlineData("best", "true", false, Engine.ConfinementLayers.None)]
    public void Confinement_says_what_must_be_there(
        string? confinement, string? unsafeObjects, bool isOn, Engine.ConfinementLayers required)
    {
        var options = Read(("IDFKIT_CONFINEMENT", confinement!), ("IDFKIT_ALLOW_UNSAFE_OBJECTS", unsafeObjects!));
        Assert.Equal((isOn, required), (options.Confine, options.RequiredLayers));
    }

    [Theory]
    [InlineData("none", null, "IDFKIT_CONFINEMENT is 'none'; it must be best, filter, full or off.")]
    [InlineData("filter", "true", "IDFKIT_CONFINEMENT is 'filter', and IDFKIT_ALLOW_UNSAFE_OBJECTS lets models do what that refuses; "
        + "take one of the two back.")]
    public void Confinement_that_is_none_or_contradicts_unsafe_objects_stops_the_start(
        string value, string? unsafeObjects, string message) =>
        Assert.Equal(message, Assert.Throws<FunctionStartException>(() =>
            Read(("IDFKIT_CONFINEMENT", value), ("IDFKIT_ALLOW_UNSAFE_OBJECTS", unsafeObjects!))).Message);

    [Theory]
    [InlineData(512, 6, true, 1, 416)]
    [InlineData(1769, 6, true, 1, 1673)]
    [InlineData(2048, 1, true, 1, 1952)]
    [InlineData(2048, 2, true, 2, 976)]
    [InlineData(10240, 6, true, 6, 1690)]
    [InlineData(2048, 2, false, 1, 1952)] // nothing keeps them apart: one at a time, which has all the memory
    [InlineData(10240, 6, false, 1, 10144)]
    public void Memory_of_the_function_bounds_that_of_EnergyPlus(
        int memory, int processors, bool keepsApart, int concurrency, long megabytes)
    {
        var atOnce = FunctionOptions.ModelsAtOnce(memory, processors, keepsApart);
        Assert.Equal((concurrency, megabytes * 1_048_576), (atOnce, FunctionOptions.MemoryOfOne(memory, atOnce)));
    }

    [Theory]
    [InlineData("best")] // on a kernel that has the filter alone one at a time, which has all of it
    [InlineData("off")]
    public void Models_that_run_at_a_time_share_the_memory(string confinement)
    {
        Assert.Equal((1, null), (Read().Concurrency, Read().EngineMemoryBytes));
        var options = Read(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "4096"), ("IDFKIT_CONFINEMENT", confinement));
        Assert.Equal(4000 / options.Concurrency * 1_048_576L, options.EngineMemoryBytes);
        if (confinement is "off") Assert.Equal(Math.Min(4, Environment.ProcessorCount), options.Concurrency);
    }

    [Theory]
    [InlineData("512", 1)]
    [InlineData("1769", 1)]
    [InlineData("3007", 1)]
    [InlineData("3008", 2)]
    [InlineData("5307", 3)]
    [InlineData("10240", 6)]
    public void Memory_of_the_function_says_how_many_processors_it_is_given(string memory, int processors)
    {
        Assert.Equal(processors, Read(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory)).Processors);
        Assert.Null(Read(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory), ("AWS_SAM_LOCAL", "true")).Processors);
        Assert.Null(Read().Processors);
    }

    [Theory]
    [InlineData("IDFKIT_ANNUAL", "perhaps")]
    [InlineData("IDFKIT_DEADLINE_MARGIN_SECONDS", "-1")]
    [InlineData("IDFKIT_PROGRESS_SECONDS", "soon")]
    [InlineData("IDFKIT_INPUT_PREFIX", "/inputs")]
    [InlineData("IDFKIT_INPUT_PREFIX", "a/../inputs/")]
    [InlineData("IDFKIT_OUTPUT_PREFIX", "a//b")]
    [InlineData("IDFKIT_OUTPUTS", "leen")]
    [InlineData("IDFKIT_WORK_DIR", "/nowhere/at/all")]
    [InlineData("AWS_ENDPOINT_URL_S3", "localhost:9000")]
    public void Value_that_cannot_be_used_stops_the_start_with_its_name(string name, string value)
    {
        var fault = Assert.Throws<FunctionStartException>(() => Read((name, value)));
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains(value, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_that_cannot_be_used_is_said()
    {
        var fault = Assert.Throws<FunctionStartException>(() => Read(
            ("IDFKIT_ANNUAL", "perhaps"), ("IDFKIT_PROGRESS_SECONDS", "soon"), ("IDFKIT_INPUT_PREFIX", "/in")));
        Assert.Equal(3, fault.Faults.Count);
        Assert.All(fault.Faults, sentence => Assert.Contains(sentence, fault.Message, StringComparison.Ordinal));
        Assert.Contains("IDFKIT_ANNUAL is 'perhaps'; it must be true or false.", fault.Faults);
    }

    [Theory]
    [InlineData("IDFKIT_WETHER", "did you mean IDFKIT_WEATHER?")]
    [InlineData("IDFKIT_OUTPUT_PREFX", "did you mean IDFKIT_OUTPUT_PREFIX?")]
    [InlineData("IDFKIT_XYZZY", "means nothing to this version; docs")]
    public void Misspelt_variable_is_told_with_the_one_that_was_meant(string name, string told) =>
        Assert.Contains(told, FunctionOptions.AboutUnknown(name), StringComparison.Ordinal);

    [Fact]
    public void Misspelt_variable_is_found() =>
        Assert.Equal(["IDFKIT_WETHER"], Read(("IDFKIT_WETHER", "a.epw"), ("OTHER", "x")).UnknownVariables);

    [Fact]
    public void Every_variable_is_documented_and_no_other()
    {
        var documented = Name().Matches(File.ReadAllText(Repository.PathOf("docs", "configuration.md")))
            .Select(match => match.Value)
            .Where(name => name != "IDFKIT_")
            .Distinct();
        Assert.Equal(FunctionOptions.KnownVariables.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static FunctionOptions Read(params (string Name, string Value)[] variables) =>
        FunctionOptions.FromEnvironment(variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    [GeneratedRegex("IDFKIT_[A-Z_]*")]
    private static partial Regex Name();
}
