using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Contract;

namespace IdfKit.Storage.S3.Tests;

public abstract partial class BeyondTheNineTests
{
    private protected const string Owner = "123456789012";

    [Fact, Rule("K2")]
    public async Task Version_is_read_though_it_was_replaced_and_removed()
    {
        await using var fs = await OpenAsync();
        await _bucket.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = _bucket.Name, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled }
        });
        var old = await fs.WriteAsync("f", new MemoryStream("old"u8.ToArray()));
        await fs.WriteAsync("f", new MemoryStream("newer"u8.ToArray()));
        await fs.RemoveAsync("f");
        await using (var stream = await fs.OpenReadVersionAsync("f", old.VersionId!))
            Assert.Equal("old", await new StreamReader(stream).ReadToEndAsync());
        using var blocking = new S3FileSystem(_bucket.Name, _bucket.Options);
        using (var stream = blocking.OpenReadVersion("f", old.VersionId!)) Assert.Equal(3, stream.Length);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.OpenReadVersionAsync("f", "nosuchversion00000000000000000000"));
        Assert.Equal((StorageErrorKind.NotFound, "OpenReadVersion"), (error.Kind, error.Operation));
        error = await Assert.ThrowsAsync<StorageException>(() => fs.OpenReadVersionAsync("other", old.VersionId!));
        Assert.Equal(StorageErrorKind.NotFound, error.Kind);
        await Assert.ThrowsAsync<ArgumentException>(() => fs.OpenReadVersionAsync("f", ""));
    }

    [Fact, Rule("K2")]
    public async Task Signed_addresses_work_without_credentials()
    {
        await using var fs = await OpenAsync();
        const string Path = "odd ü+%&/f 1.txt";
        using var http = new HttpClient();
        var put = await fs.PresignPutAsync(Path, TimeSpan.FromMinutes(5), "text/plain");
        using var body = new ByteArrayContent("hello"u8.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(put, body)).StatusCode);
        Assert.Equal("hello", await fs.ReadTextAsync(Path));
        Assert.Equal("text/plain", (await fs.StatAsync(Path)).ContentType);
        Proxy.Clear();
        var get = await fs.PresignGetAsync(Path, TimeSpan.FromMinutes(5));
        Assert.Empty(Proxy.Calls);
        Assert.Equal("hello", await http.GetStringAsync(get));
        using var absent = await http.GetAsync(await fs.PresignGetAsync("absent", TimeSpan.FromMinutes(5)));
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        foreach (var wrong in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromDays(8), TimeSpan.MaxValue })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fs.PresignGetAsync(Path, wrong));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fs.PresignGetAsync(Path, TimeSpan.FromMinutes(5), new CancellationToken(canceled: true)));
    }

    [Fact, Rule("K2")]
    public async Task Signed_addresses_name_the_owner_and_who_pays_and_need_no_header()
    {
        await _bucket.CreateAsync();
        await using var fs = new AsyncS3FileSystem(
            _bucket.Name, _bucket.Options with { ExpectedBucketOwner = Owner, RequesterPays = true });
        using var http = new HttpClient();
        var put = await fs.PresignPutAsync("a b", TimeSpan.FromMinutes(5));
        using var body = new ByteArrayContent("hello"u8.ToArray());
        using var stored = await http.PutAsync(put, body);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        var get = await fs.PresignGetAsync("a b", TimeSpan.FromMinutes(5));
        Assert.Equal("hello", await http.GetStringAsync(get));
        foreach (var address in new[] { put, get })
        {
            // In lower case, or S3 does not mind it.
            Assert.Contains($"&x-amz-expected-bucket-owner={Owner}&", address.Query + "&", StringComparison.Ordinal);
            Assert.Contains("&x-amz-request-payer=requester&", address.Query + "&", StringComparison.Ordinal);
            Assert.Contains("X-Amz-SignedHeaders=host&", address.Query, StringComparison.Ordinal);
        }
        await using var plain = await _bucket.OpenAsync();
        var other = await plain.PresignGetAsync("a b", TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("owner", other.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("payer", other.Query, StringComparison.Ordinal);
    }
}
