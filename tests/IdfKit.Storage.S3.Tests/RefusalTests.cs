using IdfKit.Storage.Contract;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What is refused before any request, since it would become a wrong header, host name or signature.</summary>
public sealed class RefusalTests
{
    private static readonly S3FileSystemOptions Nowhere =
        new() { EndpointUrl = new Uri("http://127.0.0.1:1"), Credentials = new S3Credentials("key", "secret") };

    [Theory]
    [InlineData("a b", "letters, digits")]
    [InlineData("a/b", "letters, digits")]
    [InlineData("a?x", "letters, digits")]
    [InlineData("me@host", "letters, digits")]
    [InlineData("b\r\n", "letters, digits")]
    [InlineData("bücket", "letters, digits")]
    [InlineData("-b", "begins and ends")]
    [InlineData("b.", "begins and ends")]
    [InlineData("..", "begins and ends")]
    [InlineData("a..b", "two dots")]
    [InlineData("127.0.0.1", "address of a machine")]
    [InlineData("arn:aws:s3:x y", "visible ASCII")]
    [InlineData("", "empty")]
    public void Bucket_that_cannot_be_one_is_refused_in_one_line(string name, string why)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new AsyncS3FileSystem(name, Nowhere));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("my-bucket")]
    [InlineData("My_Old.Bucket")]
    [InlineData("127.0.0.1.x")]
    [InlineData("1.2.3.256")]
    [InlineData("arn:aws:s3:eu-central-1:123456789012:accesspoint/results")]
    public async Task Bucket_of_old_rules_and_an_access_point_are_taken(string name)
    {
        await using var fs = new AsyncS3FileSystem(name, Nowhere);
        Assert.NotNull(fs);
    }

    [Fact]
    public void Bucket_has_at_most_255_characters()
    {
        using (new S3FileSystem(new string('b', 255), Nowhere)) Assert.Throws<ArgumentException>(
            () => new S3FileSystem(new string('b', 256), Nowhere));
    }

    [Theory]
    [InlineData("localhost:9000")]
    [InlineData("ftp://host")]
    [InlineData("/relative")]
    [InlineData("http://key:secret@host")]
    [InlineData("http://host/?secret=1")]
    [InlineData("http://host/#secret")]
    public void Endpoint_that_is_more_or_less_than_a_server_is_refused(string url)
    {
        var address = new Uri(url, UriKind.RelativeOrAbsolute);
        var error = Assert.Throws<ArgumentException>(() => new S3FileSystemOptions { EndpointUrl = address });
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\u0085")]
    [InlineData("ü")]
    public void Names_that_go_into_headers_are_visible_ascii(string name)
    {
        (string What, Func<string, S3FileSystemOptions> Set)[] options =
        [
            ("region", value => new() { Region = value }),
            ("KMS key", value => new() { KmsKeyId = value }),
            ("storage class", value => new() { StorageClass = value }),
        ];
        foreach (var (what, set) in options)
        {
            Assert.Contains(what, Assert.Throws<ArgumentException>(() => set(name)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => set(new string('x', 2049)));
            set(new string('x', 2048));
        }
    }

    [Theory]
    [InlineData("secret\n", "s", null)]
    [InlineData("k", "secret\r\n", null)]
    [InlineData("k", "sec ret", null)]
    [InlineData("k", "s", "secret\n")]
    [InlineData("k", "s", "sécret")]
    public void Credentials_with_a_line_end_of_their_file_are_refused_and_not_repeated(string key, string secret, string? token)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new S3Credentials(key, secret, token));
        Assert.DoesNotContain("ret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "s", "The name of the access key is empty: give one.")]
    [InlineData(null, "s", "The name of the access key is missing: give one.")]
    [InlineData("k", "", "The secret access key is empty: give one.")]
    [InlineData("k", null, "The secret access key is missing: give one.")]
    public void Credentials_that_are_missing_are_named_by_their_plain_word(string? key, string? secret, string why) =>
        Assert.Equal(why, Assert.ThrowsAny<ArgumentException>(() => new S3Credentials(key!, secret!)).Message);

    [Fact]
    public async Task What_is_missing_or_out_of_bounds_is_said_in_one_line_that_names_no_parameter()
    {
        await using var fs = new AsyncS3FileSystem("bucket", Nowhere);
        Func<Task>[] wrong =
        [
            () => fs.DownloadAsync("f", ""),
            () => fs.DownloadAsync("f", null!),
            () => fs.UploadAsync("", "f"),
            () => fs.OpenReadVersionAsync("f", ""),
            () => fs.PresignGetAsync("f", TimeSpan.Zero),
            () => fs.GlobAsync("", "").ToListAsync().AsTask(),
            () => fs.GlobAsync("", "/a").ToListAsync().AsTask(),
            () => Task.FromResult(new S3FileSystemOptions { PartSizeBytes = 1 }),
            () => Task.FromResult(new S3FileSystemOptions { Concurrency = 0 }),
            () => Task.FromResult(new S3FileSystemOptions { OperationTimeout = TimeSpan.Zero }),
            () => Task.FromResult(new ListOptions { Limit = 0 }),
            () => Task.FromResult(new Storage.CachingOptions { MaxBytes = 0 }),
            () => Task.FromResult(FileSystems.Open(" ")),
            () => Task.FromResult(FileSystems.Open("ftp://host")),
            () => Task.FromResult(FileSystems.Open("mem:x")),
            () => Task.FromResult(FileSystems.Open("file:")),
            () => Task.FromResult(new S3FileSystem("", Nowhere)),
        ];
        foreach (var call in wrong)
        {
            var error = await Assert.ThrowsAnyAsync<ArgumentException>(call);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Parameter", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }

    [Fact, Rule("K2")]
    public async Task Signed_address_lasts_from_a_second_to_seven_days_and_says_how_long()
    {
        // Credentials that take their time are no part of it.
        await using var fs = new AsyncS3FileSystem("bucket", Nowhere with { Credentials = null, CredentialProvider = SlowAsync });
        foreach (var seconds in new[] { 60, 1, 604_799, 604_800 })
        {
            // The SDK counts whole seconds, and may say one more or, when this machine pauses, less.
            var address = await fs.PresignGetAsync("f", TimeSpan.FromSeconds(seconds));
            var said = int.Parse(address.Query.Split("X-Amz-Expires=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(said, Math.Max(1, seconds - 1), Math.Min(seconds + 1, 604_800));
            Assert.Contains("X-Amz-Signature=", address.Query, StringComparison.Ordinal);
        }
        TimeSpan[] wrong = [TimeSpan.FromDays(7) + TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(999), TimeSpan.MinValue];
        foreach (var validFor in wrong)
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fs.PresignPutAsync("f", validFor));

        static async Task<S3Credentials> SlowAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(2.5), cancellationToken);
            return new S3Credentials("key", "secret");
        }
    }

    [Theory, Rule("K2")]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/plain\r\nx-evil: 1")]
    [InlineData("text/plain; charset")]
    [InlineData(" text/plain")]
    [InlineData("täxt/plain")]
    public async Task Content_type_that_is_none_is_not_signed(string contentType)
    {
        await using var fs = new AsyncS3FileSystem("bucket", Nowhere);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.PresignPutAsync("f", TimeSpan.FromHours(1), contentType));
        Assert.Equal((StorageErrorKind.InvalidOptions, "PresignPut", "f"), (error.Kind, error.Operation, error.Path));
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
