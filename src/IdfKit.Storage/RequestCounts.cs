namespace IdfKit.Storage;

/// <summary>
/// Counts what a piece of work asks of storage servers: every request that goes out, also one that is sent again or refused, or canceled
/// on its way. On AWS each is paid for by its kind.
/// </summary>
public sealed class RequestCounts
{
    private static readonly AsyncLocal<RequestCounts?> Ambient = new();

    private readonly long[] _requests = new long[Enum.GetValues<RequestKind>().Length];
    private long _bytesIn;
    private long _bytesOut;

    private RequestCounts()
    {
    }

    /// <summary>Requests that store: PUT and POST, each part of an upload, its beginning and its end.</summary>
    public long Puts => Count(RequestKind.Put);

    /// <summary>Requests that read one object or what is known of it: GET and HEAD.</summary>
    public long Gets => Count(RequestKind.Get);

    /// <summary>Requests that list, one for each page.</summary>
    public long Lists => Count(RequestKind.List);

    /// <summary>Requests that remove, whatever number of objects each one names.</summary>
    public long Deletes => Count(RequestKind.Delete);

    /// <summary>Bytes of content that were fetched.</summary>
    public long BytesIn => Interlocked.Read(ref _bytesIn);

    /// <summary>Bytes of content that were stored.</summary>
    public long BytesOut => Interlocked.Read(ref _bytesOut);

    /// <summary>What counts for the current work; null: nobody counts.</summary>
    internal static RequestCounts? Current => Ambient.Value;

    /// <summary>
    /// Counts from here on what the current asynchronous method does, and whatever it starts; another count ends for it. The method's
    /// caller is not counted.
    /// </summary>
    public static RequestCounts Begin() => Ambient.Value = new RequestCounts();

    /// <summary>The same for this count, which goes on.</summary>
    internal RequestCounts Resume() => Ambient.Value = this;

    internal void Add(RequestKind kind) => Interlocked.Increment(ref _requests[(int)kind]);

    internal void Received(long bytes) => Interlocked.Add(ref _bytesIn, bytes);

    internal void Sent(long bytes) => Interlocked.Add(ref _bytesOut, bytes);

    private long Count(RequestKind kind) => Interlocked.Read(ref _requests[(int)kind]);
}

/// <summary>What a request to a storage server does.</summary>
internal enum RequestKind
{
    Put,
    Get,
    List,
    Delete,
}
