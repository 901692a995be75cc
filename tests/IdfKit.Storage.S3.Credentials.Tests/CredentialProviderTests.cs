using IdfKit.Storage.S3.Identity;
using Microsoft.Extensions.Time.Testing;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>Credentials that the program fetches itself: asked for once, anew ahead of their end, kept while that fails.</summary>
public sealed class CredentialProviderTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private int _asked;
    private ScriptedCloud? _cloud;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await ScriptedCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud!.DisposeAsync();

    [Fact]
    public async Task Provider_s_keys_sign_and_are_asked_for_once_by_many_requests()
    {
        _cloud!.Expected = Keys.Of("given");
        await using var bucket = Open(async token =>
        {
            Interlocked.Increment(ref _asked);
            await Task.Delay(100, token);
            return Given(_cloud.Expected);
        });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bucket.ExistsAsync($"f{i}", Token))), Assert.True);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Keys_that_the_server_calls_expired_are_asked_for_anew_by_the_next_call()
    {
        _cloud!.Expected = Keys.Of("second");
        _cloud.Refusal = """<Error><Code>ExpiredToken</Code><Message>The token has ended</Message></Error>""";
        await using var bucket = Open(_ => Task.FromResult(Given(Keys.Of(++_asked == 1 ? "first" : "second"))));
        var refused = await Assert.ThrowsAsync<StorageException>(() => bucket.ReadBytesAsync("f", Token));
        Assert.Equal(StorageErrorKind.AccessDenied, refused.Kind);
        Assert.True(await bucket.ExistsAsync("f", Token));
        Assert.Equal(2, _asked);
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(8, 2)]
    public async Task Keys_are_renewed_ahead_of_their_end_while_the_old_ones_serve(int minutes, int ahead)
    {
        var next = new TaskCompletionSource<S3Credentials>();
        var identity = Provided(_ => ++_asked == 1
            ? Task.FromResult(Given(Keys.Of("old"), _clock.GetUtcNow().AddMinutes(minutes)))
            : next.Task);
        Assert.Equal("AKIDOLD", await IdOfAsync(identity));
        _clock.Advance(TimeSpan.FromMinutes(minutes - ahead) - TimeSpan.FromSeconds(1));
        Assert.Equal("AKIDOLD", await IdOfAsync(identity));
        Assert.Equal(1, _asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 10; i++) Assert.Equal("AKIDOLD", await IdOfAsync(identity)); // nobody waits for the renewal
        next.SetResult(Given(Keys.Of("new"), _clock.GetUtcNow().AddHours(1)));
        await UntilAsync(async () => await IdOfAsync(identity) == "AKIDNEW");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Renewal_that_fails_leaves_the_old_keys_until_they_end()
    {
        var identity = Provided(_ => ++_asked == 1
            ? Task.FromResult(Given(Keys.Of("old"), _clock.GetUtcNow().AddHours(1)))
            : throw new InvalidOperationException("out of order"));
        await IdOfAsync(identity);
        _clock.Advance(TimeSpan.FromMinutes(56));
        for (var i = 0; i < 10; i++) Assert.Equal("AKIDOLD", await IdOfAsync(identity));
        await UntilAsync(() => Task.FromResult(_asked == 2)); // once, and not by every request
        for (var i = 0; i < 20 && _asked == 2; i++) // the failed call may not have ended yet, and is joined then
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("AKIDOLD", await IdOfAsync(identity));
            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }
        Assert.Equal(3, _asked);
        _clock.Advance(TimeSpan.FromMinutes(4));
        var ended = await Assert.ThrowsAsync<IdentityException>(() => IdOfAsync(identity));
        Assert.Equal("the credential provider failed (InvalidOperationException)", ended.Message);
    }

    [Fact]
    public async Task Provider_that_works_again_is_asked_again()
    {
        var identity = Provided(_ => ++_asked == 1
            ? throw new HttpRequestException("no network")
            : Task.FromResult(Given(Keys.Of("late"))));
        var failed = await Assert.ThrowsAsync<IdentityException>(() => IdOfAsync(identity));
        Assert.Equal((StorageErrorKind.Unavailable, true), (failed.Kind, failed.IsTransient));
        Assert.Equal("AKIDLATE", await IdOfAsync(identity));
    }

    [Fact]
    public async Task One_caller_s_cancellation_leaves_the_others_their_keys()
    {
        var answer = new TaskCompletionSource<S3Credentials>();
        var identity = Provided(_ => answer.Task);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var impatient = identity.GetAsync(cancellation.Token).AsTask();
        var patient = IdOfAsync(identity);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult(Given(Keys.Of("late")));
        Assert.Equal("AKIDLATE", await patient);
    }

    [Theory]
    [InlineData("throws", StorageErrorKind.AccessDenied, false, "the credential provider failed (InvalidOperationException).")]
    [InlineData("nothing", StorageErrorKind.AccessDenied, false, "the credential provider returned no credentials.")]
    [InlineData("expired", StorageErrorKind.AccessDenied, false, "returned credentials that ended at 2020-01-01 00:00:00Z.")]
    [InlineData("hangs", StorageErrorKind.Unavailable, true, "no credentials came from the credential provider within 0.5 s")]
    [InlineData("cancels", StorageErrorKind.Unavailable, true, "the credential provider failed (OperationCanceledException)")]
    [InlineData("denied", StorageErrorKind.Throttled, true, "the credential provider failed (StorageException)")]
    public async Task Provider_that_gives_no_keys_is_a_typed_error(string fault, StorageErrorKind kind, bool transient, string why)
    {
        await using var bucket = Open(
            async token =>
            {
                await Task.Yield();
                return fault switch
                {
                    "throws" => throw new InvalidOperationException("secret"),
                    "expired" => Given(Keys.Of("old"), new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                    "hangs" => await new TaskCompletionSource<S3Credentials>().Task,
                    "cancels" => throw new OperationCanceledException("of its own"),
                    "denied" => throw new StorageException(StorageErrorKind.Throttled, "ReadText", "vault"),
                    _ => null!,
                };
            }, TimeSpan.FromSeconds(0.5));
        var error = await Assert.ThrowsAsync<StorageException>(() => bucket.ExistsAsync("f", Token));
        Assert.Equal((kind, transient), (error.Kind, error.IsTransient));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(_cloud!.Calls);
    }

    [Fact]
    public async Task Call_that_is_cancelled_while_it_waits_for_keys_is_cancelled()
    {
        await using var bucket = Open(_ => new TaskCompletionSource<S3Credentials>().Task);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = bucket.ExistsAsync("f", cancellation.Token);
        await cancellation.CancelAsync();
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, canceled.CancellationToken);
    }

    [Fact]
    public void Options_print_no_secret() =>
        Assert.DoesNotContain("secret",
            new S3FileSystemOptions { Credentials = Given(Keys.Of("me")), CredentialProvider = _ => null!, Profile = "p" }.ToString(),
            StringComparison.Ordinal);

    private static S3Credentials Given(Keys keys, DateTimeOffset? end = null) => new(keys.Id, keys.Secret, keys.Token) { ExpiresAt = end };

    private static async Task<string> IdOfAsync(ProvidedIdentity identity) => (await identity.GetAsync(Token)).AccessKey;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++) await Task.Delay(10, Token);
        Assert.True(await condition());
    }

    private ProvidedIdentity Provided(Func<CancellationToken, Task<S3Credentials>> provider) => new(provider, Longest, _clock);

    private AsyncS3FileSystem Open(Func<CancellationToken, Task<S3Credentials>> provider, TimeSpan? longest = null) =>
        new("bucket", new S3FileSystemOptions
        {
            EndpointUrl = new Uri(_cloud!.Url), CredentialProvider = provider, OperationTimeout = longest ?? Longest
        });
}
