using IdfKit.Function.Events;

namespace IdfKit.Lambda.Tests.Events;

/// <summary>Events with all the fields that their services send: <c>recorded/README.md</c>.</summary>
public sealed class RecordedEventTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Events", "recorded");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal)];

    [Fact]
    public void There_is_one_of_every_kind() => Assert.Equal(
        [
            "direct-call", "eventbridge", "s3-notification",
            "s3-notification-encoded-whole", "s3-notification-raw", "sns-eventbridge", "sns-s3-notification",
            "sqs-eventbridge", "sqs-s3-notification", "sqs-sns-eventbridge", "sqs-sns-s3-notification", "sqs-test-event", "test-event",
        ],
        Names.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Names))]
    public void Recorded_event_tells_of_its_object(string name)
    {
        var envelope = EventEnvelope.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        Assert.Equal(
            name.StartsWith("sqs", StringComparison.Ordinal)
                ? EnvelopeKind.Queue
                : name == "direct-call" ? EnvelopeKind.Direct
                : EnvelopeKind.Notification, envelope.Kind);
        var item = Assert.Single(envelope.Items);
        Assert.Null(item.Fault);
        Assert.Equal(envelope.Kind == EnvelopeKind.Queue ? "059f36b4-87a3-44ab-83d2-661975830a7d" : null, item.MessageId);
        if (name.EndsWith("test-event", StringComparison.Ordinal))
        {
            Assert.Empty(item.Objects);
            return;
        }
        var drop = Assert.Single(item.Objects);
        Assert.Equal(("models", "inputs/My Büro.idf"), (drop.Bucket, drop.Key.Value));
        if (name == "direct-call") return;
        Assert.Equal(("9b2cf535f27731c974343645a3985328", "0061C2B5F1A4E8D3B7", 21548L), (drop.ETag, drop.Sequencer, drop.SizeBytes));
        Assert.Equal(name == "s3-notification-raw" ? null : "096fKKXTRTtl3on89fVO.nfljtsv6qko", drop.VersionId);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            drop.EventTime!.Value.AddMilliseconds(-drop.EventTime.Value.Millisecond));
    }
}
