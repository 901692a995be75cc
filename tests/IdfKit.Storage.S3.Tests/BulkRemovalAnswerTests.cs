using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What a scripted server says of each key of a removal of many.</summary>
public sealed class BulkRemovalAnswerTests(RgwServer rgw) : IAsyncLifetime
{
    private readonly ProxiedBucket _bucket = new(rgw);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    [Fact, Rule("B2")]
    public async Task Key_that_may_not_be_removed_does_not_keep_the_others()
    {
        await using var fs = await _bucket.OpenAsync();
        await using var direct = await _bucket.OpenDirectlyAsync();
        foreach (var path in new[] { "a", "b/kept", "c" }) await direct.WriteTextAsync(path, "x");
        await DenyAsync("b/*");
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveManyAsync(["a", "b/kept", "c", "absent"]));
        Assert.Equal((StorageErrorKind.AccessDenied, "RemoveMany", "b/kept", false),
            (error.Kind, error.Operation, error.Path, error.IsTransient));
        Assert.Contains("1 of 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(["b/kept"], await direct.GlobAsync("", "**").ToListAsync());
        error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveFolderAsync("b"));
        Assert.Equal((StorageErrorKind.AccessDenied, "RemoveFolder"), (error.Kind, error.Operation));
    }

    [Fact, Rule("B2")]
    public async Task Request_for_many_that_fails_whole_is_the_failure_of_each()
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("a", "x");
        _bucket.Proxy.Fail(static call => call.Method == "POST", new Fault.Answer(503, "SlowDown"), times: int.MaxValue);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.RemoveManyAsync(["a", "b"]));
        Assert.Equal((StorageErrorKind.Throttled, true), (error.Kind, error.IsTransient));
        Assert.Contains("2 of 2", error.Message, StringComparison.Ordinal);
        Assert.True(await fs.ExistsAsync("a"));
    }

    private async Task DenyAsync(string keys)
    {
        var name = _bucket.Bucket.Name;
        var denied = $$"""{"Effect":"Deny","Principal":"*","Action":["s3:DeleteObject"],"Resource":["arn:aws:s3:::{{name}}/{{keys}}"]}""";
        await _bucket.Bucket.Client.PutBucketPolicyAsync(name, $$"""{"Version":"2012-10-17","Statement":[{{denied}}]}""");
    }
}
