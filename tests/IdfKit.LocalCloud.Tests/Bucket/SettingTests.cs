using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

/// <summary>What tools ask of a bucket before they use it, and of an object besides its content.</summary>
public sealed class SettingTests : BucketTests
{
    [Theory] // Amazon's own answers for a bucket that was created and left as it was
    [InlineData("policy", 404, "<Code>NoSuchBucketPolicy</Code>")]
    [InlineData("policyStatus", 404, "<Code>NoSuchBucketPolicy</Code>")]
    [InlineData("tagging", 404, "<Code>NoSuchTagSet</Code>")]
    [InlineData("lifecycle", 404, "<Code>NoSuchLifecycleConfiguration</Code>")]
    [InlineData("cors", 404, "<Code>NoSuchCORSConfiguration</Code>")]
    [InlineData("website", 404, "<Code>NoSuchWebsiteConfiguration</Code>")]
    [InlineData("replication", 404, "<Code>ReplicationConfigurationNotFoundError</Code>")]
    [InlineData("object-lock", 404, "<Code>ObjectLockConfigurationNotFoundError</Code>")]
    [InlineData("inventory&id=x", 404, "<Code>NoSuchConfiguration</Code>")]
    [InlineData("acl", 200, "<Permission>FULL_CONTROL</Permission>")]
    [InlineData("versioning", 200, "<VersioningConfiguration ")]
    [InlineData("encryption", 200, "<SSEAlgorithm>AES256</SSEAlgorithm>")]
    [InlineData("location", 200, "<LocationConstraint ")]
    [InlineData("notification", 200, "<NotificationConfiguration ")]
    [InlineData("logging", 200, "<BucketLoggingStatus ")]
    [InlineData("ownershipControls", 200, "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership>")]
    [InlineData("publicAccessBlock", 200, "<BlockPublicAcls>true</BlockPublicAcls>")]
    [InlineData("accelerate", 200, "<AccelerateConfiguration ")]
    [InlineData("requestPayment", 200, "<Payer>BucketOwner</Payer>")]
    [InlineData("metrics", 200, "<IsTruncated>false</IsTruncated>")]
    public async Task Read_of_a_setting_answers_as_S3_does_for_a_plain_bucket(string setting, int status, string part)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{Name}?{setting}");
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "models?policy", 501, "NotImplemented")]
    [InlineData("PUT", "models?versioning", 501, "NotImplemented")]
    [InlineData("PUT", "models?acl", 400, "AccessControlListNotSupported")]
    [InlineData("PUT", "models/x?acl", 400, "AccessControlListNotSupported")]
    [InlineData("POST", "models/x?restore", 501, "NotImplemented")]
    [InlineData("GET", "models/x?torrent", 501, "NotImplemented")]
    [InlineData("GET", "models/x?retention", 400, "InvalidRequest")]
    public async Task What_is_not_done_says_so_in_a_sentence(string method, string target, int status, string code)
    {
        await PutAsync("x", "1");
        using var answer = await SendAsync(new HttpMethod(method), target, method == "GET" ? null : "<x/>");
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
        if (status == 501) Assert.Contains("docs/local-cloud.md lists what is.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amazons_client_reads_the_settings()
    {
        var acl = await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Name }, Token);
        Assert.Equal("FULL_CONTROL", acl.Grants[0].Permission);
        Assert.Equal(ServerSideEncryptionMethod.AES256, (await S3.GetBucketEncryptionAsync(
            new GetBucketEncryptionRequest { BucketName = Name }, Token)).ServerSideEncryptionConfiguration.ServerSideEncryptionRules[0]
                .ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm);
        await FailsAsync(HttpStatusCode.NotFound, "ObjectLockConfigurationNotFoundError", () => S3.GetObjectLockConfigurationAsync(
            new GetObjectLockConfigurationRequest { BucketName = Name }, Token));
    }

    [Fact]
    public async Task Tags_are_put_counted_read_replaced_and_deleted_and_a_file_made_by_hand_takes_them_too()
    {
        await PutAsync("x", "1", request => request.TagSet = [new Tag { Key = "a b", Value = "ü=&" }]);
        await File.WriteAllTextAsync(Folder["bucket", "hand"], "1", Token);
        Assert.Equal(("a b", "ü=&"), await OnlyTagAsync("x"));
        foreach (var key in new[] { "x", "hand" })
        {
            var before = await S3.GetObjectMetadataAsync(Name, key, Token);
            await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest
            {
                BucketName = Name, Key = key, Tagging = new Tagging { TagSet = [new Tag { Key = "project", Value = "hotel" }] },
            }, Token);
            Assert.Equal(("project", "hotel"), await OnlyTagAsync(key));
            var after = await S3.GetObjectMetadataAsync(Name, key, Token);
            Assert.Equal((before.ETag, before.LastModified), (after.ETag, after.LastModified));
            using (var got = await S3.GetObjectAsync(Name, key, Token)) Assert.Equal(1, got.TagCount);
            await S3.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = Name, Key = key }, Token);
            Assert.Empty((await TagsAsync(key)) ?? []);
            Assert.Equal("1", await GetAsync(key));
        }
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => TagsAsync("none"));
    }

    [Theory]
    [InlineData(11, "a", "BadRequest")]
    [InlineData(2, "", "InvalidTag")]
    [InlineData(1, "aws:x", "InvalidTag")]
    public async Task Tags_that_an_object_cannot_have_are_refused_and_change_nothing(int count, string key, string code)
    {
        await PutAsync("x", "1");
        var tags = string.Concat(Enumerable.Range(0, count)
            .Select(i => $"<Tag><Key>{(count > 10 ? key + i : key)}</Key><Value>v</Value></Tag>"));
        using var answer = await SendAsync(HttpMethod.Put, "models/x?tagging", $"<Tagging><TagSet>{tags}</TagSet></Tagging>");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty((await TagsAsync("x")) ?? []);
    }

    [Fact]
    public async Task Attributes_are_those_that_were_asked_for()
    {
        await PutAsync("x", "12345", request => request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        var found = await S3.GetObjectAttributesAsync(new GetObjectAttributesRequest
        {
            BucketName = Name, Key = "x",
            ObjectAttributes = [ObjectAttributes.ObjectSize, ObjectAttributes.ETag, ObjectAttributes.Checksum],
        }, Token);
        Assert.Equal((5, "827ccb0eea8a706c4c34a16891f84e7b"), (found.ObjectSize, found.ETag));
        Assert.Equal("WZRHGrsBESr8wYFZ9sx0tPURuZgG2lmzyvWpwXPKz8U=", found.Checksum.ChecksumSHA256);
        using var none = await SendAsync(HttpMethod.Get, "models/x?attributes");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task Versions_of_a_bucket_without_versions_are_its_objects_page_by_page()
    {
        foreach (var key in new[] { "a/1", "a/2", "b" }) await PutAsync(key, key);
        var first = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = Name, MaxKeys = 2 }, Token);
        Assert.Equal(["a/1", "a/2"], first.Versions.Select(version => version.Key));
        Assert.True(first.Versions.All(version => version is { VersionId: "null", IsLatest: true }));
        var second = await S3.ListVersionsAsync(
            new ListVersionsRequest { BucketName = Name, KeyMarker = first.NextKeyMarker, VersionIdMarker = first.NextVersionIdMarker },
            Token);
        Assert.Equal("b", Assert.Single(second.Versions).Key);
    }

    private async Task<List<Tag>?> TagsAsync(string key) =>
        (await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Name, Key = key }, Token)).Tagging;

    private async Task<(string Key, string Value)> OnlyTagAsync(string key)
    {
        var tag = Assert.Single((await TagsAsync(key))!);
        return (tag.Key, tag.Value);
    }
}
