using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

public sealed class ListTests : BucketTests
{
    [Fact]
    public async Task List_is_ordered_by_utf8_bytes_and_pages_lose_nothing()
    {
        string[] keys = ["a", "a.b", "a!/x", "a/1", "a/2", "a0", "B", "z/ü", "\uFFFD", "😀", "é"];
        foreach (var key in keys) await PutAsync(key + ".f", "");
        var expected = keys.Select(key => key + ".f")
            .OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal)
            .ToList();
        for (var size = 1; size <= keys.Length + 1; size++)
        {
            var listed = new List<string>();
            var request = new ListObjectsV2Request { BucketName = Name, MaxKeys = size };
            ListObjectsV2Response page;
            do
            {
                page = await S3.ListObjectsV2Async(request, Token);
                Assert.True(page.S3Objects.Count <= size);
                listed.AddRange(page.S3Objects.Select(o => o.Key));
                request.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated == true);
            Assert.Equal(expected, listed);
        }
    }

    [Fact]
    public async Task List_with_a_delimiter_rolls_up_and_pages_over_common_prefixes()
    {
        foreach (var key in new[] { "r/a/1", "r/a/2", "r/b", "r/c/1", "r/c/d/2", "s" }) await PutAsync(key, "");
        var entries = new List<string>();
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = "r/", Delimiter = "/", MaxKeys = 1 };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request, Token);
            Assert.Equal(1, page.KeyCount);
            entries.AddRange((page.S3Objects ?? []).Select(o => o.Key).Concat(page.CommonPrefixes ?? []));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        Assert.Equal(["r/a/", "r/b", "r/c/"], entries);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("in", 3)]
    [InlineData("inputs/", 2)]
    [InlineData("inputs/a", 1)]
    [InlineData("inputs/../", 0)]
    [InlineData("none/", 0)]
    public async Task List_takes_any_prefix_of_keys(string prefix, int count)
    {
        foreach (var key in new[] { "inputs/a", "inputs/b", "inside", "outputs/x" }) await PutAsync(key, "");
        var page = await S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = prefix }, Token);
        Assert.Equal(count, page.S3Objects?.Count ?? 0);
    }

    [Fact]
    public async Task List_starts_after_a_key_that_need_not_exist()
    {
        foreach (var key in new[] { "a", "b", "c" }) await PutAsync(key, "");
        var page = await S3.ListObjectsV2Async(new() { BucketName = Name, StartAfter = "aa" }, Token);
        Assert.Equal(["b", "c"], page.S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task List_version_one_pages_with_markers()
    {
        foreach (var key in new[] { "a", "b", "c" }) await PutAsync(key, "x");
        var first = await S3.ListObjectsAsync(new ListObjectsRequest { BucketName = Name, MaxKeys = 2 }, Token);
        Assert.Equal((true, "b"), (first.IsTruncated == true, first.NextMarker));
        var second = await S3.ListObjectsAsync(new ListObjectsRequest { BucketName = Name, Marker = first.NextMarker }, Token);
        Assert.Equal("c", second.S3Objects.Single().Key);
        Assert.Equal(1, second.S3Objects.Single().Size);
    }

    [Fact]
    public async Task List_encodes_keys_when_asked()
    {
        await PutAsync("a/ü + b", "");
        using var answer = await SendAsync(HttpMethod.Get, "models?list-type=2&encoding-type=url");
        Assert.Contains("<Key>a/%C3%BC%20%2B%20b</Key>", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_files_put_by_hand_and_neither_empty_folders_nor_the_hidden_one()
    {
        Directory.CreateDirectory(Folder["bucket", "empty"]);
        Directory.CreateSymbolicLink(Folder["bucket", "link"], Folder.Path);
        await File.WriteAllTextAsync(Folder["bucket", "hand"], "1", Token);
        await PutAsync("s3", "");
        var page = await S3.ListObjectsV2Async(new() { BucketName = Name }, Token);
        Assert.Equal(["hand", "s3"], page.S3Objects.Select(o => o.Key));
        Assert.Equal((await S3.GetObjectMetadataAsync(Name, "hand", Token)).ETag, page.S3Objects[0].ETag);
    }
}
