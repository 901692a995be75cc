using System.Collections.Concurrent;
using System.Threading.Channels;

using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Runs.Tables;

/// <summary>Collects runs, once: finds them by one listing, and meanwhile reads records, so many at a time.</summary>
internal sealed class RunCollection
{
    // So many failures behind each other, any of which might have ended well, are an outage and no trouble of single records.
    private const int MostFailuresInARow = 64;

    private const int FoundAhead = 1_024;

    private readonly IAsyncFileSystem _files;
    private readonly RunTableOptions _options;
    private readonly IProgress<RunTableProgress>? _progress;
    private readonly Dictionary<string, RunRow> _earlier;
    private readonly ColumnNames _names;
    private readonly RecordRow _rowOf;
    private readonly ConcurrentBag<RunRow> _rows = [];
    private readonly Lock _telling = new();
    private int _found, _done, _read, _failuresInARow;
    private bool _isFoundAll;

    public RunCollection(IAsyncFileSystem files, RunTable? earlier, RunTableOptions? options, IProgress<RunTableProgress>? progress)
    {
        (_files, _options, _progress) = (files, options ?? new(), progress);
        // The rows that are taken over know their columns by these numbers.
        _names = earlier?.Names ?? new();
        _earlier = (earlier?.Rows ?? []).ToDictionary(row => row.Folder, StringComparer.Ordinal);
        _rowOf = new(_names);
    }

    public async Task<RunTable> CollectAsync(string path, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var found = Channel.CreateBounded<FoundRun>(new BoundedChannelOptions(FoundAhead) { SingleWriter = true });
        var finding = FindAsync(path, found.Writer, stop.Token);
        try
        {
            await TakeAllAsync(found.Reader, stop.Token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await finding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await finding.ConfigureAwait(false);
        return new(_names, [.. _rows.OrderBy(row => row.Folder, StoragePath.Order)], _read);
    }

    private async Task FindAsync(string path, ChannelWriter<FoundRun> found, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var run in new FoundRuns(_files, path).ListAsync(cancellationToken).ConfigureAwait(false))
            {
                lock (_telling) _found++;
                await found.WriteAsync(run, cancellationToken).ConfigureAwait(false);
            }
            Tell(() => _isFoundAll = true);
        }
        finally
        {
            found.Complete();
        }
    }

    private async Task TakeAllAsync(ChannelReader<FoundRun> found, CancellationToken stop, CancellationToken cancellationToken)
    {
        var bound = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = stop };
        try
        {
            await Parallel.ForEachAsync(found.ReadAllAsync(stop), bound, TakeAsync).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private async ValueTask TakeAsync(FoundRun run, CancellationToken cancellationToken)
    {
        _rows.Add(await RowAsync(run, cancellationToken).ConfigureAwait(false));
        Tell(() => _done++);
    }

    private async ValueTask<RunRow> RowAsync(FoundRun run, CancellationToken cancellationToken)
    {
        if (run.Record is not { } record) return _rowOf.Without(run.Folder, null, "no_record", RunSentences.NoRecord);
        var isKnown = _earlier.TryGetValue(run.Folder, out var before) && before.ETag is { } known && known == record.ETag;
        if (isKnown) return before!;
        if (record.SizeBytes > RecordRow.LargestBytes) return _rowOf.Bad(run.Folder, record.ETag, RunSentences.RecordTooLarge);
        Interlocked.Increment(ref _read);
        try
        {
            var json = await _files.ReadBytesAsync(record.Path, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _failuresInARow, 0);
            return _rowOf.Of(run.Folder, record.ETag, json);
        }
        catch (StorageException failed) when (!failed.IsTransient || !EndsIt())
        {
            return _rowOf.Without(run.Folder, null, "unread", OneLine.Of(failed.Message, RunSentences.Longest));
        }
    }

    /// <summary>Whether one more failure ends the collecting: the storage does not answer any more.</summary>
    private bool EndsIt() => _options.EndsWithFirstFailure || Interlocked.Increment(ref _failuresInARow) >= MostFailuresInARow;

    private void Tell(Action change)
    {
        lock (_telling)
        {
            change();
            _progress?.Report(new(_found, _done, _isFoundAll));
        }
    }
}
