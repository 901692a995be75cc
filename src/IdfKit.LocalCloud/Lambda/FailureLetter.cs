using System.Text.Json.Nodes;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>A failed invocation as its function gets it from the queue of failures: a message of SQS with Lambda's record in it.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html</remarks>
internal static class FailureLetter
{
    public static byte[] Of(FailedInvocation failure, string queueArn) => ReadableJson.Bytes(new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["messageId"] = failure.RequestId,
            ["body"] = failure.Record,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["messageAttributes"] = new JsonObject(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = queueArn,
        }),
    });
}
