using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IdfKit.Storage;

/// <summary>
/// What the storage libraries tell to listeners: a span for each call to a server, and how many requests, retries
/// and bytes it took. Costs next to nothing while nobody listens.
/// </summary>
internal static class StorageTelemetry
{
    /// <summary>Of the source of spans and of the meter.</summary>
    public const string Name = "IdfKit.Storage";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("idfkit.storage.requests", "{request}", "Requests to a storage server, retries included.");

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("idfkit.storage.retries", "{request}", "Requests that were sent again.");

    public static readonly Counter<long> ReceivedBytes =
        Meter.CreateCounter<long>("idfkit.storage.received", "By", "Bytes of content that were fetched.");

    public static readonly Counter<long> SentBytes =
        Meter.CreateCounter<long>("idfkit.storage.sent", "By", "Bytes of content that were stored.");

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("idfkit.storage.duration", "s", "How long a call took, its retries included.");
}
