using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>The queue in front of the function, when there is one, and the queue of what was given up.</summary>
internal sealed class QueueFindings(AwsClient aws, StackView stack, int? timeoutSeconds, CancellationToken cancellationToken)
{
    private const int AdvisedReceives = 5, AdvisedTimes = 6;

    public async Task<IReadOnlyList<Finding>> LookAsync()
    {
        var findings = new List<Finding>();
        if (stack.Resource("RunQueue") is { } runs) findings.AddRange(await RunsAsync(runs));
        if (stack.Resource("FailureQueue") is { } given) findings.Add(await GivenUpAsync(given));
        if ((stack.Resource("KeptFailures") ?? stack.Output("FailureQueueUrl")) is { } kept) findings.Add(await KeptAsync(kept));
        return findings;
    }

    private async Task<IEnumerable<Finding>> RunsAsync(string url)
    {
        var (attributes, unseen) = await AttributesAsync("the queue of models", url);
        if (attributes is null) return [unseen!];
        List<Finding> findings = [Finding.Note($"{attributes["ApproximateNumberOfMessages"] ?? "0"} models wait in the queue, "
            + $"{attributes["ApproximateNumberOfMessagesNotVisible"] ?? "0"} are being run"), Visibility(attributes)];
        findings.AddRange(Redrive(attributes));
        findings.Add(await TakingAsync($"{attributes["QueueArn"]}"));
        return findings;
    }

    private Finding Visibility(JsonObject attributes)
    {
        var visibility = Number(attributes, "VisibilityTimeout");
        if (timeoutSeconds is not { } timeout) return Finding.Note($"the queue hides a model for {visibility} s while it is run");
        var text = $"the queue hides a model for {visibility} s while it is run, and the function's timeout is {timeout} s";
        return visibility < timeout ? Finding.Problem($"{text}: a second run begins before the first has ended; set VisibilityTimeout "
            + $"to {AdvisedTimes * timeout}")
            : visibility < AdvisedTimes * timeout ? Finding.Warning($"{text}: AWS advises {AdvisedTimes} times it "
                + $"({AdvisedTimes * timeout} s)")
            : Finding.Good(text);
    }

    private static IEnumerable<Finding> Redrive(JsonObject attributes)
    {
        if (attributes["RedrivePolicy"] is not JsonValue text || JsonNode.Parse($"{text}") is not JsonObject policy)
        {
            yield return Finding.Problem("the queue has no queue for what is given up, "
                + "so a model that fails is tried until it expires; deploy again");
            yield break;
        }
        var most = int.TryParse($"{policy["maxReceiveCount"]}", CultureInfo.InvariantCulture, out var count) ? count : 0;
        yield return most < AdvisedReceives
            ? Finding.Warning($"the queue gives a model up after {most} attempts; AWS advises {AdvisedReceives}, since throttled "
                + "attempts count")
            : Finding.Good($"the queue gives a model up after {most} attempts");
    }

    private async Task<Finding> TakingAsync(string queueArn)
    {
        var answer = await aws.GetAsync(AwsService.Lambda, "/2015-03-31/event-source-mappings/",
            [("EventSourceArn", queueArn), ("FunctionName", stack.FunctionName)], cancellationToken);
        if (!answer.IsSuccess) return Seen.Not("whether the function takes from the queue", answer, "lambda:ListEventSourceMappings");
        var mapping = (answer.Json["EventSourceMappings"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        if (mapping is null)
            return Finding.Problem("the function does not take from the queue, so models wait for ever; "
                + "deploy the stack again");
        var state = $"{mapping["State"]}";
        return state is "Disabled" or "Disabling"
            ? Finding.Problem($"the function does not take from the queue: it is switched off; 'aws lambda update-event-source-mapping "
                + $"--uuid {mapping["UUID"]} --enabled'")
            : Finding.Good("the function takes from the queue");
    }

    /// <summary>The function takes from it at once, so that looking into it would only take a message out of its hands.</summary>
    private async Task<Finding> GivenUpAsync(string url)
    {
        var (attributes, unseen) = await AttributesAsync("what was given up", url);
        if (attributes is null) return unseen!;
        var waiting = Number(attributes, "ApproximateNumberOfMessages") + Number(attributes, "ApproximateNumberOfMessagesNotVisible");
        if (waiting == 0) return Finding.Good("nothing that was given up waits for its record: the failure queue is empty");
        var events = waiting == 1 ? "1 event that was given up waits" : $"{waiting} events that were given up wait";
        return Finding.Note($"{events} for the function to say so in a record{await OldestAsync(url)}");
    }

    private async Task<Finding> KeptAsync(string url)
    {
        var (attributes, unseen) = await AttributesAsync("what could not be recorded", url);
        if (attributes is null) return unseen!;
        var waiting = Number(attributes, "ApproximateNumberOfMessages");
        if (waiting == 0) return Finding.Good("everything that was given up is in its record");
        var events = waiting == 1 ? "1 event was given up and could" : $"{waiting} events were given up and could";
        return Finding.Warning($"{events} not even be recorded{await OldestAsync(url)}; look with "
            + $"'aws sqs receive-message --queue-url {url} "
            + "--max-number-of-messages 10 --visibility-timeout 0 --attribute-names All --message-attribute-names All', put right what it "
            + $"says, and send all to the function again: 'aws sqs start-message-move-task --source-arn {attributes["QueueArn"]}'");
    }

    /// <summary>SQS itself does not tell; CloudWatch does, some minutes late.</summary>
    private async Task<string> OldestAsync(string url)
    {
        var now = TimeProvider.System.GetUtcNow();
        var answer = await aws.FormAsync(AwsService.CloudWatch, "GetMetricStatistics",
            [("Namespace", "AWS/SQS"), ("MetricName", "ApproximateAgeOfOldestMessage"), ("Dimensions.member.1.Name", "QueueName"),
                ("Dimensions.member.1.Value", url.Split('/')[^1]), ("Period", "300"), ("Statistics.member.1", "Maximum"),
                ("StartTime", Moment(now.AddMinutes(-30))), ("EndTime", Moment(now))], cancellationToken);
        if (!answer.IsSuccess)
            return answer.IsDenied ? " (the oldest: could not see, needs cloudwatch:GetMetricStatistics)" : " (the "
                + "oldest: could not see)";
        var ages = answer.Xml.Descendants("Maximum").Select(Seconds).ToList();
        return ages.Count == 0 ? " (the oldest: no figure yet)" : $" (the oldest for "
            + $"{TimeSpan.FromSeconds(ages.Max()):d\\ \\d\\ hh\\:mm} h)";
    }

    private async Task<(JsonObject? Attributes, Finding? Unseen)> AttributesAsync(string what, string url)
    {
        var answer = await aws.JsonAsync(AwsService.Sqs, "GetQueueAttributes",
            new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All") }, cancellationToken);
        if (answer.IsSuccess && answer.Json["Attributes"] is JsonObject attributes) return (attributes, null);
        return (null, answer.Code is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue"
            ? Finding.Problem($"the queue {url} is gone; deploy the stack again")
            : Seen.Not(what, answer, $"sqs:GetQueueAttributes on {url}"));
    }

    private static double Seconds(XElement figure) =>
        double.TryParse(figure.Value, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static int Number(JsonObject attributes, string name) =>
        int.TryParse($"{attributes[name]}", CultureInfo.InvariantCulture, out var number) ? number : 0;
}
