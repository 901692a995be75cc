using System.Collections.Concurrent;

using IdfKit.Drops;
using IdfKit.LocalCloud;
using IdfKit.Storage;

namespace IdfKit.Cli.Dev;

/// <summary>What earlier sessions have left, and what this one leaves: runs that were interrupted, and inputs that were not run.</summary>
/// <param name="catchUp">Finds it.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="begun">The attempts whose claims may be left.</param>
/// <param name="words">Takes what is said.</param>
internal sealed class LeftWork(CatchUp catchUp, LocalBucketServer bucket, BegunAttempts begun, TextWriter words)
{
    private static readonly TimeSpan BetweenLooksAtHeld = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(10);
    private readonly List<string> _held = [];
    private TimeSpan _sinceLook;

    /// <summary>Lets go of the claims of a session that was killed. To be called before the function is started.</summary>
    public Task MendAsync(CancellationToken cancellationToken) =>
        ForgetAsync(ids => catchUp.ReleaseAllAsync(ids, cancellationToken));

    /// <summary>Lets go of the claims of these runs. To be called when the function has ended.</summary>
    public async Task LetGoAsync(IReadOnlyList<Run> interrupted)
    {
        using var patience = new CancellationTokenSource(PatienceAtEnd);
        var folders = interrupted.Select(run => run.Folder.TrimEnd('/'));
        await ForgetAsync(ids => catchUp.ReleaseAsync(ids, folders, patience.Token));
    }

    /// <summary>Runs what has no current result, and says so; gives how many. To be called when put events are sent already.</summary>
    public async Task<int> TakeUpAsync(string inputPrefix, CancellationToken cancellationToken)
    {
        var announced = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        bucket.ObjectWritten += Note;
        try
        {
            var found = await catchUp.FindAsync(inputPrefix, cancellationToken);
            // What was put while this looked has its event.
            return TakeUp([.. found.Where(drop => !announced.ContainsKey(drop.Key))]);
        }
        catch (StorageException e)
        {
            words.WriteLine(CliSentences.NotLookedAt(e.Message));
            return 0;
        }
        finally
        {
            bucket.ObjectWritten -= Note;
        }

        void Note(object? sender, ObjectWrite write) => announced[write.Key] = true;
    }

    /// <summary>Looks from time to time whether what another program held has been left without a result.</summary>
    public async Task LookAtHeldAsync(TimeSpan sinceLastCall, CancellationToken cancellationToken)
    {
        if (_held.Count == 0 || (_sinceLook += sinceLastCall) < BetweenLooksAtHeld) return;
        _sinceLook = TimeSpan.Zero;
        foreach (var key in _held.ToList())
        {
            try
            {
                var standing = await catchUp.LookAgainAsync(key, cancellationToken);
                if (standing == DropStanding.HeldByAnother) continue;
                if (standing != DropStanding.Current) bucket.TakeAsNew(key);
            }
            // The next look tries again, unless the input has gone.
            catch (StorageException e) when (e.Kind != StorageErrorKind.NotFound) { continue; }
            catch (StorageException) { _held.Remove(key); }
            _held.Remove(key);
        }
    }

    private int TakeUp(IReadOnlyList<(string Key, DropStanding Standing)> found)
    {
        _held.AddRange(found.Where(drop => drop.Standing == DropStanding.HeldByAnother).Select(drop => drop.Key));
        foreach (var key in _held) words.WriteLine(CliSentences.HeldByAnother(key));
        var toRun = found.Where(drop => drop.Standing != DropStanding.HeldByAnother).ToList();
        if (toRun.Count > 0) words.WriteLine(CliSentences.TakenUp(toRun));
        foreach (var (key, _) in toRun) bucket.TakeAsNew(key);
        return toRun.Count;
    }

    private async Task ForgetAsync(Func<IReadOnlySet<string>, Task> release)
    {
        try
        {
            await release(begun.Ids);
            begun.Forget();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            words.WriteLine(CliSentences.NotReleased(e.Message));
        }
    }
}
