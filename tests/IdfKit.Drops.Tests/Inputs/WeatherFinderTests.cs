using TestBed;

using IdfKit.Drops.Inputs;
using IdfKit.Runs;
using RunBed;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Inputs;

/// <summary>The weather that somebody named, in whatever spelling; and what is said when there is none or more than one.</summary>
public sealed class WeatherFinderTests : IBucketSource, IDisposable
{
    private const string Model = "inputs/study/house.idf";

    private static readonly FileEntry Fetched = new(Model, 1, DateTimeOffset.UnixEpoch, "1");

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryFileSystem _memory = new();
    private readonly RecordingFileSystem _bucket;

    public WeatherFinderTests() => _bucket = new RecordingFileSystem(_memory.AsAsync());

    public IAsyncFileSystem Open(string bucket) => _bucket;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("w.epw", "inputs/study/w.epw")]
    [InlineData("./w.epw", "inputs/study/w.epw")]
    [InlineData(@".\w.epw", "inputs/study/w.epw")]
    [InlineData(@"sub\w.epw", "inputs/study/sub/w.epw")]
    [InlineData("../weather/w.epw", "inputs/weather/w.epw")]
    [InlineData(@"..\..\weather\w.epw", "weather/w.epw")]
    [InlineData("a/../w.epw", "inputs/study/w.epw")]
    [InlineData(" w.epw ", "inputs/study/w.epw")]
    [InlineData("W.EPW", "inputs/study/w.epw")]
    [InlineData("../Weather/W.epw", "inputs/Weather/w.epw")]
    [InlineData("Zu\u0308rich.epw", "inputs/study/Z\u00fcrich.epw")]
    [InlineData("inputs/weather/w.epw", "inputs/weather/w.epw")]
    [InlineData("/inputs/weather/w.epw", "inputs/weather/w.epw")]
    [InlineData("s3://bucket/inputs/weather/w.epw", "inputs/weather/w.epw")]
    [InlineData(@"C:\weather\w.epw", "inputs/study/w.epw")]
    [InlineData("/home/someone/w.epw", "inputs/study/w.epw")]
    public async Task Named_file_is_found_relative_to_the_model(string name, string lies)
    {
        await PutAsync(lies);
        var (weather, rejection) = await FinderOf("s3://bucket/weather/").FindNamedAsync(name, "job_file", CancellationToken.None);
        Assert.Null(rejection);
        Assert.Equal((lies, "job_file"), (weather!.Key, weather.Source));
        Assert.Equal("x", await File.ReadAllTextAsync(_folder["in.epw"]));
    }

    [Fact]
    public async Task Exact_name_takes_one_request()
    {
        await PutAsync("inputs/study/w.epw");
        await FinderOf().FindNamedAsync("w.epw", "job_file", CancellationToken.None);
        Assert.Equal(["Download inputs/study/w.epw"], _bucket.Requests);
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket/w.epw")]
    [InlineData("w.epw\n")]
    [InlineData("a\u0007.epw")]
    [InlineData("https://example.org/w.epw")]
    [InlineData("s3://bucket")]
    [InlineData("../../../w.epw")]
    [InlineData("weather/")]
    [InlineData("..")]
    [InlineData("   ")]
    public async Task Name_that_can_be_no_file_is_said_in_a_sentence(string name)
    {
        var (_, rejection) = await FinderOf().FindNamedAsync(name, "metadata", CancellationToken.None);
        Assert.Contains("is neither a file of the bucket nor s3://bucket/key", rejection!.Message, StringComparison.Ordinal);
        AssertIsSentence(rejection.Message);
        Assert.Empty(_bucket.Requests);
    }

    [Fact]
    public async Task Named_file_that_is_missing_is_waited_for_in_both_places()
    {
        var (_, rejection) = await FinderOf("s3://bucket/").FindNamedAsync("w.epw", "job_file", CancellationToken.None);
        Assert.Equal(RunReason.NoWeather, rejection!.Reason);
        Assert.Equal(["inputs/study/w.epw", "w.epw"], rejection.Missing);
        Assert.Contains("s3://bucket/inputs/study/w.epw", rejection.Message, StringComparison.Ordinal);
        AssertIsSentence(rejection.Message);
    }

    [Fact] // a role that may not read the bucket's root is answered 403 there
    public async Task Named_file_that_may_not_be_read_is_a_rejection_and_is_waited_for()
    {
        _bucket.Before = request => request.EndsWith("study/w.epw", StringComparison.Ordinal) ? Task.CompletedTask
            : throw new StorageException(StorageErrorKind.AccessDenied, "Download", "w.epw", "denied");
        var (_, rejection) = await FinderOf("s3://bucket/").FindNamedAsync("w.epw", "job_file", CancellationToken.None);
        Assert.Contains("may not be read", rejection!.Message, StringComparison.Ordinal);
        Assert.Equal(["inputs/study/w.epw", "w.epw"], rejection.Missing);
        AssertIsSentence(rejection.Message);

        var (_, other) = await FinderOf().FindNamedAsync("s3://other/w.epw", "default", CancellationToken.None);
        Assert.Contains("s3://other/w.epw", other!.Message, StringComparison.Ordinal);
        Assert.Empty(other.Missing);
    }

    /// <summary>The function's role may read more than who wrote the name.</summary>
    [Theory]
    [InlineData("s3://other/w.epw", "s3://other/w.epw is outside the input prefix")]
    [InlineData("s3://other/inputs/w.epw", "s3://other/inputs/w.epw is outside")]
    [InlineData("S3://other/w.epw", "s3://other/w.epw is outside")]
    [InlineData("s3://bucket/private/w.epw", "s3://bucket/private/w.epw is outside")]
    [InlineData("s3://bucket/inputs", "s3://bucket/inputs is outside")]
    [InlineData("s3://bucket/inputs-of-others/w.epw", "outside")]
    [InlineData("s3://bucket/Inputs/w.epw", "outside")]
    [InlineData("s3://bucket/epw/other.epw", "outside")]
    [InlineData("s3://other/epw/default.epw", "outside")]
    [InlineData("s3://bucket/weather-of-others/w.epw", "outside")]
    [InlineData("../../private/w.epw", "s3://bucket/private/w.epw is outside")]
    [InlineData("s3://bucket/outputs/study/house/eplusout.err", "lies among results")]
    [InlineData("../../outputs/study/house/w.epw", "lies among results")]
    public async Task File_outside_of_the_places_is_not_read(string name, string said)
    {
        foreach (var key in new[] { "w.epw", "private/w.epw", "inputs", "outputs/study/house/w.epw", "epw/other.epw" }) await PutAsync(key);
        foreach (var source in new[] { "job_file", "metadata" })
        {
            var (weather, rejection) = await FinderOf("s3://bucket/weather/").FindNamedAsync(name, source, CancellationToken.None);
            Assert.Null(weather);
            Assert.Equal(RunReason.NoWeather, rejection!.Reason);
            Assert.Contains(said, rejection.Message, StringComparison.Ordinal);
            AssertIsSentence(rejection.Message);
            Assert.Empty(rejection.Missing);
        }
        Assert.Empty(_bucket.Requests);
    }

    [Theory]
    [InlineData("s3://other/epw/w.epw")]
    [InlineData("s3://other/epw/de/w.epw")]
    [InlineData("s3://bucket/weather/w.epw")]
    [InlineData("weather/w.epw")]
    [InlineData("epw/default.epw")]
    [InlineData("/epw/default.epw")]
    [InlineData("s3://bucket/epw/default.epw")]
    public async Task File_in_a_listed_place_or_the_default_itself_is_read(string name)
    {
        foreach (var key in new[] { "epw/w.epw", "epw/de/w.epw", "weather/w.epw", "epw/default.epw" }) await PutAsync(key);
        var finder = FinderOf("s3://other/epw/", "s3://bucket/weather/");
        var (weather, _) = await finder.FindNamedAsync(name, "job_file", CancellationToken.None);
        Assert.Equal("job_file", weather!.Source);
    }

    [Fact]
    public async Task Results_are_no_weather_though_their_place_is_listed()
    {
        await PutAsync("outputs/a/w.epw");
        var (_, rejection) = await FinderOf("s3://bucket/").FindNamedAsync("/outputs/a/w.epw", "job_file", CancellationToken.None);
        Assert.DoesNotContain(_bucket.Requests, request => request.Contains(" outputs", StringComparison.Ordinal));
        AssertIsSentence(rejection!.Message);
    }

    [Fact] // the bucket's root is where it was before
    public async Task Missing_file_is_waited_for_beside_the_model_and_its_other_place_is_said()
    {
        await PutAsync("epw/w.epw");
        var (_, rejection) = await FinderOf().FindNamedAsync("epw/w.epw", "job_file", CancellationToken.None);
        Assert.Equal(["inputs/study/epw/w.epw"], rejection!.Missing);
        Assert.Equal(
            "The weather 'epw/w.epw' that the job file names is not at s3://bucket/inputs/study/epw/w.epw or may not be read; "
                + "put it there, and the model is run. s3://bucket/epw/w.epw is read only if the function's owner adds its folder to "
                + "IDFKIT_WEATHER_PLACES.",
            rejection.Message);
        Assert.DoesNotContain(_bucket.Requests, request => request.Contains(" epw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Own_weather_in_capitals_goes_before_others_of_the_folder()
    {
        await PutAsync("inputs/study/House.EPW");
        await PutAsync("inputs/study/other.epw");
        var finder = FinderOf();
        Assert.Null(await finder.FindSiblingAsync(CancellationToken.None));
        var weather = await finder.FindInFolderAsync(Fetched, CancellationToken.None);
        Assert.Equal(("inputs/study/House.EPW", "sibling"), (weather!.Key, weather.Source));
        Assert.Equal(2 + 1, _bucket.Requests.Count); // the miss, the listing, the file
    }

    [Fact]
    public async Task Several_files_are_named_with_what_to_do()
    {
        await PutAsync("inputs/study/w.epw");
        await PutAsync("inputs/study/w2.EPW");
        var finder = FinderOf();
        Assert.Null(await finder.FindSiblingAsync(CancellationToken.None));
        Assert.Null(await finder.FindInFolderAsync(Fetched, CancellationToken.None));
        var rejection = finder.NoneFound(hasJobFile: false);
        Assert.Contains("there are 2: w.epw, w2.EPW. Name one in house.job.json, or call it house.epw",
            rejection.Message, StringComparison.Ordinal);
        Assert.Equal(["inputs/study/house.epw", "inputs/study/house.job.json"], rejection.Missing);
        AssertIsSentence(rejection.Message);
    }

    [Fact]
    public void Bad_weather_is_replaced_by_the_same_file_or_one_that_comes_before_it()
    {
        var finder = FinderOf();
        Assert.Equal(["inputs/study/w.epw", "inputs/study/house.epw", "inputs/study/house.job.json"],
            finder.MissingInsteadOf(new("bucket", "inputs/study/w.epw", "folder"), hasJobFile: false));
        Assert.Equal(["inputs/study/w.epw"], finder.MissingInsteadOf(new("bucket", "inputs/study/w.epw", "job_file"), hasJobFile: true));
        Assert.Equal([], finder.MissingInsteadOf(new("other", "w.epw", "job_file"), hasJobFile: true));
    }

    [Fact]
    public void Sentences_hold_with_the_longest_of_names()
    {
        var name = new string('n', 400) + "\r\n.epw";
        string[] places = [$"s3://bucket/{name}", $"s3://bucket/other/{name}", name];
        foreach (var sentence in new[]
        {
            DropSentences.NoWeather(name, true, true),
            DropSentences.NoWeather(name, false, false), DropSentences.WeatherNotChosen(places, name, name),
            DropSentences.WeatherIsNoFile(name, name),
            DropSentences.WeatherOutside(name, "the model's metadata", name),
            DropSentences.WeatherAmongResults(name, "the model's metadata", name),
            DropSentences.NamedWeatherElsewhere(name, "the model's metadata", name, name),
            DropSentences.NamedWeatherMissing(name, "the model's metadata", places, true),
            DropSentences.NamedWeatherMissing(name, "the model's metadata", places, false),
            DropSentences.NamedWeatherDenied(name, "the model's metadata", places, true),
            DropSentences.NamedWeatherDenied(name, "the model's metadata", places, false),
            DropSentences.DefaultWeatherDenied(name, places), DropSentences.DefaultWeatherMissing(name, places),
            DropSentences.OwnWeatherDenied(name), DropSentences.OwnWeatherUnknown(name),
            DropSentences.ModelDenied(name), DropSentences.JobFileDenied(name), DropSentences.JobFileUnknown(name),
            DropSentences.BadBundle(name, DropSentences.SeveralModelsInBundle(places)),
            DropSentences.BadBundle(name, DropSentences.EntryIsLink(name)),
            DropSentences.BadBundle(name, DropSentences.DamagedBundle(name)),
            DropSentences.BadBundle(name, DropSentences.EntryIsFileAndFolder(name)),
            DropSentences.BadBundle(name, DropSentences.EntryNameTooLong(name, 255)), DropSentences.BundleUnpacksTo(name, "1024 MB"),
        }) AssertIsSentence(sentence);
    }

    private static void AssertIsSentence(string message)
    {
        Assert.True(message.Length <= 300, $"{message.Length} characters: {message}");
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    private Task PutAsync(string key)
    {
        _memory.WriteText(key, "x");
        return Task.CompletedTask;
    }

    private WeatherFinder FinderOf(params string[] places) =>
        new(this, "bucket", ObjectKey.FromText(Model), _folder["in.epw"], new(Settings(places), "bucket"));

    private static RunSettings Settings(params string[] places) => new() { DefaultWeather = "epw/default.epw", WeatherPlaces = places };
}
