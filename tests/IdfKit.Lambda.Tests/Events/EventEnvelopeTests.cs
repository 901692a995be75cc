using System.Text;
using System.Text.Json;

using IdfKit.Function.Events;

namespace IdfKit.Lambda.Tests.Events;

public sealed class EventEnvelopeTests
{
    private const string Notification = """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
        "eventTime":"2026-03-01T12:00:00.250Z","eventName":"ObjectCreated:Put",
          "userIdentity":{"principalId":"AWS:X"},"requestParameters":{"sourceIPAddress":"203.0.113.7"},
          "responseElements":{"x-amz-request-id":"R","x-amz-id-2":"I"},
          "s3":{"s3SchemaVersion":"1.0","configurationId":"c","bucket":{"name":"models","ownerIdentity":{"principalId":"P"},
          "arn":"arn:aws:s3:::models"},
            "object":{"key":"inputs/My+B%C3%BCro.idf","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"v7",
            "sequencer":"0055AED6DCD90281E5"}}}]}
        """;

    private const string EventBridge = """
        {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","time":"2026-03-01T12:00:00Z","region":"eu-central-1",
         "detail":{"version":"0","bucket":{"name":"models"},"object":{"key":"inputs/My+Büro.idf","size":5,"etag":"e",
         "version-id":"v8","sequencer":"0A"},"reason":"PutObject"}}
        """;

    [Fact]
    public void Notification_tells_everything_of_the_object_and_decodes_its_key()
    {
        var drop = Assert.Single(Parse(Notification).Items.Single().Objects);
        Assert.Equal(("models", "inputs/My Büro.idf", "v7", "d41d8cd98f00b204e9800998ecf8427e"),
            (drop.Bucket, drop.Key.Value, drop.VersionId, drop.ETag));
        Assert.Equal((1024L, "0055AED6DCD90281E5", new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero)),
            (drop.SizeBytes, drop.Sequencer, drop.EventTime));
    }

    [Fact]
    public void EventBridge_does_not_encode_its_keys()
    {
        var drop = Assert.Single(Parse(EventBridge).Items.Single().Objects);
        Assert.Equal(("models", "inputs/My+Büro.idf", "v8", "e", "0A"),
            (drop.Bucket, drop.Key.Value, drop.VersionId, drop.ETag, drop.Sequencer));
    }

    [Theory]
    [InlineData(Notification, "inputs/My Büro.idf")]
    [InlineData(EventBridge, "inputs/My+Büro.idf")]
    public void Queue_and_topic_wrap_either_of_them(string inner, string key)
    {
        var topic = JsonSerializer.Serialize(new { Type = "Notification", Message = inner });
        var records = JsonSerializer.Serialize(new { Records = new[] { new { EventSource = "aws:sns", Sns = new { Message = inner } } } });
        foreach (var wrapped in new[] { Queue(inner), Queue(topic), records })
            Assert.Equal(key, Assert.Single(Assert.Single(Parse(wrapped).Items).Objects).Key.Value);
        Assert.Equal("m1", Parse(Queue(topic)).Items[0].MessageId);
    }

    [Fact]
    public void Bad_message_of_a_queue_leaves_its_neighbours_alone()
    {
        var envelope =
            Parse(JsonSerializer.Serialize(new { Records = new[] { Message("bad", "not JSON"), Message("good", Notification) } }));
        Assert.Equal(EnvelopeKind.Queue, envelope.Kind);
        Assert.Contains("bad", envelope.Items[0].Fault?.Message, StringComparison.Ordinal);
        Assert.Null(envelope.Items[1].Fault);
        Assert.Single(envelope.Items[1].Objects);
    }

    [Fact]
    public void Direct_call_names_its_object_as_a_url()
    {
        var envelope = Parse("""{"input":"s3://models/inputs/a b+c%20.idf"}""");
        Assert.Equal(EnvelopeKind.Direct, envelope.Kind);
        Assert.Equal(("models", "inputs/a b+c%20.idf", null),
            (envelope.Items[0].Objects[0].Bucket, envelope.Items[0].Objects[0].Key.Value, envelope.Items[0].Objects[0].Sequencer));
    }

    [Theory]
    [InlineData(
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T12:00:00Z","Bucket":"models","RequestId":"R","HostId":"H"}""")]
    [InlineData(
        """{"Records":[{"eventSource":"aws:s3","eventName":"ObjectRemoved:Delete","""
        + "\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"inputs/a.idf\"}}}]}")]
    [InlineData("""{"Records":[]}""")]
    public void Test_events_and_deletions_ask_for_nothing(string json) => Assert.Empty(Parse(json).Items.SelectMany(item => item.Objects));

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[1]", "no object")]
    [InlineData("{}", "unknown kind")]
    [InlineData("""{"input":"https://models/a.idf"}""", "s3://bucket/key")]
    [InlineData("""{"input":7}""", "s3://bucket/key")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"b"}}}]}""", "names no bucket and key")]
    public void What_is_no_event_is_refused_with_a_sentence(string json, string said) =>
        Assert.Contains(said, Assert.Throws<UnknownEventException>(() => Parse(json)).Message, StringComparison.Ordinal);

    private static EventEnvelope Parse(string json) => EventEnvelope.Parse(Encoding.UTF8.GetBytes(json));

    private static string Queue(string body) => JsonSerializer.Serialize(new { Records = new[] { Message("m1", body) } });

    private static object Message(string id, string body) => new { messageId = id, eventSource = "aws:sqs", body };
}
