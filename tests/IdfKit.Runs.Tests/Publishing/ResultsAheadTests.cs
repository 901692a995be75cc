using System.Security.Cryptography;

using IdfKit.Runs.Publishing;
using IdfKit.Storage;
using Microsoft.Extensions.Time.Testing;
using RunBed;
using TestBed;

namespace IdfKit.Runs.Tests.Publishing;

/// <summary>What goes to the storage while it is still written is stored only as it is in the end, and never seen before.</summary>
public sealed class ResultsAheadTests : IAsyncDisposable
{
    private const int Least = 100_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly BegunUploads _target = new(new MemoryFileSystem().AsAsync());
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(4 * Least);
    private readonly ResultsAhead _ahead;

    public ResultsAheadTests() => _ahead = new(_folder.Path, Least, Results, async (file, token) =>
    {
        var options = new WriteOptions { IfAbsent = true };
        return (options, await _target.OpenWriteAsync("out/" + file.Path, options, token));
    }, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _ahead.DisposeAsync();
        Assert.Empty(_target.Open);
        _folder.Dispose();
    }

    [Theory, InlineData("eplusout.eso"), InlineData("eplusout.mtr"), InlineData("eplusout.csv"), InlineData("eplusout.edd")]
    public async Task File_that_grows_is_sent_while_it_is_written_and_stored_once(string name)
    {
        Append(name, 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        Assert.False(await _target.ExistsAsync("out/" + name, Token));
        Append(name, 2 * Least, 2 * Least);
        await ExpectStoredAsync(name, _content);
        Assert.Empty(_target.Whole);
        Assert.Equal((1, _content.Length), (_target.Begun, _target.Given));
    }

    [Theory, InlineData("eplusout.eso", Least - 1), InlineData("eplusout.sql", 2 * Least), InlineData("sub/eplusout.eso", 2 * Least)]
    public async Task Small_files_and_what_is_not_appended_to_are_sent_when_the_run_has_ended(string name, int bytes)
    {
        Directory.CreateDirectory(_folder["sub"]);
        Append(name, 0, bytes);
        await ExpectStoredAsync(name, _content[..bytes]);
        Assert.Equal((0, "out/" + name), (_target.Begun, Assert.Single(_target.Whole)));
    }

    [Theory, InlineData("rewritten"), InlineData("shorter"), InlineData("another"), InlineData("written anew")]
    public async Task File_that_was_not_only_appended_to_is_sent_again(string how)
    {
        const string Name = "eplusout.eso";
        Append(Name, 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        switch (how)
        {
            case "rewritten":
                using (var file = File.OpenHandle(_folder[Name], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    RandomAccess.Write(file, [(byte)~_content[5]], 5); // which a fixed letter is not, once in 256 runs
                break;
            case "shorter":
                using (var file = new FileStream(_folder[Name], FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(10);
                break;
            case "another":
                File.WriteAllBytes(_folder["other"], _content);
                File.Move(_folder["other"], _folder[Name], overwrite: true);
                break;
            default:
                File.WriteAllBytes(_folder[Name], [.. _content.Reverse()]);
                break;
        }
        await ExpectStoredAsync(Name, await File.ReadAllBytesAsync(_folder[Name], Token));
        Assert.Equal("out/" + Name, Assert.Single(_target.Whole));
    }

    [Fact]
    public async Task Storage_that_fails_meanwhile_costs_no_result()
    {
        Append("eplusout.eso", 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        _target.FailsWith = StorageErrorKind.Unavailable;
        Append("eplusout.eso", 2 * Least, Least);
        await UntilAsync(() => _target.Open.Count == 0);
        Append("eplusout.eso", 3 * Least, Least);
        await ExpectStoredAsync("eplusout.eso", _content);
        Assert.Equal((1, 1), (_target.Begun, _target.Whole.Count));
    }

    [Fact]
    public async Task Storage_that_does_not_complete_what_was_sent_is_given_it_again()
    {
        Append("eplusout.eso", 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        await _ahead.EndAsync();
        await _ahead.EndedAsync(Token);
        _target.FailsWith = StorageErrorKind.NotFound; // as S3 says of an upload that somebody has ended
        await ExpectStoredAsync("eplusout.eso", _content[..(2 * Least)]);
        Assert.Single(_target.Whole);
    }

    [Fact]
    public async Task What_is_to_be_stored_under_another_condition_is_sent_again()
    {
        await _target.WriteBytesAsync("out/eplusout.eso", "an earlier run's"u8.ToArray(), Token);
        Append("eplusout.eso", 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        var etag = (await _target.StatAsync("out/eplusout.eso", Token)).ETag;
        await ExpectStoredAsync("eplusout.eso", _content[..(2 * Least)], new() { IfMatch = etag });
        Assert.Single(_target.Whole);
    }

    [Fact]
    public async Task File_that_is_first_seen_when_the_run_has_ended_does_not_go_ahead()
    {
        Append("eplusout.eso", 0, 2 * Least);
        await ExpectStoredAsync("eplusout.eso", _content[..(2 * Least)]);
        Assert.Equal((0, 1), (_target.Begun, _target.Whole.Count));
    }

    [Fact]
    public async Task End_of_the_run_ends_the_sending_after_the_piece_that_is_just_sent()
    {
        Append("eplusout.eso", 0, 3 * Least);
        _target.Before = _ => _ahead.EndAsync();
        await UntilSentAsync(1);
        await _ahead.EndedAsync(Token);
        Assert.InRange(_target.Given, 1, (2 * Least) - 1);
        Append("eplusout.eso", 3 * Least, Least);
        await ExpectStoredAsync("eplusout.eso", _content);
        Assert.Empty(_target.Whole);
        Assert.Equal((1, _content.Length), (_target.Begun, _target.Given));
    }

    [Fact]
    public async Task What_a_file_holds_is_looked_at_when_the_run_ends_and_again_where_it_grew()
    {
        const string Name = "eplusout.eso";
        Append(Name, 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        await _ahead.EndAsync();
        await _ahead.EndedAsync(Token);
        await using var begun = _ahead.Take(Name)!;
        var held = await begun.HeldAsync(2 * Least, Token);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_content.AsSpan(0, 2 * Least))), held);

        using (var file = File.OpenHandle(_folder[Name], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            RandomAccess.Write(file, [(byte)~_content[5]], 5);
        Assert.Equal(held, await begun.HeldAsync(2 * Least, Token));
        Append(Name, 2 * Least, Least);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_folder[Name], Token))),
            await begun.HeldAsync(3 * Least, Token));
    }

    [Fact]
    public async Task Storage_that_hangs_is_waited_for_two_seconds_and_costs_no_result()
    {
        Append("eplusout.eso", 0, _content.Length);
        var hangs = false;
        _target.Before = token =>
        {
            hangs = true;
            return Task.Delay(Timeout.Infinite, token);
        };
        await UntilAsync(() => hangs);
        await _ahead.EndAsync();
        var ended = _ahead.EndedAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(ended.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await ended;
        await UntilAsync(() => _target.Open.Count == 0);
        await ExpectStoredAsync("eplusout.eso", _content);
        Assert.Equal((1, 1), (_target.Begun, _target.Whole.Count));
    }

    [Fact]
    public async Task Failure_that_nobody_has_foreseen_costs_no_result_and_leaves_nothing_begun()
    {
        Append("eplusout.mtr", 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        _target.Before = _ => throw new InvalidOperationException("unforeseen");
        Append("eplusout.eso", 0, _content.Length);
        await UntilAsync(() => _target.Begun == 2 && _target.Open.Count == 1);
        await _ahead.EndAsync();
        await _ahead.EndedAsync(Token);
        Assert.Null(_ahead.Take("eplusout.mtr"));
        await _ahead.DisposeAsync();
        Assert.Empty(_target.Open);
    }

    [Fact]
    public async Task Many_files_are_sent_four_at_once_and_sixteen_in_all_and_those_that_go_are_ended()
    {
        for (var file = 0; file < 20; file++) Append($"zone{file}.csv", 0, Least);
        for (var begun = ResultsAhead.MostAtOnce; begun <= ResultsAhead.MostBegun; begun += ResultsAhead.MostAtOnce)
        {
            await UntilAsync(() => _target.Given == begun * Least);
            Assert.Equal((begun, ResultsAhead.MostAtOnce), (_target.Begun, _target.Open.Count));
            foreach (var path in _target.Open) File.Delete(_folder[Path.GetFileName(path)]);
        }
        await UntilAsync(() => _target.Open.Count == 0);
        await _ahead.DisposeAsync();
        Assert.Equal((16, 4), (_target.Begun, Results().Count));
    }

    [Fact]
    public async Task What_nobody_takes_is_thrown_away()
    {
        Append("eplusout.eso", 0, 2 * Least);
        await UntilSentAsync(2 * Least);
        await _ahead.DisposeAsync();
        Assert.Empty(_target.Open);
        Assert.False(await _target.ExistsAsync("out/eplusout.eso", Token));
    }

    private IReadOnlyList<ResultFile> Results() => ResultFile.In(_folder.Path);

    private void Append(string name, int from, int count)
    {
        using var file = new FileStream(_folder[name], FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(_content, from, count);
    }

    private Task UntilSentAsync(long bytes) => UntilAsync(() => _target.Given >= bytes);

    private async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }
    }

    private async Task ExpectStoredAsync(string name, byte[] content, WriteOptions? condition = null)
    {
        await _ahead.EndAsync();
        await _ahead.EndedAsync(Token);
        var behind = new LeftBehind();
        var uploaded = await ResultUpload.UploadAsync(
            Results(), _target, "out", behind, isThere: null, ResultMarks.None, async (path, options, write, token) =>
            {
                var under = condition ?? new() { IfAbsent = true };
                await write("out/" + path, options with { IfAbsent = under.IfAbsent, IfMatch = under.IfMatch }, token);
                return true;
            }, Token, _ahead);
        Assert.Empty(behind.Sentences());
        var file = Assert.Single(uploaded);
        Assert.Equal((name, content.LongLength), (file.File.Path, file.File.SizeBytes));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.Sha256);
        Assert.Equal(content, await _target.ReadBytesAsync("out/" + name, Token));
        Assert.Empty(_target.Open);
    }
}
