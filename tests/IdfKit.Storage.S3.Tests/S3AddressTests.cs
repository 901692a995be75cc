namespace IdfKit.Storage.S3.Tests;

public sealed class S3AddressTests
{
    [Fact]
    public void An_address_holds_bucket_prefix_and_settings()
    {
        var (bucket, options) = S3Addresses.Parse(
            "s3://my-bucket/runs/2026 ü%20/?region=eu-central-1&endpoint=http%3A%2F%2Flocalhost%3A9000"
                + "&path_style=false&part_size=16777216&timeout=2.5");
        Assert.Equal("my-bucket", bucket);
        Assert.Equal(new S3FileSystemOptions
        {
            Prefix = "runs/2026 ü%20", Region = "eu-central-1", EndpointUrl = new Uri("http://localhost:9000"), PathStyle = false,
            PartSizeBytes = 16 << 20, OperationTimeout = TimeSpan.FromSeconds(2.5),
        }, options);
        Assert.Equal(("b", new S3FileSystemOptions()), S3Addresses.Parse("S3://b/"));
    }

    [Fact]
    public void An_address_says_as_whom_whose_bucket_and_who_pays()
    {
        var (_, options) = S3Addresses.Parse("s3://b?profile=wor%6b%20%26%20co&expected_bucket_owner=012345678901&requester_pays=TRUE");
        Assert.Equal(
            new S3FileSystemOptions { Profile = "work & co", ExpectedBucketOwner = "012345678901", RequesterPays = true }, options);
    }

    [Fact]
    public void Every_option_that_is_one_word_can_stand_in_an_address()
    {
        string[] otherwise = ["Prefix", "Credentials", "CredentialProvider", "Tags", "Checksums"];
        var names = typeof(S3FileSystemOptions).GetProperties()
            .Select(option => option.Name)
            .Except(otherwise)
            .Count();
        var refused = Assert.Throws<ArgumentException>(() => S3Addresses.Parse("s3://b?x=y"));
        Assert.Equal(names, refused.Message.Split(" of ")[^1].Split(", ").Length);
    }

    [Fact]
    public async Task Open_finds_the_package_by_itself()
    {
        await using var files = FileSystems.Open("s3://bucket/prefix?region=eu-central-1");
        Assert.IsType<AsyncS3FileSystem>(files);
    }

    [Theory]
    [InlineData("s3:bucket", "begins with 's3://'")]
    [InlineData("s3://", "names no bucket")]
    [InlineData("s3:///prefix", "names no bucket")]
    [InlineData("s3://KEY:secret@bucket/x", "credentials do not belong")]
    [InlineData("s3://b/../x", "no valid path")]
    [InlineData("s3://b?regoin=x", "region")]
    [InlineData("s3://b?region=", "settings")]
    [InlineData("s3://b?part_size=secret", "'part_size'")]
    [InlineData("s3://b?timeout=-1", "'timeout'")]
    [InlineData("s3://b?Profile=secret", "stand settings as 'name=value'")]
    [InlineData("s3://b?profile", "stand settings as 'name=value'")]
    [InlineData("s3://b?profile=", "stand settings as 'name=value'")]
    [InlineData("s3://b?profile=%20", "'profile'")]
    [InlineData("s3://b?expected_bucket_owner=secret", "'expected_bucket_owner'")]
    [InlineData("s3://b?expected_bucket_owner=12345678901", "'expected_bucket_owner'")]
    [InlineData("s3://b?expected_bucket_owner=1234-5678-9012", "'expected_bucket_owner'")]
    [InlineData("s3://b?expected-bucket-owner=123456789012", "expected_bucket_owner")]
    [InlineData("s3://b?requester_pays=yes", "'requester_pays'")]
    [InlineData("s3://b?requester_pays=true&requester_pays=false", "'requester_pays' twice")]
    [InlineData("s3://b?requester_pays=1", "'requester_pays'")]
    [InlineData("s3://b?requester_pays=requester", "'requester_pays'")]
    [InlineData("s3://b?endpoint=localhost:9000", "'endpoint'")]
    public void Open_says_what_is_wrong_and_repeats_no_secret(string address, string expected)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => FileSystems.Open(address));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
