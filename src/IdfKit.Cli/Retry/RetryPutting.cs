using IdfKit.Cli.Places;
using IdfKit.Cli.Terminal;
using IdfKit.Cli.Watch;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Retry;

/// <summary>Puts models again, several at once, and knows what became of each.</summary>
internal sealed class RetryPutting(Place place, RecordDetails details, TimeProvider time)
{
    private const string Name = "retry";
    private const int Concurrency = 8, BarWidth = 20;

    /// <summary>A model that was put again waits so long for its run; after that its event is taken to be lost.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly PutAgain _again = new(place);
    private readonly List<string> _absent = [], _replaced = [];
    private int _put, _waiting;

    public int Put => _put;

    /// <summary>Those that somebody has put again already, and that have not begun yet.</summary>
    public int Waiting => _waiting;

    /// <summary>The keys of those that are no longer there.</summary>
    public IReadOnlyList<string> Absent => _absent;

    /// <summary>The keys of those that somebody else has replaced at the same moment, so that they run anyway.</summary>
    public IReadOnlyList<string> Replaced => _replaced;

    /// <summary>False: it was stopped.</summary>
    /// <exception cref="StorageException">One could not be put; how many were is said.</exception>
    public async Task<bool> RunAsync(List<RunRow> models, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(models, bound, async (row, token) =>
            {
                await PutAsync(row, token);
                progress.Show(() => $"{Bar.Of(_put, models.Count, BarWidth)} {_put:#,0}/{models.Count:#,0}");
            });
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedRetrying(_put, models.Count));
            return false;
        }
        catch (StorageException)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedRetrying(_put, models.Count));
            throw;
        }
        finally
        {
            progress.End();
        }
    }

    /// <summary>Puts one, unless it waits already or is no longer there.</summary>
    /// <exception cref="StorageException">It cannot be read or written.</exception>
    public async Task PutAsync(RunRow row, CancellationToken cancellationToken)
    {
        var key = (string)row["model_key"]!;
        if (await place.LookAsync(key, cancellationToken) is not { } entry)
        {
            lock (_absent) _absent.Add(key);
            return;
        }
        if (await WaitsAsync(row, entry, cancellationToken))
        {
            Interlocked.Increment(ref _waiting);
            return;
        }
        try
        {
            if (await _again.PutAsync(entry, cancellationToken)) Interlocked.Increment(ref _put);
            else lock (_absent) _absent.Add(key);
        }
        catch (StorageException conflict) when (conflict.Kind is StorageErrorKind.PreconditionFailed)
        {
            lock (_replaced) _replaced.Add(key);
        }
    }

    /// <summary>Whether the model was put again since its run, a while ago at most: it is run without this.</summary>
    private async Task<bool> WaitsAsync(RunRow row, FileEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Modified is not { } put || row["started_at"] is not DateTimeOffset started || put <= started) return false;
        if (time.GetUtcNow() - put > LongestWait) return false;
        // By two clocks that only seems so: the record says of which object it tells.
        await details.ReadAsync([row], cancellationToken);
        return details.Known(row)?.ModelModified is not { } ran || put.ToUnixTimeSeconds() > ran.ToUnixTimeSeconds();
    }
}
