using IdfKit.Storage.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A bucket as a service of the real container.</summary>
public sealed class DependencyInjectionTests(RgwServer rgw) : IAsyncLifetime
{
    private readonly TestBucket _bucket = new(rgw);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    [Fact]
    public async Task Both_faces_are_the_same_files_once_per_container()
    {
        await using var services = new ServiceCollection()
            .AddS3FileSystem(await _bucket.CreateAsync(), options => Reach(options) with { Prefix = "studies" })
            .BuildServiceProvider(validateScopes: true);
        var files = services.GetRequiredService<IAsyncFileSystem>();
        await files.WriteTextAsync("a.txt", "x");
        Assert.Equal("x", services.GetRequiredService<IFileSystem>().ReadText("a.txt"));
        Assert.Same(files, services.GetRequiredService<IAsyncFileSystem>());
        await using var scope = services.CreateAsyncScope();
        Assert.Same(files, scope.ServiceProvider.GetRequiredService<IAsyncFileSystem>());
        await using var all = await _bucket.OpenAsync();
        Assert.True(await all.ExistsAsync("studies/a.txt"));
    }

    [Fact]
    public async Task Keys_tell_buckets_apart()
    {
        var bucket = await _bucket.CreateAsync();
        await using var services = new ServiceCollection()
            .AddKeyedS3FileSystem("inputs", bucket, options => Reach(options) with { Prefix = "in" })
            .AddKeyedS3FileSystem("outputs", bucket, (_, options) => Reach(options) with { Prefix = "out" })
            .BuildServiceProvider();
        await services.GetRequiredKeyedService<IAsyncFileSystem>("inputs").WriteTextAsync("f", "model");
        await services.GetRequiredKeyedService<IAsyncFileSystem>("outputs").WriteTextAsync("f", "result");
        Assert.Equal("model", services.GetRequiredKeyedService<IFileSystem>("inputs").ReadText("f"));
        Assert.Equal("result", services.GetRequiredKeyedService<IFileSystem>("outputs").ReadText("f"));
        Assert.Null(services.GetService<IAsyncFileSystem>());
    }

