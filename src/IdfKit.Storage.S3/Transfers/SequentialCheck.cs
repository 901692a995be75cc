using System.Security.Cryptography;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// Compares an object with its ETag while it is fetched from its start to its end, in windows of any size. What is
/// fetched out of turn is not counted; fetching the start again begins anew.
/// </summary>
/// <param name="entry">The object.</param>
/// <param name="pieceBytes">Of how many bytes each the ETag holds an MD5.</param>
internal sealed class SequentialCheck(FileEntry entry, long pieceBytes) : IDisposable
{
    private readonly IncrementalHash _piece = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly List<byte[]> _pieces = [];
    private long _next;
    private bool _altered;

    /// <summary>Adds what was fetched; false when it was the last of it and the whole is not what the server stored.</summary>
    public bool Holds(ReadOnlySpan<byte> fetched, long offset)
    {
        if (offset == 0) Restart();
        var known = _next - offset;
        if (_altered) return false;
        if (known < 0 || known >= fetched.Length) return true;
        fetched = fetched[(int)known..];
        while (fetched.Length > 0)
        {
            var end = Math.Min((_next / pieceBytes + 1) * pieceBytes, entry.SizeBytes);
            var count = (int)Math.Min(end - _next, fetched.Length);
            _piece.AppendData(fetched[..count]);
            fetched = fetched[count..];
            _next += count;
            if (_next == end) _pieces.Add(_piece.GetHashAndReset());
        }
        _altered = _next == entry.SizeBytes && !ContentCheck.Holds(entry, _pieces);
        return !_altered;
    }

    public void Dispose() => _piece.Dispose();

    private void Restart()
    {
        if (_next == 0) return;
        _piece.GetHashAndReset();
        _pieces.Clear();
        (_next, _altered) = (0, false);
    }
}
