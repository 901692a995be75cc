using System.Net;
using System.Text;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

/// <summary>Pages of a listing, over a folder that changes between them.</summary>
public sealed class PageTests : BucketTests
{
    [Fact]
    public async Task All_pages_of_a_listing_read_the_folder_once()
    {
        Write(Enumerable.Range(0, 40).Select(at => $"inputs/{at:D3}.idf"));
        var (folders, pages) = (Bucket.Work.Folders, 0);
        var listed = new List<string>();
        await foreach (var page in PagesAsync("inputs/", 4))
        {
            pages++;
            listed.AddRange(page.Select(item => item.Key));
        }
        Assert.Equal(10, pages);
        Assert.Equal(40, listed.Distinct().Count());
        Assert.Equal(1, Bucket.Work.Folders - folders);
    }

    [Fact]
    public async Task Level_of_folders_reads_each_folder_below_it_once_and_no_further()
    {
        Write(Enumerable.Range(0, 120).Select(at => $"out/r{at % 12:D2}/d{at}/c.csv"));
        foreach (var run in Enumerable.Range(0, 12)) Directory.CreateDirectory(Folder["bucket", "out", $"empty{run}"]);
        var folders = Bucket.Work.Folders;
        var page = await S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = "out/", Delimiter = "/" }, Token);
        Assert.Equal(Enumerable.Range(0, 12).Select(run => $"out/r{run:D2}/"), page.CommonPrefixes);
        Assert.Equal(1 + 12 + 12 + 12, Bucket.Work.Folders - folders); // level, empty ones, runs, one in each
    }

    [Fact]
    public async Task What_stays_is_listed_once_and_what_has_gone_is_not()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var names = Enumerable.Range(0, 30).Select(at => $"r{round}/{at:D2}").ToList();
            Write(names);
            var (gone, listed) = (new HashSet<string>(), new List<string>());
            await foreach (var page in PagesAsync($"r{round}/", random.Next(1, 9)))
            {
                Assert.True(page.All(item => !gone.Contains(item.Key)), $"seed {seed}: a page tells of what was removed before it");
                listed.AddRange(page.Select(item => item.Key));
                var name = names[random.Next(names.Count)];
                File.Delete(Folder["bucket", name]);
                gone.Add(name);
                Write([$"r{round}/{random.Next(30):D2}-new{listed.Count}"]);
            }
            Assert.True(listed.Count == listed.Distinct().Count(), $"seed {seed}: one is listed twice");
            Assert.True(names.All(name => gone.Contains(name) || listed.Contains(name)), $"seed {seed}: one that stays is not listed");
        }
    }

    [Fact]
    public async Task Listing_that_begins_after_a_write_tells_of_it_though_another_is_under_way()
    {
        Write(Enumerable.Range(0, 10).Select(at => $"a/{at}"));
        var old = await FirstAsync();
        Write(["a/9-new"]);
        var fresh = await FirstAsync();
        Assert.Contains("a/9-new", await RestAsync(fresh.NextContinuationToken));
        Assert.DoesNotContain("a/0", await RestAsync(old.NextContinuationToken));
    }

    [Fact]
    public async Task Token_is_taken_twice_by_another_listing_and_after_a_restart()
    {
        Write(Enumerable.Range(0, 10).Select(at => $"a/{at}"));
        var token = (await FirstAsync()).NextContinuationToken;
        string[] expected = [.. Enumerable.Range(3, 7).Select(at => $"a/{at}")];
        Assert.Equal(expected, await RestAsync(token));
        Assert.Equal(expected, await RestAsync(token));
        Write(["b/1", "b/4"]);
        var other = await S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = "b/", ContinuationToken = token }, Token);
        Assert.Equal(["b/1", "b/4"], other.S3Objects.Select(item => item.Key));

        S3.Dispose();
        await Bucket.DisposeAsync();
        await InitializeAsync();
        Assert.Equal(expected, await RestAsync(token));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("")]
    [InlineData("aW5wdXRz")] // no listing's
    [InlineData("/////w==")]
    public Task Token_of_no_page_is_refused(string token) => FailsAsync(HttpStatusCode.BadRequest, "InvalidArgument", async () =>
    {
        using var answer = await SendAsync(HttpMethod.Get, $"models?list-type=2&continuation-token={Uri.EscapeDataString(token)}");
        var text = await answer.Content.ReadAsStringAsync(Token);
        throw new Amazon.S3.AmazonS3Exception(text)
        {
            StatusCode = answer.StatusCode, ErrorCode = text.Contains("<Code>InvalidArgument</Code>", StringComparison.Ordinal)
                ? "InvalidArgument" : text,
        };
    });

    [Fact]
    public async Task Listings_that_nobody_ends_do_not_keep_others_from_going_on()
    {
        Write(Enumerable.Range(0, 10).Select(at => $"a/{at}"));
        var tokens = new List<string>();
        for (var at = 0; at < 30; at++) tokens.Add((await FirstAsync()).NextContinuationToken);
        string[] expected = [.. Enumerable.Range(3, 7).Select(at => $"a/{at}")];
        foreach (var token in tokens) Assert.Equal(expected, await RestAsync(token));
    }

    private Task<ListObjectsV2Response> FirstAsync() =>
        S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = "a/", MaxKeys = 3 }, Token);

    private async Task<List<string>> RestAsync(string token)
    {
        var page = await S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = "a/", ContinuationToken = token }, Token);
        return [.. page.S3Objects.Select(item => item.Key)];
    }

    private async IAsyncEnumerable<List<S3Object>> PagesAsync(string prefix, int size)
    {
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = prefix, MaxKeys = size };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request, Token);
            yield return page.S3Objects ?? [];
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    private void Write(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder["bucket", key])!);
            File.WriteAllText(Folder["bucket", key], key, Encoding.UTF8);
        }
    }
}
