using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>Answers that are lost, or that say something else than their status.</summary>
public sealed class LostAnswerTests(RgwServer rgw) : IAsyncLifetime
{
    private const int Part = TestBucket.PartBytes;

    private readonly ProxiedBucket _bucket = new(rgw);

    private FaultProxy Proxy => _bucket.Proxy;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    public static TheoryData<string, StorageErrorKind, bool> Codes => new()
    {
        { "InternalError", StorageErrorKind.Unavailable, true },
        { "ServiceUnavailable", StorageErrorKind.Unavailable, true },
        { "SlowDown", StorageErrorKind.Throttled, true },
        { "AccessDenied", StorageErrorKind.AccessDenied, false },
        { "OperationAborted", StorageErrorKind.Conflict, true },
        { "NoSuchBucket", StorageErrorKind.NotFound, false },
    };

    [Theory, MemberData(nameof(Codes)), Rule("F1")]
    public async Task Error_inside_an_answer_of_200_is_of_its_own_kind(string code, StorageErrorKind kind, bool isTransient)
    {
        await using var fs = await OpenWithSmallCopiesAsync();
        await fs.WriteTextAsync("small", "x");
        await fs.WriteBytesAsync("large", new byte[Part + 1]);
        var answer = new Fault.Answer(200, code);
        await FailsAsync(call => call.Method == "POST" && call.Has("uploadId"), () => fs.WriteBytesAsync("f", new byte[Part + 1]));
        await FailsAsync(call => call.Method == "PUT", () => fs.CopyAsync("small", "f"));
        await FailsAsync(call => call.Method == "PUT", () => fs.MoveAsync("small", "f"));
        await FailsAsync(call => call.Has("partNumber"), () => fs.CopyAsync("large", "f"));
        Proxy.Clear();
        Assert.False(await fs.ExistsAsync("f"));
        Assert.Equal("x", await fs.ReadTextAsync("small"));

        async Task FailsAsync(Func<ProxiedCall, bool> which, Func<Task> call)
        {
            Proxy.Fail(which, answer, times: int.MaxValue);
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.Equal((kind, isTransient), (error.Kind, error.IsTransient));
        }
    }

    [Fact, Rule("F1")]
    public async Task Error_inside_an_answer_of_200_that_passes_is_tried_again()
    {
        await using var fs = await OpenWithSmallCopiesAsync();
        var once = new Fault.Answer(200, "InternalError");
        Proxy.Fail(call => call.Method == "POST" && call.Has("uploadId"), once);
        await fs.WriteBytesAsync("large", new byte[Part + 1]);
        await fs.WriteTextAsync("small", "x");
        Proxy.Fail(call => call.Method == "PUT", once);
        await fs.CopyAsync("small", "copy");
        Proxy.Fail(call => call.Has("partNumber"), once);
        await fs.CopyAsync("large", "large copy");
        Assert.Equal(["copy", "large", "large copy", "small"], await fs.GlobAsync("", "*").ToListAsync());
    }

    [Theory, Rule("D3")]
    [InlineData(404, "NoSuchKey")]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(503, "SlowDown")]
    public async Task Conditional_removal_whose_answer_was_lost_is_a_success(int status, string code)
    {
        await using var fs = await _bucket.OpenAsync();
        var entry = await fs.WriteAsync("f", new MemoryStream([1]));
        var deletes = 0;
        Proxy.Script = call => call.Method != "DELETE" ? null
            : Interlocked.Increment(ref deletes) == 1 ? new Fault.LoseAnswer()
            : new Fault.Answer(status, code);
        await fs.RemoveAsync("f", entry.ETag!);
        Assert.InRange(deletes, 2, 9);
        Assert.False(await fs.ExistsAsync("f"));
    }

    [Fact, Rule("D3")]
    public async Task Conditional_removal_that_another_was_first_to_do_is_no_success()
    {
        await using var fs = await _bucket.OpenAsync();
        await using var direct = await _bucket.OpenDirectlyAsync();
        var entry = await fs.WriteAsync("f", new MemoryStream([1]));
        Proxy.Fail(call => call.Method == "DELETE", new Fault.Answer(404, "NoSuchKey"));
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveAsync("f", entry.ETag!));
        Assert.Equal(StorageErrorKind.NotFound, error.Kind);
        Proxy.Fail(call => call.Method == "DELETE", new Fault.Answer(412, "PreconditionFailed"), times: 9);
        error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveAsync("f", entry.ETag!));
        Assert.Equal(StorageErrorKind.PreconditionFailed, error.Kind);
        Assert.True(await fs.ExistsAsync("f"));
    }

    [Theory, Rule("M1")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Move_whose_answer_was_lost_leaves_one_file(string method)
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("from", "content");
        Proxy.Fail(call => call.Method == method, new Fault.LoseAnswer());
        await fs.MoveAsync("from", "to");
        Assert.Equal(["to"], await fs.GlobAsync("", "**").ToListAsync());
        Assert.Equal("content", await fs.ReadTextAsync("to"));
    }

    [Theory, Rule("M1")]
    [InlineData("PUT", 500, "InternalError")]
    [InlineData("PUT", 200, "InternalError")]
    [InlineData("DELETE", 403, "AccessDenied")]
    public async Task Move_that_fails_keeps_the_source(string method, int status, string code)
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("from", "content");
        Proxy.Fail(call => call.Method == method, new Fault.Answer(status, code), times: int.MaxValue);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.MoveAsync("from", "to"));
        Assert.Equal(("Move", "from"), (error.Operation, error.Path));
        Assert.Equal("content", await fs.ReadTextAsync("from"));
    }

    [Fact, Rule("M1")]
    public async Task Move_of_a_file_that_is_written_meanwhile_loses_neither_content()
    {
        await using var fs = await _bucket.OpenAsync();
        await using var direct = await _bucket.OpenDirectlyAsync();
        await direct.WriteTextAsync("from", "old");
        Proxy.Script = call =>
        {
            if (call.Method == "PUT") direct.AsSync().WriteText("from", "new");
            return null;
        };
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.MoveAsync("from", "to"));
        Assert.Equal((StorageErrorKind.Conflict, true), (error.Kind, error.IsTransient));
        Assert.Equal("new", await direct.ReadTextAsync("from"));
    }

    private async Task<AsyncS3FileSystem> OpenWithSmallCopiesAsync() => new(
        await _bucket.Bucket.CreateAsync(),
        _bucket.Bucket.Options with { EndpointUrl = Proxy.Url, OperationTimeout = TimeSpan.FromSeconds(15) })
    {
        CopyLimitBytes = Part,
    };
}
