using System.Collections.Concurrent;

using IdfKit.Engine.Folders;
using IdfKit.Storage;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// While EnergyPlus runs: sends the large files that it only appends to, so that little of them is left when it ends. What cannot be sent
/// ahead is sent when the run has ended, as everything else is.
/// </summary>
internal sealed class ResultsAhead : IAsyncDisposable
{
    /// <summary>From which size on a file goes ahead: smaller ones take one request, and hardly any time.</summary>
    public const long LeastBytes = 16L << 20;

    // What else EnergyPlus writes it writes over (.sql), or all at once when it ends (.htm).
    private static readonly string[] Appended = [".eso", ".mtr", ".csv", ".edd", ".eio", ".shd"];
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly long _leastBytes;
    private readonly Func<IReadOnlyList<ResultFile>> _results;
    private readonly Func<ResultFile, CancellationToken, Task<(WriteOptions Options, StorageWriteStream Stream)>> _open;
    private readonly ConcurrentDictionary<string, ResultAhead?> _files = new(StringComparer.Ordinal); // null: given up, or taken
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
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
        (_directory, _leastBytes, _results, _open) = (directory, leastBytes, results, open);
        _sending = SendAsync(time);
    }

    /// <summary>Whether a file that an ordinary run has stored went ahead.</summary>
    public static bool Takes(RunFile file) => file.SizeBytes >= LeastBytes && IsAppended(file.Path);

    private static bool IsAppended(string path) =>
        Appended.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether any upload was begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>How much was sent of what is still on its way.</summary>
    public long SentBytes => _files.Values.Sum(file => file?.SentBytes ?? 0);

    /// <summary>EnergyPlus has ended: looks once more, and then no more.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    /// <summary>Waits for that last look.</summary>
    public Task EndedAsync(CancellationToken cancellationToken) => _sending.WaitAsync(cancellationToken);

    /// <summary>What was sent of a file, once; its taker disposes it. Null: nothing.</summary>
    public ResultAhead? Take(string path) => _files.TryRemove(path, out var file) ? file : null;

    /// <summary>Throws away what nobody has taken.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        foreach (var file in _files.Values.OfType<ResultAhead>()) await file.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await TickAsync(timer).ConfigureAwait(false)) await LookAsync().ConfigureAwait(false);
            await LookAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { return; } // nobody wants it any more
    }

    /// <summary>Whether it is to look again before EnergyPlus ends.</summary>
    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, _stop.Token);
        try { return await timer.WaitForNextTickAsync(either.Token).ConfigureAwait(false); }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested) { return false; } // it has ended
    }

    private async Task LookAsync()
    {
        foreach (var result in _results().Where(result => IsAppended(result.Path) && result.SizeBytes >= _leastBytes))
        {
            if (!_files.TryGetValue(result.Path, out var file))
                file = _files[result.Path] = await OpenOrNullAsync(result).ConfigureAwait(false);
            if (file is null || await TrySendAsync(file).ConfigureAwait(false)) continue;
            _files[result.Path] = null;
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ResultAhead?> OpenOrNullAsync(ResultFile result)
    {
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

    private async Task<bool> TrySendAsync(ResultAhead file)
    {
        try
        {
            await file.SendAsync(_stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is StorageException or IOException) { return false; } // likewise
    }
}
