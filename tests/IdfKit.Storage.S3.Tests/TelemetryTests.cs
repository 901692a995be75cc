using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FaultProxies;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What a listener on the source and the meter hears. Alone in its collection: it would hear other tests, too.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests(RgwServer rgw) : IAsyncLifetime
{
    private const string Name = "IdfKit.Storage";

    private readonly ProxiedBucket _bucket = new(rgw);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    [Fact]
    public async Task Requests_retries_bytes_and_durations_are_counted_by_operation()
    {
        await using var fs = await _bucket.OpenAsync();
        await fs.WriteTextAsync("f", "some text");
        var heard = new ConcurrentBag<(string Instrument, string? Operation, string? Outcome, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Name) listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();

        _bucket.Proxy.Fail(static call => call.Method == "GET", new Fault.Answer(503, "SlowDown"));
        await fs.ReadRangesAsync("f", [new FileRange(0, 4), new FileRange(5, 4)]);
        await Assert.ThrowsAsync<StorageException>(() => fs.ReadRangesAsync("absent", [new FileRange(0, 1)]));

        Assert.Equal(9, Sum("idfkit.storage.received", "ReadRanges"));
        Assert.InRange(Sum("idfkit.storage.requests", "ReadRanges"), 3, 4);
        Assert.Equal(1, Sum("idfkit.storage.retries", "ReadRanges"));
        var durations = heard.Where(one => one is { Instrument: "idfkit.storage.duration", Operation: "ReadRanges" }).ToList();
        Assert.Contains(durations, one => one is { Outcome: "Success", Value: > 0 and < 60 });
        Assert.Contains(durations, one => one.Outcome == nameof(StorageErrorKind.NotFound));

        void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? operation = null, outcome = null;
            foreach (var (key, text) in tags)
            {
                if (key == "operation") operation = (string?)text;
                else if (key == "outcome") outcome = (string?)text;
                else Assert.Fail($"{instrument.Name} has the tag {key}");
            }
            heard.Add((instrument.Name, operation, outcome, value));
        }

        double Sum(string instrument, string operation) =>
            heard.Where(one => one.Instrument == instrument && one.Operation == operation).Sum(one => one.Value);
    }

    [Fact]
    public async Task Sent_bytes_are_those_of_the_content()
    {
        await using var fs = await _bucket.OpenAsync();
        var sent = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Name && instrument.Name == "idfkit.storage.sent")
                listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags[0].Value is "OpenWrite") Interlocked.Add(ref sent, value);
        });
        listener.Start();
        await using var stream = await fs.OpenWriteAsync("f");
        await stream.WriteAsync(new byte[TestBucket.PartBytes + 100]);
        await stream.CompleteAsync();
        Assert.InRange(sent, TestBucket.PartBytes + 100, long.MaxValue);
    }

    [Fact]
    public async Task Spans_name_the_operation_the_path_and_the_outcome_and_no_secret()
    {
        await using var fs = await _bucket.OpenAsync();
        var path = "spans/" + Guid.NewGuid().ToString("N");
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("path") == path) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await fs.WriteTextAsync(path, "x");
        await fs.PresignGetAsync(path, TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<StorageException>(() => fs.RemoveAsync(path, "another"));
        await fs.RemoveAsync(path);
        Assert.Contains(spans, span => span is { OperationName: "WriteText", Status: ActivityStatusCode.Unset });
        Assert.Contains(spans, span => span.OperationName == "Remove" && (string?)span.GetTagItem("outcome") == "Success");
        var all = string.Join(' ', spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value));
        Assert.DoesNotContain("Signature", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(rgw.SecretAccessKey, all, StringComparison.Ordinal);
    }
}
