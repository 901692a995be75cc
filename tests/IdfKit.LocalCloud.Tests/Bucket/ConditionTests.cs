using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

public sealed class ConditionTests : BucketTests
{
    [Fact]
    public async Task If_none_match_lets_only_the_first_writer_in()
    {
        await PutAsync("run.json", "1", request => request.IfNoneMatch = "*");
        await FailsAsync(HttpStatusCode.PreconditionFailed, "PreconditionFailed",
            () => PutAsync("run.json", "2", request => request.IfNoneMatch = "*"));
        Assert.Equal("1", await GetAsync("run.json"));
    }

    [Fact]
    public async Task Sixteen_writers_with_if_none_match_have_one_winner()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = $"race/{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
            {
                try
                {
                    await PutAsync(key, $"{writer}", request => request.IfNoneMatch = "*");
                    return writer;
                }
                catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
                {
                    return -1;
                }
            }));
            var winner = Assert.Single(outcomes, outcome => outcome >= 0);
            Assert.Equal($"{winner}", await GetAsync(key));
        }
    }

    [Fact]
    public async Task Sixteen_writers_with_if_match_have_one_winner()
    {
        var etag = (await PutAsync("claim", "first")).ETag;
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            using var answer = await SendAsync(HttpMethod.Put, "models/claim", $"writer {writer}", ("If-Match", etag));
            return answer.StatusCode == HttpStatusCode.OK;
        }));
        Assert.Equal(1, won.Count(yes => yes));
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("{0}")]
    public async Task If_match_takes_the_etag_with_and_without_quotes(string form)
    {
        var etag = (await PutAsync("x", "old")).ETag.Trim('"');
        using var stale = await SendAsync(HttpMethod.Put, "models/x", "no", ("If-Match", "\"00000000000000000000000000000000\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var good = await SendAsync(HttpMethod.Put, "models/x", "new", ("If-Match", string.Format(form, etag)));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("new", await GetAsync("x"));
    }

    [Fact]
    public async Task If_match_on_what_is_absent_is_NoSuchKey()
    {
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => PutAsync("none", "1", request => request.IfMatch = "\"0\""));
    }

    [Fact]
    public async Task Delete_with_if_match_removes_only_that_content()
    {
        var etag = (await PutAsync("x", "1")).ETag;
        using var stale = await SendAsync(HttpMethod.Delete, "models/x", null, ("If-Match", "\"0\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var good = await SendAsync(HttpMethod.Delete, "models/x", null, ("If-Match", etag));
        Assert.Equal(HttpStatusCode.NoContent, good.StatusCode);
        Assert.False(File.Exists(Folder["bucket", "x"]));
    }

    [Theory]
    [InlineData("If-Match", "etag", 200)]
    [InlineData("If-Match", "\"0\"", 412)]
    [InlineData("If-None-Match", "etag", 304)]
    [InlineData("If-None-Match", "\"0\"", 200)]
    [InlineData("If-Modified-Since", "Wed, 01 Jan 2020 00:00:00 GMT", 200)]
    [InlineData("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 304)]
    [InlineData("If-Unmodified-Since", "Wed, 01 Jan 2020 00:00:00 GMT", 412)]
    [InlineData("If-Unmodified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 200)]
    public async Task Conditional_get_and_head_answer_as_http_says(string header, string value, int status)
    {
        var etag = (await PutAsync("x", "1")).ETag;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await SendAsync(method, "models/x", null, (header, value == "etag" ? etag : value));
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Copy_checks_the_conditions_on_its_source()
    {
        await PutAsync("x", "1");
        await FailsAsync(HttpStatusCode.PreconditionFailed, "PreconditionFailed", () => S3.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = Name, SourceKey = "x", DestinationBucket = Name, DestinationKey = "y", ETagToMatch = "0"
            }, Token));
    }
}
