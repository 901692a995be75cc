using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

/// <summary>Compares a whole object that came in one answer with its ETag, where that is the MD5 of the content.</summary>
internal sealed class ContentCheck : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly string _expected;

    private ContentCheck(string expected) => _expected = expected;

    public bool Holds => Convert.ToHexStringLower(_hash.GetHashAndReset()) == _expected;

    /// <summary>Null where the ETag says nothing about these bytes: a part of an object, one made of parts, one encrypted with a key of its own.</summary>
    public static ContentCheck? For(GetObjectResponse answer, long start, long end, FileEntry entry) =>
        start == 0 && end == entry.SizeBytes - 1 && IsMd5(entry.ETag) && IsPlain(answer) ? new ContentCheck(entry.ETag!.ToLowerInvariant()) : null;

    public void Add(ReadOnlySpan<byte> chunk) => _hash.AppendData(chunk);

    public void Dispose() => _hash.Dispose();

    private static bool IsMd5(string? etag) => etag is { Length: 32 } && etag.All(char.IsAsciiHexDigit);

    private static bool IsPlain(GetObjectResponse answer) =>
        (string.IsNullOrEmpty(answer.ServerSideEncryptionMethod?.Value) || answer.ServerSideEncryptionMethod == ServerSideEncryptionMethod.AES256)
        && string.IsNullOrEmpty(answer.ServerSideEncryptionCustomerProvidedKeyMD5);
}
