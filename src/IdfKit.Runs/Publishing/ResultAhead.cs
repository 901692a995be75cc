using System.Buffers;
using System.Security.Cryptography;

using IdfKit.Engine.Folders;
using IdfKit.Storage;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// A result on its way while EnergyPlus still appends to it: how much was sent, and the checksum of that. Nobody sees any of it before it
/// is completed.
/// </summary>
/// <param name="file">The open file; closed with this.</param>
/// <param name="options">Under which condition it is stored.</param>
/// <param name="stream">Where it goes; thrown away with this where it was not completed.</param>
internal sealed class ResultAhead(SafeFileHandle file, WriteOptions options, StorageWriteStream stream) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationTokenSource _stop = new();
    private Task<(string? Sha256, long Bytes)>? _held;
    private long _sent;

    /// <summary>Whether it would be stored under just these conditions.</summary>
    public bool IsUnder(WriteOptions given) => given.IfAbsent == options.IfAbsent && given.IfMatch == options.IfMatch;

    /// <summary>Whether it is this file that is sent.</summary>
    public bool IsOf(SafeFileHandle other) => ChildFolder.AreSame(file, other);

    /// <summary>Sends what the file has by now, piece by piece until it is <paramref name="ended"/>.</summary>
    /// <exception cref="StorageException">Storage failed; the rest cannot be sent any more.</exception>
    public Task SendAsync(CancellationToken ended, CancellationToken cancellationToken) =>
        SendAsync(RandomAccess.GetLength(file), ended, cancellationToken);

    /// <summary>Sends the rest, up to that length, and gives the checksum of all; null when the file has another length.</summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    public async Task<string?> SendRestAsync(long length, CancellationToken cancellationToken)
    {
        if (_sent > length) return null;
        await SendAsync(length, CancellationToken.None, cancellationToken).ConfigureAwait(false);
        return _sent == length ? Convert.ToHexStringLower(_hash.GetCurrentHash()) : null;
    }

    /// <summary>
    /// EnergyPlus has ended: begins to look at all that the file holds, beside the caller, since what was sent early may have been written
    /// over.
    /// </summary>
    /// <param name="before">What is to be over before.</param>
    public Task LookOver(Task before) => _held = LookOverAsync(before);

    /// <summary>The checksum of what the file holds up to that length; null when it is shorter.</summary>
    public async Task<string?> HeldAsync(long length, CancellationToken cancellationToken)
    {
        if (_held is { } held && await held.WaitAsync(cancellationToken).ConfigureAwait(false) is var (sha256, bytes) && bytes == length)
            return sha256;
        return HashedContent.HashOf(file, length, cancellationToken);
    }

    /// <summary>Stores it, if its condition holds.</summary>
    /// <exception cref="StorageException">Nothing is stored.</exception>
    public Task<FileEntry> CompleteAsync(CancellationToken cancellationToken) => stream.CompleteAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try { await stream.DisposeAsync().ConfigureAwait(false); }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            if (_held is { } held) await ((Task)held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
            _hash.Dispose();
            file.Dispose();
        }
    }

    private async Task<(string? Sha256, long Bytes)> LookOverAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        var bytes = RandomAccess.GetLength(file);
        return (HashedContent.HashOf(file, bytes, _stop.Token), bytes);
    }

    private async Task SendAsync(long upTo, CancellationToken ended, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(HashedContent.PieceBytes);
        try
        {
            while (_sent < upTo && !ended.IsCancellationRequested)
            {
                var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, upTo - _sent)), _sent);
                if (count == 0) return; // it became shorter, which is found out at its end
                _hash.AppendData(buffer, 0, count);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                _sent += count;
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
