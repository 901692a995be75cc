using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>S3's XML on the wire.</summary>
internal static class S3Xml
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private const int MaxRequestBytes = 4 * 1024 * 1024;

    public static string Time(DateTime moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static Task WriteAsync(S3Request request, XElement root) => WriteAsync(request.Http, root, 200, withNamespace: true);

    public static async Task WriteAsync(HttpContext context, XElement root, int status, bool withNamespace)
    {
        using var buffer = new MemoryStream();
        // Keys may hold characters that XML 1.0 has no way to write; S3 writes references to them all the same.
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false, CloseOutput = false };
        using (var writer = XmlWriter.Create(buffer, settings))
        {
            if (withNamespace)
                foreach (var element in root.DescendantsAndSelf()) element.Name = XName.Get(element.Name.LocalName, Namespace);
            root.WriteTo(writer);
        }
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Length;
        if (context.Request.Method != "HEAD")
            await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
    }

    /// <summary>The body's root element, without namespaces.</summary>
    public static async Task<XElement> ReadAsync(S3Request request)
    {
        var stream = request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal)
            ? new AwsChunkedStream(request.Http.Request.Body)
            : request.Http.Request.Body;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, request.Aborted)) > 0)
        {
            if (body.Length + read > MaxRequestBytes) throw S3Exception.MalformedXml();
            body.Write(buffer, 0, read);
        }
        return Parse(body.ToArray());
    }

    /// <summary>The root element of a document, without namespaces.</summary>
    public static XElement Parse(byte[] document)
    {
        using var body = new MemoryStream(document, writable: false);
        try
        {
            using var reader = XmlReader.Create(
                body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
            var root = XElement.Load(reader);
            foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
            return root;
        }
        catch (XmlException)
        {
            throw S3Exception.MalformedXml();
        }
    }
}
