using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace IdfKit.AmazonLambda.Tests;

[JsonSerializable(typeof(S3Event))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>Events as AWS documents them, read by the stand-in's serializer.</summary>
public sealed class SerializerTests
{
    private static readonly SourceGeneratorLambdaJsonSerializer<EventJson> Serializer = new();

    [Fact]
    public void S3_event_is_read_with_every_name_that_S3_uses()
    {
        var record = Assert.Single(Read<S3Event>("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2","eventTime":"1970-01-01T00:00:00.000Z",
            "eventName":"ObjectCreated:Put","userIdentity":{"principalId":"P"},"requestParameters":{"sourceIPAddress":"172.16.0.1"},
            "responseElements":{"x-amz-request-id":"R","x-amz-id-2":"I"},"s3":{"s3SchemaVersion":"1.0","configurationId":"C",
            "bucket":{"name":"b","ownerIdentity":{"principalId":"O"},"arn":"arn:aws:s3:::b"},
            "object":{"key":"inputs/B%C3%BCro+1%2B.idf","size":1024,"eTag":"d41d","versionId":"V","sequencer":"0055AED6DCD90281E5"}}}]}
            """).Records!);
        Assert.Equal(("2.1", "aws:s3", "us-west-2", "ObjectCreated:Put"),
            (record.EventVersion, record.EventSource, record.AwsRegion, record.EventName));
        Assert.Equal(DateTime.UnixEpoch, record.EventTime);
        Assert.Equal(("P", "172.16.0.1"), (record.UserIdentity!.PrincipalId, record.RequestParameters!.SourceIPAddress));
        Assert.Equal(("R", "I"), (record.ResponseElements!.XAmzRequestId, record.ResponseElements.XAmzId2));
        Assert.Equal(("1.0", "C", "b", "O"),
            (record.S3!.S3SchemaVersion, record.S3.ConfigurationId, record.S3.Bucket!.Name, record.S3.Bucket.OwnerIdentity!.PrincipalId));
        var stored = record.S3.Object!;
        Assert.Equal(("inputs/Büro 1+.idf", 1024, "d41d", "V", "0055AED6DCD90281E5"),
            (stored.KeyDecoded, stored.Size, stored.ETag, stored.VersionId, stored.Sequencer));
    }

    [Fact]
    public void S3_test_event_has_no_records() =>
        Assert.Null(Read<S3Event>("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}""").Records);

    [Fact]
    public void Sqs_message_and_its_partial_answer_have_their_names_on_the_wire()
    {
        var message = Assert.Single(Read<SQSEvent>("""
            {"Records":[{"messageId":"m","receiptHandle":"r","body":"{}","md5OfBody":"5","eventSource":"aws:sqs",
            "eventSourceARN":"arn:q","awsRegion":"r1","attributes":{"ApproximateReceiveCount":"1"},
            "messageAttributes":{"a":{"stringValue":"s","binaryValue":"aGk=","dataType":"String"}}}]}
            """).Records!);
        Assert.Equal(("m", "{}", "arn:q", "1"),
            (message.MessageId, message.Body, message.EventSourceArn, message.Attributes!["ApproximateReceiveCount"]));
        Assert.Equal("hi", Encoding.UTF8.GetString(message.MessageAttributes!["a"].BinaryValue!.ToArray()));

        using var output = new MemoryStream();
        Serializer.Serialize(new SQSBatchResponse([new SQSBatchResponse.BatchItemFailure { ItemIdentifier = "m" }]), output);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m"}]}""", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("""{"Records":1}""")]
    public void Text_that_is_no_event_is_refused_with_the_wanted_type(string text) =>
        Assert.Contains(
            nameof(S3Event), Assert.Throws<JsonSerializerException>(() => Read<S3Event>(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Type_that_the_context_does_not_know_is_named() =>
        Assert.Contains("JsonSerializable(typeof(Uri))",
            Assert.Throws<JsonSerializerException>(() => Read<Uri>("\"\"")).Message,
            StringComparison.Ordinal);

    private static T Read<T>(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Serializer.Deserialize<T>(stream);
    }
}
