using System.Text;
using System.Text.Json;

using IdfKit.Drops;
using IdfKit.Function.Events;

namespace IdfKit.Lambda.Tests.Events;

/// <summary>What reaches the failure queue, in the forms that AWS documents, and what is understood of it.</summary>
public sealed class DeadLetterTests
{
    private const string Put = """
        {"Records":[{"eventSource":"aws:s3","eventTime":"2026-03-01T12:00:00.000Z","eventName":"ObjectCreated:Put",
          "s3":{"bucket":{"name":"models"},"object":{"key":"inputs/My+office.idf","sequencer":"0A"}}}]}
        """;

    private const string Rule = """
        {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-03-01T12:00:00Z",
         "detail":{"bucket":{"name":"models"},"object":{"key":"inputs/My office.idf","sequencer":"0A"}}}
        """;

    // What the rule of studies hands to its state machine.
    private const string Detail = """
        {"version":"0","bucket":{"name":"models"},"object":{"key":"inputs/My office.idf","sequencer":"0A"},"reason":"PutObject"}
        """;

    private const string Queue = "arn:aws:sqs:eu-central-1:123456789012:idfkit-FailureQueue-1A2B";

    [Theory]
    [InlineData("""{"errorMessage":"2026-03-01T12:15:00Z 1b5c Task timed out after 900.10 seconds"}""", GivenUpCause.TimedOut)]
    [InlineData(
        """{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1b5c Error: Task timed out after 3.00 seconds"}""",
        GivenUpCause.TimedOut)]
    [InlineData(
        """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1b5c Error: Runtime exited with error: signal: killed"}""",
        GivenUpCause.Killed)]
    [InlineData("""{"errorType":"Runtime.OutOfMemory","errorMessage":"RequestId: 1b5c Error: Runtime exited"}""", GivenUpCause.Killed)]
    [InlineData(
        """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1b5c Error: Runtime exited with error: exit status 1"}""",
        GivenUpCause.Exited)]
    [InlineData("""{"errorType":"StorageException","errorMessage":"Write of 'x' failed","stackTrace":["at A.B()"]}""", GivenUpCause.Failed)]
    [InlineData("\"words\"", GivenUpCause.Failed)]
    [InlineData("null", GivenUpCause.Failed)]
    public void Last_error_of_an_asynchronous_invocation_is_understood(string answer, object cause)
    {
        var item = Only(Message(Invocation(Put, answer)));
        Assert.Equal(((GivenUpCause)cause, 3, "1b5c4f-3"), (item.Letter!.Why.Cause, item.Letter.Why.Attempts, item.Letter.RequestId));
        Assert.Equal("inputs/My office.idf", Assert.Single(item.Objects).Key.Value);
        var said = item.Letter.Why.Cause is GivenUpCause.TimedOut ? "" : item.Letter.Why.Said ?? ""; // the time alone is told
        Assert.DoesNotContain("RequestId", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_until_the_function_was_stopped_is_read() => Assert.Equal(
        TimeSpan.FromSeconds(900.1),
        Only(Message(Invocation(Put, """{"errorMessage":"2026-03-01T12:15:00Z 1b5c Task timed out after 900.10 seconds"}""")))
            .Letter!.Why.After);

    [Theory]
    [InlineData(""","responsePayload":null""")]
    [InlineData(""","responsePayload":{"errorType":"Lambda.EventAgeExceeded","errorMessage":"too old"}""")]
    [InlineData("")]
    public void Event_that_waited_too_long_says_for_how_long(string answer)
    {
        var record = $$"""
            {"version":"1.0","timestamp":"2026-03-01T18:00:00.000Z",
             "requestContext":{"requestId":"r","functionArn":"arn:aws:lambda:x:1:function:f:$LATEST",
             "condition":"EventAgeExceeded","approximateInvokeCount":0},"requestPayload":{{Put}}{{answer}}}
            """;
        var item = Only(Message(record));
        var why = item.Letter!.WhyOf(item.Objects[0]);
        Assert.Equal((GivenUpCause.TooOld, TimeSpan.FromHours(6)), (why.Cause, why.After));
    }

    [Theory]
    [InlineData(Rule)]
    [InlineData(Detail)]
    public void Undelivered_event_of_a_rule_says_what_EventBridge_says(string body)
    {
        var item = Only(JsonSerializer.Serialize(new
        {
            Records = new[]
            {
                new
                {
                    messageId = "m1", eventSource = "aws:sqs", body, messageAttributes = new
                    {
                        RULE_ARN = new { stringValue = "arn:aws:events:x:1:rule/r", dataType = "String" },
                        ERROR_CODE = new { stringValue = "NO_PERMISSIONS", dataType = "String" },
                        ERROR_MESSAGE = new { stringValue = "Lambda does not allow it.", dataType = "String" },
                    },
                },
            },
        }));
        Assert.Equal((GivenUpCause.NotDelivered, "NO_PERMISSIONS: Lambda does not allow it."),
            (item.Letter!.Why.Cause, item.Letter.Why.Said));
        Assert.Equal("inputs/My office.idf", Assert.Single(item.Objects).Key.Value);
    }

    [Fact]
    public void Failed_job_names_its_model_its_id_and_its_reason()
    {
        var item = Only(Message("""
            {"version":"0","detail-type":"Batch Job State Change","source":"aws.batch",
             "detail":{"jobName":"timed-out","jobId":"j-1","status":"FAILED",
             "statusReason":"Essential container in task exited","attempts":[{},{}],
             "parameters":{"input":"s3://models/outputs/.timed-out/1f"},
             "container":{"command":["run","Ref::input"],"exitCode":1,"reason":"CannotPullContainerError: no such image"}}}
            """));
        Assert.Equal((GivenUpCause.JobFailed, "CannotPullContainerError: no such image", 2, "j-1"),
            (item.Letter!.Why.Cause, item.Letter.Why.Said, item.Letter.Why.Attempts, item.Letter.RequestId));
        Assert.Equal("outputs/.timed-out/1f", Assert.Single(item.Objects).Key.Value);
    }

    [Theory]
    [InlineData(Put)]
    [InlineData(Rule)]
    [InlineData("""{"input":"s3://models/inputs/My office.idf"}""")]
    public void Message_that_a_queue_handed_on_is_known_by_its_source_or_by_its_queue(string body)
    {
        var handedOn = JsonSerializer.Serialize(new
        {
            Records = new[]
            {
                new
                {
                    messageId = "m1", eventSource = "aws:sqs", body,
                    attributes = new { DeadLetterQueueSourceArn = "arn:aws:sqs:x:1:RunQueue" },
                },
            },
        });
        Assert.Equal(GivenUpCause.Unknown, Only(handedOn).Letter!.Why.Cause);
        Assert.Equal("inputs/My office.idf", Assert.Single(Only(handedOn).Objects).Key.Value);
        Assert.Equal(GivenUpCause.Unknown, Only(Message(body), Queue).Letter!.Why.Cause);
    }

    [Fact]
    public void Ordinary_message_is_no_dead_letter()
    {
        Assert.Null(Only(Message(Put)).Letter);
        Assert.Null(Only(Message(Put), "arn:aws:sqs:eu-central-1:123456789012:another").Letter);
    }

    [Fact]
    public void Record_of_a_record_leads_to_the_first_event()
    {
        var record = Invocation(Put, "null");
        for (var depth = 0; depth < 5; depth++) record = Invocation(record, "null");
        Assert.Equal("inputs/My office.idf", Assert.Single(Only(Message(record)).Objects).Key.Value);
        Assert.Equal("inputs/My office.idf", Assert.Single(Only(record).Objects).Key.Value); // as a person sends it
        var asText = Message(Invocation(JsonSerializer.Serialize(Put), "null"));
        Assert.Equal("inputs/My office.idf", Assert.Single(Only(asText).Objects).Key.Value);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"requestContext":{"condition":"RetriesExhausted"},"requestPayload":"this is not JSON"}""")]
    [InlineData("""{"requestContext":{"condition":"RetriesExhausted"},"requestPayload":7}""")]
    [InlineData("""{"requestContext":{"condition":"RetriesExhausted"},"requestPayload":{"input":7}}""")]
    [InlineData("""{"requestContext":7,"requestPayload":{}}""")]
    [InlineData("""{"source":"aws.batch","detail":{"status":"FAILED"}}""")]
    [InlineData("""{"source":"aws.batch","detail":7}""")]
    public void Letter_that_cannot_be_read_stays_in_the_queue(string body) => Assert.NotNull(Only(Message(body), Queue).Fault);

    private static EnvelopeItem Only(string json, string? failureQueue = null) =>
        Assert.Single(EventEnvelope.Parse(Encoding.UTF8.GetBytes(json), failureQueue).Items);

    private static string Message(string body) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                messageId = "m1", eventSource = "aws:sqs", eventSourceARN = Queue, body,
                attributes = new { ApproximateReceiveCount = "1" },
            },
        },
    });

    private static string Invocation(string request, string answer) => $$"""
        {"version":"1.0","timestamp":"2026-03-01T12:05:00.000Z","requestContext":{"requestId":"1b5c4f-3",
         "functionArn":"arn:aws:lambda:eu-central-1:123456789012:function:idfkit:$LATEST",
         "condition":"RetriesExhausted","approximateInvokeCount":3},
         "requestPayload":{{request}},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},
         "responsePayload":{{answer}}}
        """;
}
