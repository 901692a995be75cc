using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What a call that ends early, or gets no answer, leaves to the calls after it.</summary>
public sealed class ConnectionReuseTests(RgwServer rgw) : IAsyncLifetime
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30); // half of a call's time

    private readonly ProxiedBucket _bucket = new(rgw);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FaultProxy Proxy => _bucket.Proxy;

    private static Dictionary<string, (string Method, Func<AsyncS3FileSystem, CancellationToken, Task> Call)> Calls { get; } = new()
    {
        ["a denied write"] = ("PUT", (fs, token) => fs.WriteBytesAsync("denied/f", new byte[100_000], token)),
        ["a denied upload by parts"] =
            ("POST", (fs, token) => fs.WriteAsync("denied/f", new MemoryStream(new byte[TestBucket.PartBytes + 1]), null, token)),
        ["a condition that does not hold"] =
            ("PUT", (fs, token) => fs.WriteAsync("d/f", new MemoryStream(new byte[9]), new() { IfMatch = "\"other\"" }, token)),
        ["a part"] = ("PUT", (fs, token) => fs.WriteAsync("d/g", new MemoryStream(new byte[TestBucket.PartBytes + 1]), null, token)),
        ["a copy"] = ("PUT", (fs, token) => fs.CopyAsync("d/f", "d/copy", token)),
        ["a download"] = ("GET", (fs, token) => fs.ReadBytesAsync("d/f", token)),
        ["a read of what is not there"] = ("GET", (fs, token) => fs.ReadBytesAsync("d/none", token)),
        ["a listing"] = ("GET", async (fs, token) => await fs.ListAsync("d", token).ToListAsync(CancellationToken.None)),
        ["a removal of many"] = ("POST", (fs, token) => fs.RemoveManyAsync(["d/x", "d/y"], token)),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _bucket.DisposeAsync();
    }

    [Theory, MemberData(nameof(Names)), Rule("X1", "F3")]
    public async Task Cancelled_while_its_answer_arrives_it_takes_nothing_from_the_next_answers(string name)
    {
        await using var fs = await FilledAsync(TimeSpan.FromSeconds(60));
        using var source = new CancellationTokenSource();
        var arriving = Proxy.HoldBody(call => call.Method == Calls[name].Method, _release.Task);
        var ended = EndAsync(Calls[name].Call(fs, source.Token));
        await arriving.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(200); // for the client to wait for the body
        await source.CancelAsync();
        await Task.Delay(100);
        _release.TrySetResult();
        await ended.WaitAsync(AtOnce);
        Proxy.Script = static _ => null;
        for (var round = 0; round < 3; round++)
        {
            var listed = Enumerable.Range(0, 3).Select(_ => fs.ListAsync("d/f").ToListAsync().AsTask());
            var read = fs.ReadBytesAsync("d/f");
            await Task.WhenAll(listed.Append<Task>(read)).WaitAsync(AtOnce);
            Assert.Equal(5000, (await read).Length);
        }
    }

    [Theory, Rule("F3")]
    [InlineData("List")]
    [InlineData("Glob")]
    [InlineData("ListFolder")]
    [InlineData("Exists")]
    [InlineData("Stat")]
    [InlineData("ReadBytes")]
    [InlineData("Download")]
    [InlineData("OpenRead")]
    public async Task Read_that_one_connection_never_answers_is_asked_for_on_another(string operation)
    {
        await using var fs = await FilledAsync(TimeSpan.FromSeconds(6));
        foreach (var stall in new Fault[] { new Fault.HoldAnswer(_release.Task), new Fault.Stall(20) })
        {
            Proxy.Clear();
            Proxy.Fail(static _ => true, stall);
            await S3Operations.All[operation](fs, "d/f").WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact, Rule("F3", "W4")]
    public async Task Write_that_is_never_answered_is_not_sent_twice()
    {
        await using var fs = await FilledAsync(TimeSpan.FromSeconds(4));
        Proxy.Clear();
        Proxy.Fail(static call => call.Method == "PUT", new Fault.HoldAnswer(_release.Task), times: 99);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.WriteTextAsync("d/f", "other"));
        Assert.Equal(StorageErrorKind.Unavailable, error.Kind);
        Assert.Single(Proxy.Calls);
    }

    private static async Task EndAsync(Task call)
    {
        try { await call; }
        catch (Exception ended) when (ended is OperationCanceledException or StorageException) { return; }
    }

    private async Task<AsyncS3FileSystem> FilledAsync(TimeSpan budget)
    {
        await using var direct = await _bucket.OpenDirectlyAsync();
        await direct.WriteBytesAsync("d/f", new byte[5000]);
        var name = _bucket.Bucket.Name;
        var denied = $$"""{"Effect":"Deny","Principal":"*","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::{{name}}/denied/*"]}""";
        await _bucket.Bucket.Client.PutBucketPolicyAsync(name, $$"""{"Version":"2012-10-17","Statement":[{{denied}}]}""");
        return await _bucket.OpenAsync(options => options with { OperationTimeout = budget });
    }
}
