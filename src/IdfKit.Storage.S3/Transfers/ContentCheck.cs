using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// The MD5 of bytes that S3's ETag says something about: a whole object that was one PUT, or one part of an object that
/// this library wrote.
/// </summary>
internal sealed class ContentCheck : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    /// <summary>
    /// Of how many bytes each the ETag holds an MD5: of the whole, or of the parts that this library wrote. Null where it
    /// says nothing about the bytes, as for an object encrypted with a key of its own.
    /// </summary>
    public static long? PieceBytes(GetObjectResponse answer, FileEntry entry)
    {
        if (entry.SizeBytes == 0 || !IsPlain(answer)) return null;
        if (IsMd5(entry.ETag)) return entry.SizeBytes;
        return WriteMark.Of(answer.Metadata) is { } mark && IsOfParts(entry, mark.PartBytes) ? mark.PartBytes : null;
    }

    /// <summary>Null unless the range is one piece.</summary>
    public static ContentCheck? For(long? pieceBytes, long start, long end, FileEntry entry) =>
        pieceBytes is { } piece && start % piece == 0 && end == Math.Min(start + piece, entry.SizeBytes) - 1
            ? new ContentCheck()
            : null;

    /// <summary>Whether <paramref name="hashes"/>, of the whole or of all parts in order, are those of the entry's ETag.</summary>
    public static bool Holds(FileEntry entry, IReadOnlyList<byte[]> hashes)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var hash in hashes) all.AppendData(hash);
        var hex = Convert.ToHexStringLower(IsMd5(entry.ETag) ? hashes[0] : all.GetHashAndReset());
        return entry.ETag!.StartsWith(hex, StringComparison.OrdinalIgnoreCase);
    }

    public void Add(ReadOnlySpan<byte> chunk) => _hash.AppendData(chunk);

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    /// <summary>Whether an ETag looks like the MD5 of one PUT.</summary>
    public static bool IsMd5(string? etag) => etag is { Length: 32 } && etag.All(char.IsAsciiHexDigit);

    private static bool IsOfParts(FileEntry entry, long partBytes) =>
        partBytes > 0 && entry.ETag is { Length: > 33 } etag
            && IsMd5(etag[..32]) && etag[32..] == $"-{(entry.SizeBytes + partBytes - 1) / partBytes}";

    private static bool IsPlain(GetObjectResponse answer) =>
        (string.IsNullOrEmpty(answer.ServerSideEncryptionMethod?.Value)
            || answer.ServerSideEncryptionMethod == ServerSideEncryptionMethod.AES256)
        && string.IsNullOrEmpty(answer.ServerSideEncryptionCustomerProvidedKeyMD5);
}
