using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The form of a POST upload: its fields, and the file, which is the last of them that counts.</summary>
internal sealed class PostForm(IReadOnlyDictionary<string, string> fields, Stream file)
{
    private const int MostFieldBytes = 20 * 1024; // of all fields together, as S3 has it
    private const int MostFields = 200;

    /// <summary>By their names, in any case.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; } = fields;

    public Stream File { get; } = file;

    /// <summary>Reads up to the content of the file.</summary>
    /// <exception cref="S3Exception">It is no such form.</exception>
    public static async Task<PostForm> ReadAsync(S3Request request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Headers.ContentType.ToString(), out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            throw new S3Exception(412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data");
        var reader = new MultipartReader(boundary.ToString(), request.Http.Request.Body);
        try
        {
            return await ReadAsync(reader, request.Aborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new S3Exception(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
        }
    }

    public static S3Exception Lacks(string field) => S3Exception.InvalidArgument(
        $"Bucket POST must contain a field named '{field}'. If it is specified, please check the order of the fields.");

    private static async Task<PostForm> ReadAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var left = MostFieldBytes;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).ToString() is not { Length: > 0 } name)
                continue;
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
            {
                var fileName = HeaderUtilities.RemoveQuotes(disposition.FileName).ToString();
                if (fields.TryGetValue("key", out var key))
                    fields["key"] = key.Replace("${filename}", fileName.Split('/', '\\')[^1], StringComparison.Ordinal);
                return new PostForm(fields, section.Body);
            }
            left -= name.Length;
            var value = fields.Count == MostFields ? null : await ReadFieldAsync(section.Body, left, cancellationToken);
            if (value is null)
                throw new S3Exception(400, "MaxPostPreDataLengthExceeded",
                    "Your POST request fields preceding the upload file were too large.");
            left -= value.Length;
            fields[name] = Encoding.UTF8.GetString(value);
        }
        throw S3Exception.InvalidArgument("POST requires exactly one file upload per request.");
    }

    /// <summary>A field; null when it is longer than that: then no more of it is read.</summary>
    private static async Task<byte[]?> ReadFieldAsync(Stream body, int mostBytes, CancellationToken cancellationToken)
    {
        if (mostBytes < 0) return null;
        var value = new byte[mostBytes + 1];
        var length = await body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, cancellationToken);
        return length > mostBytes ? null : value[..length];
    }
}
