using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

using TestBed;

namespace IdfKit.LocalCloud.Tests;

public sealed class NotificationTests : BucketTests
{
    private readonly ConcurrentQueue<JsonNode> _events = new();

    [Fact]
    public async Task Put_under_the_prefix_sends_one_event_of_S3s_shape()
    {
        Listen("inputs/", ".idf", ".epJSON");
        var put = await PutAsync("inputs/a b+ü%/my~model.idf", "12345");
        await PutAsync("outputs/x.idf", "");
        await PutAsync("inputs/notes.txt", "");
        var record = Assert.Single(_events)["Records"]!.AsArray().Single()!;
        Assert.Equal("2.1", (string?)record["eventVersion"]);
        Assert.Equal("aws:s3", (string?)record["eventSource"]);
        Assert.Equal("ObjectCreated:Put", (string?)record["eventName"]);
        Assert.Equal(Name, (string?)record["s3"]!["bucket"]!["name"]);
        var item = record["s3"]!["object"]!;
        Assert.Equal("inputs/a+b%2B%C3%BC%25/my%7Emodel.idf", (string?)item["key"]);
        Assert.Equal(5, (int?)item["size"]);
        Assert.Equal(put.ETag.Trim('"'), (string?)item["eTag"]);
        Assert.Matches("^[0-9A-F]{18}$", (string?)item["sequencer"]);
        Assert.False(item.AsObject().ContainsKey("versionId"));
    }

