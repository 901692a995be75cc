using System.Text;

using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Retry;

/// <summary>
/// The turn of one <c>retry</c> in a place: a second one waits, and then sees what the first has put again. It is a small file in the
/// outputs, made under a condition; one that was left behind counts for a minute.
/// </summary>
internal sealed class RetryTurn : IAsyncDisposable
{
    private const string FileName = ".idfkit-retry";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private readonly Place _place;
    private readonly string _path;
    private bool _isMine = true;

    private RetryTurn(Place place, string path) => (_place, _path) = (place, path);

    /// <summary>Waits for it. Null where nobody can be kept out: this user may not write there, or writes have no conditions.</summary>
    public static async Task<RetryTurn?> TakeAsync(Place place, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!place.Files.Capabilities.HasFlag(StorageCapabilities.Conditions)) return null;
        try { return await WaitAsync(place, time, cancellationToken); }
        catch (StorageException denied) when (denied.Kind is StorageErrorKind.AccessDenied) { return null; }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isMine) return;
        _isMine = false;
        // Whether or not the command was stopped; one that stays behind is passed by after a while.
        try { await _place.Files.RemoveAsync(_path, CancellationToken.None); }
        catch (StorageException e) { CommandGuard.Say("retry", e.Message); }
    }

    private static async Task<RetryTurn> WaitAsync(Place place, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = StoragePath.Join(place.AllOutputs, FileName);
        FileEntry? seen = null;
        var hasSaid = false;
        for (var since = time.GetTimestamp(); ; await Task.Delay(BetweenTries, time, cancellationToken))
        {
            var there = await place.LookAsync(path, cancellationToken);
            if (there?.ETag != seen?.ETag) since = time.GetTimestamp();
            seen = there;
            if (there is not null && time.GetElapsedTime(since) < Longest && IsYoung(there, time))
            {
                if (!hasSaid) CommandGuard.Say("retry", CliSentences.AnotherRetries(place.Shown(path)));
                hasSaid = true;
                continue;
            }
            try
            {
                var mine = Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("N"));
                using var content = new MemoryStream(mine, writable: false);
                var options = there is null ? new WriteOptions { IfAbsent = true } : new WriteOptions { IfMatch = there.ETag };
                await place.Files.WriteAsync(path, content, options, cancellationToken);
                return new(place, path);
            }
            catch (StorageException taken) when (taken.Kind is StorageErrorKind.PreconditionFailed) { continue; }
        }
    }

    private static bool IsYoung(FileEntry there, TimeProvider time) =>
        there.Modified is not { } made || time.GetUtcNow() - made < Longest;
}
