using System.IO.Pipelines;
using System.Net;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace IdfKit.Storage.S3.Answers;

/// <summary>An answer whose body has arrived: its connection is free, or closed, and nothing of it is read any more.</summary>
internal sealed class WholeAnswer : IWebResponseData, IHttpResponseBody
{
    // Nobody reads before all has come.
    private static readonly PipeOptions Unbounded = new(pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly IWebResponseData _head;
    private readonly Stream _body;

    private WholeAnswer(IWebResponseData head, Stream body) => (_head, _body) = (head, body);

    public long ContentLength => _head.ContentLength;

    public string ContentType => _head.ContentType;

    public HttpStatusCode StatusCode => _head.StatusCode;

    public bool IsSuccessStatusCode => _head.IsSuccessStatusCode;

    public IHttpResponseBody ResponseBody => this;

    /// <summary>Reads the rest of an answer; when that is cancelled, its connection is closed.</summary>
    public static async Task<WholeAnswer> OfAsync(IWebResponseData head, CancellationToken cancellationToken)
    {
        var body = new Pipe(Unbounded); // in pieces that are used again: a listing of a thousand has half a megabyte
        using (head.ResponseBody)
        {
            var arriving = await head.ResponseBody.OpenResponseAsync().ConfigureAwait(false);
            await arriving.CopyToAsync(body.Writer, cancellationToken).ConfigureAwait(false);
        }
        await body.Writer.CompleteAsync().ConfigureAwait(false);
        return new WholeAnswer(head, body.Reader.AsStream(leaveOpen: true));
    }

    public string[] GetHeaderNames() => _head.GetHeaderNames();

    public bool IsHeaderPresent(string headerName) => _head.IsHeaderPresent(headerName);

    public string GetHeaderValue(string headerName) => _head.GetHeaderValue(headerName);

    public IEventStreamHeader GetEventStreamHeader(string headerName) => _head.GetEventStreamHeader(headerName);

    public bool IsEventHeaderPresent(string headerName) => _head.IsEventHeaderPresent(headerName);

    public Stream OpenResponse() => _body;

    public Task<Stream> OpenResponseAsync() => Task.FromResult<Stream>(_body);

    // What is in memory may be read to its end, though another thread disposes of it meanwhile.
    public void Dispose()
    {
    }
}
