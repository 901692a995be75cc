using Amazon.S3.Model;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

public sealed class AbortUploadsTests(RgwServer rgw, MotoServer moto)
{
    [Fact]
    public Task On_Ceph_uploads_that_a_killed_process_left_are_aborted_below_one_folder_alone() =>
        AbortsBelowOneFolderAsync(new TestBucket(rgw));

    [Fact]
    public Task On_moto_uploads_that_a_killed_process_left_are_aborted_below_one_folder_alone() =>
        AbortsBelowOneFolderAsync(new TestBucket(moto));

    private static async Task AbortsBelowOneFolderAsync(TestBucket bucket)
    {
        await using var _ = bucket;
        await using var fs = await bucket.OpenAsync(options => options with { Prefix = "sims" });
        string[] keys = ["sims/a/odd + ü %&.sql", "sims/a/deep/b", "sims/ab", "a/c"];
        foreach (var key in keys)
            await bucket.Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = key });
        await fs.WriteTextAsync("a/file", "stays");
        Assert.Equal(1, await fs.AbortUploadsAsync("a"));
        Assert.Equal(["a/c", "sims/a/deep/b", "sims/ab"], (await bucket.UnfinishedUploadsAsync()).Select(upload => upload.Key).Order());
        Assert.Equal(1, await fs.AbortUploadsAsync("a", recursive: true));
        Assert.Equal(["a/c", "sims/ab"], (await bucket.UnfinishedUploadsAsync()).Select(upload => upload.Key).Order());
        Assert.Equal("stays", await fs.ReadTextAsync("a/file"));
        Assert.Equal(1, await fs.AbortUploadsAsync(""));
        Assert.Equal(0, await fs.AbortUploadsAsync("a"));
        using var all = new S3FileSystem(await bucket.CreateAsync(), bucket.Options);
        Assert.Equal(1, all.AbortUploads("a"));
    }
}
