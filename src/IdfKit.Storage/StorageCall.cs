using System.Diagnostics;

namespace IdfKit.Storage;

/// <summary>One call to a storage server, from its first request to its outcome, for <see cref="StorageTelemetry"/>.</summary>
internal sealed class StorageCall : IDisposable
{
    private const string Succeeded = "Success", Cancelled = "Cancelled";

    private static readonly AsyncLocal<StorageCall?> Ambient = new();

    private readonly string _operation;
    private readonly Activity? _span;
    private readonly StorageCall? _outer = Ambient.Value;
    private readonly RequestCounts? _counts = RequestCounts.Current;
    private readonly long _began = Stopwatch.GetTimestamp();
    private string _outcome = Succeeded;

    public StorageCall(string operation, string path)
    {
        _operation = operation;
        _span = StorageTelemetry.Source.StartActivity(operation, ActivityKind.Client);
        _span?.SetTag("operation", operation).SetTag("path", path);
        Ambient.Value = this;
    }

    /// <summary>The call that the current work belongs to.</summary>
    public static StorageCall? Current => Ambient.Value;

    /// <summary>A request goes out.</summary>
    public void Requests(RequestKind kind)
    {
        StorageTelemetry.Requests.Add(1, Tag("operation", _operation));
        _counts?.Add(kind);
    }

    /// <summary>The next request is one that failed before.</summary>
    public void TriesAgain() => StorageTelemetry.Retries.Add(1, Tag("operation", _operation));

    public void Received(long bytes)
    {
        StorageTelemetry.ReceivedBytes.Add(bytes, Tag("operation", _operation));
        _counts?.Received(bytes);
    }

    public void Sent(long bytes)
    {
        StorageTelemetry.SentBytes.Add(bytes, Tag("operation", _operation));
        _counts?.Sent(bytes);
    }

    /// <summary>How it ended, when it did not end well.</summary>
    public void Failed(Exception error) => _outcome = error switch
    {
        StorageException failed => failed.Kind.ToString(),
        OperationCanceledException => Cancelled,
        _ => error.GetType().Name,
    };

    public void Dispose()
    {
        StorageTelemetry.Duration.Record(
            Stopwatch.GetElapsedTime(_began).TotalSeconds, Tag("operation", _operation), Tag("outcome", _outcome));
        _span?.SetTag("outcome", _outcome);
        if (_outcome != Succeeded) _span?.SetStatus(ActivityStatusCode.Error);
        _span?.Dispose();
        Ambient.Value = _outer;
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