    [Fact]
    public async Task Copy_and_multipart_have_their_own_event_names_and_sequencers_rise()
    {
        Listen("inputs/");
        await PutAsync("inputs/a", "1");
        await S3.CopyObjectAsync(Name, "inputs/a", Name, "inputs/b", Token);
        var id = (await S3.InitiateMultipartUploadAsync(Name, "inputs/a", Token)).UploadId;
        var part = await S3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = Name, Key = "inputs/a", UploadId = id, PartNumber = 1, InputStream = new MemoryStream([1])
            }, Token);
        await S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = Name, Key = "inputs/a", UploadId = id, PartETags = [new PartETag(1, part.ETag)]
            }, Token);
        Assert.Equal(["ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload"],
            _events.Select(e => (string?)Record(e)["eventName"]));
        var sequencers = _events.Select(e => (string)Record(e)["s3"]!["object"]!["sequencer"]!).ToList();
        Assert.Equal(sequencers.Order(StringComparer.Ordinal).Distinct(), sequencers);
    }

    [Fact]
    public async Task A_refused_write_sends_no_event()
    {
        Listen("");
        await PutAsync("x", "1");
        using var refused = await SendAsync(HttpMethod.Put, "models/x", "2", ("If-None-Match", "*"));
        Assert.Equal(412, (int)refused.StatusCode);
        Assert.Single(_events);
    }

    [Fact]
    public async Task Files_dropped_copied_or_renamed_into_the_folder_send_one_event_each()
    {
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "before.idf"], "there before", Token);
        await RestartAsync();
        Listen("inputs/");
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "written.idf"], "1", Token);
        // An editor saves beside the file and renames; the hidden half is no object of interest.
        await File.WriteAllTextAsync(Folder["bucket", "inputs", ".saved.idf.swp"], "22", Token);
        File.Move(Folder["bucket", "inputs", ".saved.idf.swp"], Folder["bucket", "inputs", "saved.idf"]);
        Directory.CreateDirectory(Folder["elsewhere", "sub"]);
        await File.WriteAllTextAsync(Folder["elsewhere", "sub", "moved.idf"], "333", Token);
        Directory.Move(Folder["elsewhere"], Folder["bucket", "inputs", "moved"]);
        await File.WriteAllTextAsync(Folder["bucket", "notes.txt"], "not under the prefix", Token);

        await EventsAsync(3);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.Equal(["inputs/moved/sub/moved.idf", "inputs/saved.idf", "inputs/written.idf"], Keys());
    }

    [Fact]
    public async Task A_file_that_is_still_growing_sends_its_event_once_at_its_full_size()
    {
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        Listen("inputs/");
        await using (var file = new FileStream(
            Folder["bucket", "inputs", "slow.idf"], FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            for (var i = 0; i < 12; i++)
            {
                await file.WriteAsync(new byte[1000], Token);
                await file.FlushAsync(Token);
                await Task.Delay(60, Token);
            }
        }
        await EventsAsync(1);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.Equal(12_000, (int?)Record(Assert.Single(_events))["s3"]!["object"]!["size"]);
    }

    [Theory]
    [InlineData(true)] // a copy that keeps the file open and pauses longer than a file must keep still
    [InlineData(false)] // one that opens it anew for each piece
    public async Task A_copy_that_pauses_sends_its_event_once_at_its_full_size(bool keepsOpen)
    {
        Needs.That(!keepsOpen || OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        Listen("inputs/");
        if (keepsOpen)
        {
            var path = Folder["bucket", "inputs", "paused.idf"];
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await file.WriteAsync(new byte[1000], Token);
            await Task.Delay(TimeSpan.FromSeconds(4), Token);
            Assert.Equal(1, Bucket.Unsettled);
            await file.WriteAsync(new byte[1000], Token);
        }
        else
        {
            // Nobody holds a busy machine to so short a pause: one that became as long as a file must keep still is made again.
            for (var round = 1; await PauseAsync(Folder["bucket", "inputs", "paused.idf"]) > TimeSpan.FromSeconds(1.9); round++)
            {
                Assert.InRange(round, 1, 20);
                await EventsAsync(1);
                while (Bucket.Unsettled > 0) await Task.Delay(20, Token);
                File.Delete(Folder["bucket", "inputs", "paused.idf"]);
                _events.Clear();
            }
        }
        await EventsAsync(1);
        while (Bucket.Unsettled > 0) await Task.Delay(20, Token);
        Assert.Equal(2000, (int?)Record(Assert.Single(_events))["s3"]!["object"]!["size"]);

        static async Task<TimeSpan> PauseAsync(string path)
        {
            var began = Stopwatch.GetTimestamp();
            await File.WriteAllBytesAsync(path, new byte[1000], Token);
            await Task.Delay(TimeSpan.FromSeconds(1.2), Token);
            await File.AppendAllBytesAsync(path, new byte[1000], Token);
            return Stopwatch.GetElapsedTime(began);
        }
    }

    [Fact]
    public async Task What_a_copying_program_keeps_under_hidden_names_sends_no_event_until_it_is_in_its_place()
    {
        Directory.CreateDirectory(Folder["bucket", "inputs", ".rsync-partial"]);
        Listen("inputs/");
        await File.WriteAllTextAsync(Folder["bucket", "inputs", ".rsync-partial", "a.idf"], "half", Token);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", ".a.idf.Xy12Zq"], "whole", Token);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "b.idf"], "1", Token);
        await EventsAsync(1);
        File.Move(Folder["bucket", "inputs", ".a.idf.Xy12Zq"], Folder["bucket", "inputs", "a.idf"]);
        await EventsAsync(2);
        Assert.Equal(["inputs/a.idf", "inputs/b.idf"], Keys());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_said_and_keeps_no_other_from_being_told_nor_listed()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        Listen("inputs/");
        var said = new ConcurrentQueue<string>();
        Bucket.FileUnreadable += (_, file) => said.Enqueue(file.Key);
        Directory.CreateDirectory(Folder["new"]);
        foreach (var name in (string[])["a.idf", "c.idf"]) await File.WriteAllTextAsync(Folder["new", name], name, Token);
        // The one to whom every file is open cannot read this, either.
        File.CreateSymbolicLink(Folder["new", "b.idf"], "b.idf");
        Directory.Move(Folder["new"], Folder["bucket", "inputs", "new"]);
        await EventsAsync(2);
        Assert.Equal(["inputs/new/a.idf", "inputs/new/c.idf"], Keys());
        Assert.Equal(["inputs/new/a.idf", "inputs/new/b.idf", "inputs/new/c.idf"],
            (await S3.ListObjectsV2Async(new() { BucketName = Name }, Token)).S3Objects.Select(item => item.Key));
        while (Bucket.Unsettled > 0) await Task.Delay(20, Token);
        Assert.Equal(["inputs/new/b.idf"], said);
        File.Delete(Folder["bucket", "inputs", "new", "b.idf"]);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "new", "b.idf"], "b.idf", Token);
        await EventsAsync(3);
        Assert.Equal(["inputs/new/a.idf", "inputs/new/b.idf", "inputs/new/c.idf"], Keys());
    }

    [Fact]
    public async Task A_file_that_was_there_is_news_once_it_is_taken_as_new()
    {
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "before.idf"], "there before", Token);
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "other.idf"], "there before", Token);
        await RestartAsync();
        Listen("inputs/");
        Bucket.TakeAsNew("inputs/before.idf");
        Bucket.TakeAsNew("inputs/none.idf");
        Assert.Equal(1, Bucket.Unsettled);
        await EventsAsync(1);
        Bucket.TakeAsNew("inputs/before.idf");
        await EventsAsync(2);
        Assert.Equal(["inputs/before.idf", "inputs/before.idf"], Keys());
    }

    [Fact]
    public async Task What_is_put_over_S3_is_not_taken_for_a_dropped_file_and_a_later_change_by_hand_is()
    {
        Listen("inputs/");
        for (var i = 0; i < 20; i++) await PutAsync($"inputs/{i % 5}.idf", $"content {i}");
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        Assert.Equal(20, _events.Count);
        await File.AppendAllTextAsync(Folder["bucket", "inputs", "3.idf"], " and more", Token);
        await EventsAsync(21);
        await S3.DeleteObjectAsync(Name, "inputs/3.idf", Token);
        await PutAsync("inputs/3.idf", "again");
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.Equal(22, _events.Count);
    }

    [Fact]
    public async Task What_is_written_elsewhere_does_not_let_the_inputs_be_looked_at()
    {
        Directory.CreateDirectory(Folder["bucket", "inputs"]);
        Listen("inputs/");
        for (var i = 0; i < 20; i++) await File.WriteAllTextAsync(Folder["bucket", "inputs", $"{i}.idf"], "1", Token);
        await EventsAsync(20);
        while (Bucket.Unsettled > 0) await Task.Delay(20, Token);
        var (scans, began) = (Bucket.Work.Scans, Stopwatch.GetTimestamp());
        for (var i = 0; i < 200; i++) await PutAsync($"outputs/{i}/run.json", "1");
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Assert.True(Bucket.Work.Scans - scans <= seconds / 2 + 2, $"{Bucket.Work.Scans - scans} scans in {seconds} s");
        Assert.Equal(20, _events.Count);
    }

    [Fact]
    public async Task What_was_put_where_nobody_listened_is_forgotten_and_is_no_news_to_who_listens_then()
    {
        for (var i = 0; i < 30; i++) await PutAsync($"inputs/{i}.idf", "1");
        while (Bucket.Known > 0) await Task.Delay(50, Token);
        Listen("inputs/");
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "hand.idf"], "1", Token);
        await EventsAsync(1);
        Assert.Equal(["inputs/hand.idf"], Keys());
        await File.WriteAllTextAsync(Folder["bucket", "inputs", "7.idf"], "by hand", Token);
        await EventsAsync(2);
        Assert.Equal(["inputs/7.idf", "inputs/hand.idf"], Keys());
    }

    private void Listen(string prefix, params string[] suffixes) => Bucket.Notify(new BucketNotification
    { Prefix = prefix, Suffixes = suffixes, Target = document => _events.Enqueue(JsonNode.Parse(document)!) });

    private async Task RestartAsync()
    {
        await DisposeServerAsync();
        await InitializeAsync();
    }

    private async Task DisposeServerAsync()
    {
        S3.Dispose();
        await Bucket.DisposeAsync();
    }

    private async Task EventsAsync(int count)
    {
        while (_events.Count < count) await Task.Delay(20, Token);
    }

    private List<string?> Keys() => [.. _events.Select(e => (string?)Record(e)["s3"]!["object"]!["key"]).Order(StringComparer.Ordinal)];

    private static JsonNode Record(JsonNode document) => document["Records"]![0]!;
}