    [Fact]
    public async Task Other_services_help_to_configure()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(new S3Credentials(rgw.AccessKeyId, rgw.SecretAccessKey))
            .AddS3FileSystem(await _bucket.CreateAsync(), (provider, options) => options with
            {
                EndpointUrl = rgw.EndpointUrl, Credentials = provider.GetRequiredService<S3Credentials>()
            })
            .BuildServiceProvider();
        Assert.False(await services.GetRequiredService<IAsyncFileSystem>().ExistsAsync("f"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Container_disposes_what_it_opened(bool blocking)
    {
        var services = new ServiceCollection()
            .AddS3FileSystem("bucket", Reach)
            .AddKeyedS3FileSystem("other", "bucket", Reach)
            .BuildServiceProvider();
        var files = services.GetRequiredService<IAsyncFileSystem>();
        var face = services.GetRequiredService<IFileSystem>();
        var keyed = services.GetRequiredKeyedService<IAsyncFileSystem>("other");
        if (blocking) services.Dispose();
        else await services.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => files.ExistsAsync("f"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => keyed.ExistsAsync("f"));
        Assert.Throws<ObjectDisposedException>(() => face.Exists("f"));
    }

    [Fact]
    public async Task Section_of_the_configuration_names_bucket_and_options()
    {
        var section = Section(
            ("Bucket", "results"), ("prefix", "studies"), ("EndpointUrl", rgw.EndpointUrl.AbsoluteUri), ("PathStyle", "true"),
            ("Concurrency", "3"), ("PartSizeBytes", "6291456"), ("OperationTimeout", "00:00:30"), ("Checksums", "WhenRequired"),
            ("Region", "eu-central-1"), ("Profile", "work"), ("StorageClass", "STANDARD"), ("Tags:team", "b"),
            ("ExpectedBucketOwner", "123456789012"), ("RequesterPays", "true"));
        await using var services = new ServiceCollection().AddS3FileSystem(section).BuildServiceProvider();
        var seen = Assert.IsType<AsyncS3FileSystem>(services.GetRequiredService<IAsyncFileSystem>()).Options;
        Assert.Equal(("studies/", rgw.EndpointUrl, true, 3, 6291456L),
            (seen.Prefix, seen.EndpointUrl, seen.PathStyle, seen.Concurrency, seen.PartSizeBytes));
        Assert.Equal((TimeSpan.FromSeconds(30), S3Checksums.WhenRequired, "eu-central-1", "work", "STANDARD", "b"),
            (seen.OperationTimeout, seen.Checksums, seen.Region, seen.Profile, seen.StorageClass, seen.Tags["team"]));
        Assert.Equal(("123456789012", true), (seen.ExpectedBucketOwner, seen.RequesterPays));
    }

    [Fact]
    public void Every_option_but_keys_is_a_setting()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => new ServiceCollection().AddS3FileSystem(Section(("Bucket", "b"), ("Nothing", "x"))));
        foreach (var option in typeof(S3FileSystemOptions).GetProperties())
            Assert.Equal(!option.Name.StartsWith("Credential", StringComparison.Ordinal),
                refused.Message.Contains(option.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Prefix", "a", "names no bucket")]
    [InlineData("Bucket", " ", "names no bucket")]
    [InlineData("Prefx", "a", "'Results:Prefx' is no setting of a bucket; the settings are Bucket, Prefix, Region")]
    [InlineData("SecretAccessKey", "s3cret", "'Results:SecretAccessKey' is no setting")]
    [InlineData("Prefix", "../x", "'Results:Prefix' cannot be '../x'")]
    [InlineData("Concurrency", "many", "'Results:Concurrency' cannot be 'many'")]
    [InlineData("Concurrency", "99", "'Results:Concurrency' cannot be '99'")]
    [InlineData("EndpointUrl", "ftp://x", "'Results:EndpointUrl' cannot be 'ftp://x'")]
    [InlineData("ExpectedBucketOwner", "me", "'Results:ExpectedBucketOwner' cannot be 'me'")]
    [InlineData("RequesterPays", "yes", "'Results:RequesterPays' cannot be 'yes'")]
    [InlineData("OperationTimeout", "soon", "'Results:OperationTimeout' cannot be 'soon'")]
    [InlineData("OperationTimeout", "-00:00:01", "'Results:OperationTimeout' cannot be '-00:00:01': The operation timeout must be")]
    [InlineData("PartSizeBytes", "1", "'Results:PartSizeBytes' cannot be '1': The part size must be from 5 MiB to 1 GiB.")]
    [InlineData("PartSizeBytes", "1\n2", "'Results:PartSizeBytes' cannot be '1\\u000a2'")]
    [InlineData("EndpointUrl", "", "'Results:EndpointUrl' cannot be ''")]
    [InlineData("EndpointUrl", null, "'Results:EndpointUrl' cannot be ''")]
    [InlineData("EndpointUrl", "http://key:s3cret@host", "'Results:EndpointUrl' cannot be '…'")]
    [InlineData("EndpointUrl", "http://host/?s3cret", "'Results:EndpointUrl' cannot be '…'")]
    [InlineData("Checksums", "", "'Results:Checksums' cannot be ''")]
    [InlineData("Checksums", "some", "'Results:Checksums' cannot be 'some'")]
    [InlineData("PathStyle", null, "'Results:PathStyle' cannot be ''")]
    public void Section_that_is_wrong_is_refused_at_the_start(string name, string? value, string why)
    {
        var settings = name == "Bucket" || why.Contains("no bucket", StringComparison.Ordinal)
            ? Section((name, value))
            : Section(("Bucket", "b"), (name, value));
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddS3FileSystem(settings));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public void Bucket_without_a_name_is_refused_at_the_start()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddS3FileSystem(""));
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKeyedS3FileSystem("k", ""));
    }

    private S3FileSystemOptions Reach(S3FileSystemOptions options) => options with
    {
        EndpointUrl = rgw.EndpointUrl, Credentials = new S3Credentials(rgw.AccessKeyId, rgw.SecretAccessKey)
    };

    private static IConfigurationSection Section(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>("Results:" + setting.Name, setting.Value)))
        .Build()
        .GetSection("Results");
}
