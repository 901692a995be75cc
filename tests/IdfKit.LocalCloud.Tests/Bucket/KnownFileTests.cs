using System.Security.Cryptography;
using Amazon.S3.Model;
using IdfKit.LocalCloud.Bucket;

using TestBed;

namespace IdfKit.LocalCloud.Tests;

/// <summary>What has been looked at once is not read again; and every change is told of at once, however it was made.</summary>
public sealed class KnownFileTests : BucketTests
{
    [Fact]
    public async Task Listing_once_more_looks_at_each_file_once_and_reads_none()
    {
        using var folder = Settled();
        for (var at = 0; at < 30; at++) await File.WriteAllTextAsync(Folder["known", $"{at}.idf"], $"model {at}", Token);
        var first = await ListAsync(folder);
        Assert.Equal(30, folder.Work.Readings);
        var looks = folder.Work.Looks;
        Assert.Equal(first, await ListAsync(folder));
        Assert.Equal((30, 30), (folder.Work.Readings, folder.Work.Looks - looks));
    }

    [Fact]
    public async Task File_that_was_moved_into_the_place_of_another_of_its_size_and_time_is_another()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        using var folder = Settled();
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var name in new[] { "a", "b" })
        {
            await File.WriteAllTextAsync(Folder["known", name], name, Token);
            File.SetLastWriteTimeUtc(Folder["known", name], time);
        }
        var before = await ListAsync(folder);
        Assert.Equal(before, await ListAsync(folder));
        File.Move(Folder["known", "b"], Folder["known", "a"], overwrite: true);
        var only = Assert.Single(await ListAsync(folder));
        Assert.Equal(("a", before["b"]), (only.Key, only.Value));
    }

    [Fact]
    public async Task File_that_is_written_again_and_again_within_a_second_is_always_told_of_as_it_is()
    {
        for (var round = 0; round < 200; round++)
        {
            var content = $"content {round:D4}";
            await File.WriteAllTextAsync(Folder["bucket", "a.idf"], content, Token);
            Assert.Equal(ETagOf(content), Assert.Single((await PageAsync("")).S3Objects).ETag);
        }
    }

    [Fact] // nothing is kept beside it, nor is there a folder for that
    public async Task File_that_was_put_by_hand_is_deleted_over_S3()
    {
        await File.WriteAllTextAsync(Folder["bucket", "hand.idf"], "1", Token);
        await S3.DeleteObjectAsync(Name, "hand.idf", Token);
        Assert.False(File.Exists(Folder["bucket", "hand.idf"]));
    }

    [Fact]
    public async Task Random_changes_by_hand_and_over_S3_are_in_the_next_listing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var step = 0; step < 300; step++)
        {
            var name = $"d{random.Next(3)}/f{random.Next(4)}.idf";
            var path = Folder["bucket", name];
            switch (random.Next(6))
            {
                case 0 or 1:
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await File.WriteAllTextAsync(path, $"{random.Next(10)}", Token);
                    break;
                case 2:
                    await PutAsync(name, $"{random.Next(10)}");
                    break;
                case 3:
                    File.Delete(Directory.Exists(Path.GetDirectoryName(path)) ? path : Folder["bucket", "none"]);
                    break;
                case 4 when File.Exists(path):
                    File.Move(path, Folder["bucket", $"f{random.Next(4)}.idf"], overwrite: true);
                    break;
                case 5 when Directory.Exists(Folder["bucket", "d1"]) && !Directory.Exists(Folder["bucket", "d9"]):
                    Directory.Move(Folder["bucket", "d1"], Folder["bucket", "d9"]);
                    break;
                default:
                    await S3.DeleteObjectAsync(Name, name, Token);
                    break;
            }
            var listed = ((await PageAsync("")).S3Objects ?? []).Select(item => (item.Key, item.ETag, item.Size ?? 0));
            Assert.True(OnDisk().SequenceEqual(listed), $"seed {seed}, step {step}");
        }
    }

    [Fact] // a pipe would be waited for, a device read for ever
    public async Task What_is_no_plain_file_is_no_object()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await File.WriteAllTextAsync(Folder["bucket", "a.idf"], "1", Token);
        File.CreateSymbolicLink(Folder["bucket", "zero.epw"], "/dev/zero");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Folder["bucket", "pipe.idf"]])) await made.WaitForExitAsync(Token);
        Assert.Equal("a.idf", Assert.Single((await PageAsync("")).S3Objects).Key);
        foreach (var name in new[] { "zero.epw", "pipe.idf" })
            Assert.Equal("NoSuchKey", (await Assert.ThrowsAnyAsync<Amazon.S3.AmazonS3Exception>(
                () => S3.GetObjectAsync(Name, name, Token))).ErrorCode);
    }

    [Fact]
    public void Tag_of_a_file_that_has_changed_within_the_second_is_not_kept()
    {
        var now = DateTime.UtcNow;
        var tags = new KnownETags();
        var (yesterday, tomorrow) = (now.AddDays(-1), now.AddDays(1)); // as a file from another time zone may say
        (bool Kept, DateTime Modified, DateTime? Changed)[] states =
        [
            (false, now, null), (false, yesterday, now), (false, tomorrow, now), (true, yesterday, null), (true, tomorrow, null),
            (true, tomorrow, yesterday), (true, yesterday, yesterday),
        ];
        foreach (var (kept, modified, changed) in states)
        {
            var (key, state) = ($"{modified}{changed}", new FileState(1, modified, 1, changed?.Ticks ?? 0));
            tags.Add(key, state, now, "tag");
            Assert.Equal(kept ? "tag" : null, tags.Find(key, state));
            Assert.Null(tags.Find(key, state with { Size = 2 }));
        }
    }

    [Fact]
    public void Tags_are_kept_of_so_many_files_and_of_those_that_are_asked_for()
    {
        var (tags, state) = (new KnownETags(), new FileState(1, DateTime.UnixEpoch, 1, 0));
        for (var at = 0; at < 800_000; at++)
        {
            tags.Add($"{at}", state, DateTimeOffset.UtcNow, "tag");
            Assert.Equal("tag", tags.Find("0", state));
        }
        Assert.Null(tags.Find("1", state));
        Assert.Equal("tag", tags.Find("799999", state));
        tags.Forget("799999");
        Assert.Null(tags.Find("799999", state));
    }

    [Fact]
    public async Task Large_metadata_and_parts_are_kept_while_a_listing_knows_the_file()
    {
        await PutAsync("a.idf", "1", request => request.Metadata["weather"] = "w.epw");
        await PageAsync("");
        var head = await S3.GetObjectMetadataAsync(Name, "a.idf", Token);
        Assert.Equal("w.epw", head.Metadata["weather"]);
        Assert.Equal(head.ETag, Assert.Single((await PageAsync("")).S3Objects).ETag);
    }

    /// <summary>A folder for which every file has been left alone long since.</summary>
    private BucketFolder Settled() => new(Folder["known"], new LaterTime());

    private async Task<Dictionary<string, string>> ListAsync(BucketFolder folder)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in KeyListing.Keys(folder, "")) found[key] = (await folder.FindListedAsync(key, Token))!.ETag;
        return found;
    }

    private Task<ListObjectsV2Response> PageAsync(string prefix) =>
        S3.ListObjectsV2Async(new() { BucketName = Name, Prefix = prefix }, Token);

    private List<(string Key, string ETag, long Size)> OnDisk() =>
    [
        .. Directory.EnumerateFiles(Folder["bucket"], "*.idf", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(Folder["bucket"], path), ETagOf(File.ReadAllText(path)), new FileInfo(path).Length))
            .OrderBy(file => file.Item1, StringComparer.Ordinal),
    ];

#pragma warning disable CA5351 // S3's ETag is an MD5 by definition.
    private static string ETagOf(string content) =>
        $"\"{Convert.ToHexStringLower(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(content)))}\"";
#pragma warning restore CA5351

    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(1);
    }
}
