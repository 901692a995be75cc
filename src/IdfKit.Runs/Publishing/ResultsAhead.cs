using System.Collections.Concurrent;

using IdfKit.Engine.Folders;
using IdfKit.Storage;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// While EnergyPlus runs: sends the large files that it only appends to, so that little of them is left when it ends. What cannot be sent
/// ahead is sent when the run has ended, as everything else is; nothing that goes wrong here fails a run.
/// </summary>
internal sealed class ResultsAhead : IAsyncDisposable
{
    /// <summary>From which size on a file goes ahead: smaller ones take one request, and hardly any time.</summary>
    public const long LeastBytes = 16L << 20;

    /// <summary>How many files are on their way at once: each holds a descriptor, parts in memory and an upload.</summary>
    public const int MostAtOnce = 4;

    /// <summary>How many files of a run are begun, those that were given up included.</summary>
    public const int MostBegun = 16;

    // What else EnergyPlus writes it writes over (.sql), or all at once when it ends (.htm).
    private static readonly string[] Appended = [".eso", ".mtr", ".csv", ".edd", ".eio", ".shd"];
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostForLastPiece = TimeSpan.FromSeconds(2);

    private readonly string _directory;
    private readonly long _leastBytes;
    private readonly Func<IReadOnlyList<ResultFile>> _results;
    private readonly Func<ResultFile, CancellationToken, Task<(WriteOptions Options, StorageWriteStream Stream)>> _open;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ResultAhead> _files = new(StringComparer.Ordinal); // but for the one that is just sent
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal); // by path; of those that are in _files no more nothing is sent
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private Task? _looking;
    private volatile bool _hasFailed;
    private bool _isDisposed;

    /// <param name="directory">The folder that EnergyPlus writes to.</param>
    /// <param name="leastBytes">From which size on a file goes ahead.</param>
    /// <param name="results">What is a result by now.</param>
    /// <param name="open">Begins to store a result, and tells under which condition.</param>
    /// <param name="time">The clock.</param>
    public ResultsAhead(
        string directory, long leastBytes, Func<IReadOnlyList<ResultFile>> results,
        Func<ResultFile, CancellationToken, Task<(WriteOptions Options, StorageWriteStream Stream)>> open, TimeProvider time)
    {
        (_directory, _leastBytes, _results, _open, _time) = (directory, leastBytes, results, open, time);
        _sending = SendAsync();
    }

    /// <summary>Whether a file that an ordinary run has stored went ahead.</summary>
    public static bool Takes(RunFile file) => file.SizeBytes >= LeastBytes && IsAppended(file.Path);

    private static bool IsAppended(string path) =>
        Appended.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether any upload was begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>
    /// EnergyPlus has ended: nothing goes ahead any more after the piece that is just sent. What was sent is compared with what the files
    /// hold now, while others go on.
    /// </summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        _looking ??= LookOverAsync();
    }

    /// <summary>Waits for that piece. One that takes long is given up, and its file is sent as if it had not gone ahead.</summary>
    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        try { await (_looking ?? _sending).WaitAsync(MostForLastPiece, _time, cancellationToken).ConfigureAwait(false); }
        catch (TimeoutException) { await _stop.CancelAsync().ConfigureAwait(false); }
    }

    /// <summary>What was sent of a file, once; its taker disposes it. Null: nothing, or what is to be sent again.</summary>
    public ResultAhead? Take(string path) => !_hasFailed && _files.TryRemove(path, out var file) ? file : null;

    /// <summary>Throws away what nobody has taken.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _stop.CancelAsync().ConfigureAwait(false);
            await (_looking ?? _sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            // What cannot be ended the bucket's lifecycle rule ends.
            var ends = Task.WhenAll(_files.Values.Select(file => file.DisposeAsync().AsTask()));
            await ends.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ended.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>One after the other: a program has few threads for what never waits.</summary>
    private async Task LookOverAsync()
    {
        await _sending.ConfigureAwait(false);
        Task before = Task.CompletedTask;
        if (_hasFailed || _stop.IsCancellationRequested) return; // what was sent is of no use, or taken already
        foreach (var file in _files.Values) before = file.LookOver(before);
    }

    private async Task SendAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, _time);
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false)) await LookAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested) { return; }
        catch (Exception) { _hasFailed = true; } // whatever it was: all is sent when the run has ended, which tells what cannot be
    }

    private async Task LookAsync()
    {
        var results = _results();
        foreach (var path in _files.Keys.Except(results.Select(result => result.Path), StringComparer.Ordinal))
            if (_files.TryRemove(path, out var gone)) await gone.DisposeAsync().ConfigureAwait(false);
        foreach (var result in results.Where(result => IsAppended(result.Path) && result.SizeBytes >= _leastBytes))
        {
            if (_ended.IsCancellationRequested) return;
            var file = _files.TryRemove(result.Path, out var begun) ? begun : await BeginOrNullAsync(result).ConfigureAwait(false);
            if (file is not null) await SendAsync(result.Path, file).ConfigureAwait(false);
        }
    }

    /// <summary>Null for what is not to go ahead, or has failed.</summary>
    private async Task<ResultAhead?> BeginOrNullAsync(ResultFile result)
    {
        if (_files.Count >= MostAtOnce || _begun.Count >= MostBegun || !_begun.Add(result.Path)) return null;
        using var folder = ChildFolder.TryOpen(_directory);
        if (folder?.TryOpenFile(result.Path) is not { } opened) return null;
        SafeFileHandle? file = opened;
        HasBegun = true;
        try
        {
            var (options, stream) = await _open(result, _stop.Token).ConfigureAwait(false);
            var begun = new ResultAhead(file, options, stream);
            file = null;
            return begun;
        }
        catch (StorageException) { return null; } // it is sent when the run has ended, which then tells why it cannot be
        finally { file?.Dispose(); }
    }

    private async Task SendAsync(string path, ResultAhead file)
    {
        var isSent = false;
        try
        {
            await file.SendAsync(_ended.Token, _stop.Token).ConfigureAwait(false);
            isSent = _files.TryAdd(path, file);
        }
        catch (Exception e) when (e is StorageException or IOException) { return; } // likewise
        finally { if (!isSent) await file.DisposeAsync().ConfigureAwait(false); }
    }
}
