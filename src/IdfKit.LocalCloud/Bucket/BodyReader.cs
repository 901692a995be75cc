using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>Brings a request's body to a temporary file: decoded, counted, hashed, and checked against what the client
/// declared.</summary>
internal static class BodyReader
{
    private const int BufferBytes = 128 * 1024;

    public static async Task<StagedContent> StageAsync(HttpContext context, BucketFolder folder, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        var declared = DeclaredChecksum(headers);
        var chunked = headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal)
            ? new AwsChunkedStream(context.Request.Body)
            : null;
        var sha256 = chunked is null && headers["x-amz-content-sha256"].ToString() is { Length: 64 } hash ? hash : null;
        var checksum = declared is null ? null : Checksum.ForHeader(declared);
        var staged = await StageAsync(chunked ?? context.Request.Body, folder, checksum, sha256, cancellationToken);
        try
        {
            var expected = declared is null ? null : chunked?.Trailers.GetValueOrDefault(declared) ?? headers[declared].ToString();
            Check(headers, staged, declared, expected);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>The same for content of any origin, without a client's declarations.</summary>
    public static async Task<StagedContent> StageAsync(
        Stream body, BucketFolder folder, Checksum? checksum, string? expectedSha256, CancellationToken cancellationToken)
    {
        var path = folder.NewTemporaryPath();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
#pragma warning disable CA5351 // S3's ETag is an MD5 by definition.
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
            using var sha256 = expectedSha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await body.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)) > 0)
                {
                    md5.AppendData(buffer, 0, read);
                    sha256?.AppendData(buffer, 0, read);
                    checksum?.Append(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    size += read;
                }
            }
            if (sha256 is not null && !string.Equals(
                Convert.ToHexStringLower(sha256.GetHashAndReset()), expectedSha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new S3Exception(400, "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
            }
            var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (checksum is not null) checksums[checksum.HeaderName] = checksum.Finish();
            return new StagedContent(path, size, Convert.ToHexStringLower(md5.GetHashAndReset()), checksums);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? DeclaredChecksum(IHeaderDictionary headers)
    {
        var trailer = headers["x-amz-trailer"].ToString().Trim();
        if (Checksum.ForHeader(trailer) is { } trailing) return trailing.HeaderName;
        return headers.Keys.Select(Checksum.ForHeader).FirstOrDefault(known => known is not null)?.HeaderName;
    }

    private static void Check(IHeaderDictionary headers, StagedContent staged, string? declared, string? expected)
    {
        if (headers["x-amz-decoded-content-length"].ToString() is { Length: > 0 } length
            && (!long.TryParse(length, out var bytes) || bytes != staged.Size))
            throw new S3Exception(400, "IncompleteBody", "The body does not have the length that x-amz-decoded-content-length declares.");
        if (headers.ContentMD5.ToString() is { Length: > 0 } md5)
        {
            Span<byte> digest = stackalloc byte[16];
            if (!Convert.TryFromBase64String(md5, digest, out var written) || written != 16)
                throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified is not valid.");
            if (!string.Equals(Convert.ToHexStringLower(digest), staged.ETag, StringComparison.Ordinal))
                throw new S3Exception(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
        if (declared is not null && !string.Equals(expected, staged.ChecksumHeaders[declared], StringComparison.Ordinal))
            throw new S3Exception(400, "BadDigest", $"The {declared} you specified did not match what we received.");
    }
}
