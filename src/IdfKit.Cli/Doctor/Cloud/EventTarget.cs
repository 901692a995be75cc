using System.Text.Json.Nodes;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>Whether what events are sent to is there.</summary>
internal static class EventTarget
{
    public static async Task<Finding> LookAsync(AwsClient aws, string arn, CancellationToken cancellationToken)
    {
        var parts = arn.Split(':', 7);
        if (parts.Length < 6) return Finding.Note($"{arn} is no ARN, so it was not looked for");
        var name = parts.Length > 6 ? parts[6].Split(':')[0] : parts[5];
        var (answer, permission) = parts[2] switch
        {
            "lambda" => (await aws.GetAsync(AwsService.Lambda, $"/2015-03-31/functions/{name}", [], cancellationToken),
                "lambda:GetFunction on it"),
            "sqs" => (await aws.JsonAsync(AwsService.Sqs, "GetQueueUrl",
                new JsonObject { ["QueueName"] = name, ["QueueOwnerAWSAccountId"] = parts[4] }, cancellationToken), "sqs:GetQueueUrl on "
                    + "it"),
            _ => (null, ""),
        };
        return answer switch
        {
            null => Finding.Note($"{arn} was not looked for: only functions and queues are"),
            { IsSuccess: true } => Finding.Good($"{arn} is there"),
            { Code: "ResourceNotFoundException" or "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" } =>
                Finding.Problem($"{arn} is gone, and events are sent to it all the same; deploy the stack again, "
                    + "or remove the notification"),
            _ => Seen.Not($"whether {arn} is there", answer, permission),
        };
    }
}
