using System.Net;

using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.Storage.Listing;

using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>Listings in which the files of one kind are one entry, on servers that group and on some that do not.</summary>
public sealed class GroupedListingTests(RgwServer rgw, MotoServer moto) : IAsyncDisposable
{
    private const string Mark = "/eplusout.";
    private readonly List<TestBucket> _buckets = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ceph", 1000)]
    [InlineData("ceph", 7)]
    [InlineData("ceph", 1)]
    [InlineData("moto", 1000)]
    [InlineData("moto", 7)]
    public async Task Files_that_are_alike_up_to_the_mark_are_one_entry(string server, int page)
    {
        var bucket = await BucketAsync(server);
        using var client = new ClientWithShortPages(bucket.Options, page);
        await using var files = new AsyncS3FileSystem(bucket.Name, client, bucket.Options);
        var paths = await FillAsync(files);
        foreach (var folder in (string[])["", "a", "a/eplusout.b"])
        {
            var below = folder.Length == 0 ? 0 : folder.Length + 1;
            var expected = paths.Where(path => below == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal))
                .Select(path => path.IndexOf(Mark, below, StringComparison.Ordinal) is var at and >= 0 ? path[..(at + Mark.Length)] : path)
                .Distinct().Order(StoragePath.Order).ToList();
            Assert.Contains(expected, path => path.EndsWith(Mark, StringComparison.Ordinal));

            var listed = await GroupedAsync(files, folder);
            Assert.Equal(expected, listed.Select(entry => entry.Path));
            Assert.All(listed, entry => Assert.Equal(entry.Path.EndsWith(Mark, StringComparison.Ordinal), entry.IsFolder));
            Assert.All(listed.Where(entry => !entry.IsFolder), entry => Assert.NotNull(entry.ETag));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_that_groups_by_one_character_or_refuses_more_gives_all_files(bool refuses)
    {
        var bucket = await BucketAsync("ceph");
        await using var plain = await bucket.OpenAsync();
        var paths = await FillAsync(plain);
        using var client = new ClientOfAnOldServer(bucket.Options, refuses);
        await using var files = new AsyncS3FileSystem(bucket.Name, client, bucket.Options);

        var listed = await GroupedAsync(files, "");
        Assert.All(listed, entry => Assert.False(entry.IsFolder));
        Assert.Equal(paths.Order(StoragePath.Order), listed.Select(entry => entry.Path).Distinct().Order(StoragePath.Order));
        Assert.True(client.WasAsked);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bucket in _buckets) await bucket.DisposeAsync();
    }

    private static async Task<List<FileEntry>> GroupedAsync(AsyncS3FileSystem files, string folder)
    {
        var listed = new List<FileEntry>();
        await foreach (var entry in ((IGroupedListing)files).ListGroupedAsync(folder, Mark, Token)) listed.Add(entry);
        return listed;
    }

    // Names that stand before, behind and around the mark.
    private static async Task<HashSet<string>> FillAsync(AsyncS3FileSystem files)
    {
        const int Seed = 14;
        var random = new Random(Seed);
        string[] names = ["a", "b", "é", "eplusout", "eplusout.b", "eplusout. x", "eplusout.err", "run.json", "zone+1", "\U0001F3E0"];
        var paths = new HashSet<string>(StringComparer.Ordinal) { "a/eplusout.b/x/eplusout.err" };
        while (paths.Count < 120)
            paths.Add(string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => names[random.Next(names.Length)])));
        await Parallel.ForEachAsync(paths, Token, async (path, token) => await files.WriteTextAsync(path, path, null, token));
        return paths;
    }

    private async Task<TestBucket> BucketAsync(string server)
    {
        var bucket = server == "ceph" ? new TestBucket(rgw) : new TestBucket(moto);
        _buckets.Add(bucket);
        await bucket.CreateAsync();
        return bucket;
    }

    private abstract class ClientOf(S3FileSystemOptions options) : AmazonS3Client(
        new BasicAWSCredentials(options.Credentials!.AccessKeyId, options.Credentials.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = options.EndpointUrl!.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        });

    private sealed class ClientWithShortPages(S3FileSystemOptions options, int page) : ClientOf(options)
    {
        public override Task<ListObjectsV2Response> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken)
        {
            request.MaxKeys = page;
            return base.ListObjectsV2Async(request, cancellationToken);
        }
    }

    private sealed class ClientOfAnOldServer(S3FileSystemOptions options, bool refuses) : ClientOf(options)
    {
        public bool WasAsked { get; private set; }

        public override Task<ListObjectsV2Response> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken)
        {
            if (request.Delimiter is not { Length: > 1 }) return base.ListObjectsV2Async(request, cancellationToken);
            WasAsked = true;
            if (refuses)
                throw new AmazonS3Exception("no", ErrorType.Sender, "InvalidArgument", "", HttpStatusCode.BadRequest);
            request.Delimiter = request.Delimiter[..1];
            return base.ListObjectsV2Async(request, cancellationToken);
        }
    }
}
