using System.Globalization;
using System.Text.Json.Nodes;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>How many runs Lambda lets the account have at once, beside what the stack counts on.</summary>
internal sealed class LimitFindings(AwsClient aws, StackView stack, CancellationToken cancellationToken)
{
    /// <summary>Service Quotas' name for "Concurrent executions".</summary>
    private const string ConcurrentExecutions = "L-B99A9384";

    private const int OfNewAccounts = 10, OfFailureQueue = 2;

    private static string Raise => "ask for more with 'aws service-quotas request-service-quota-increase --service-code lambda "
        + $"--quota-code {ConcurrentExecutions} --desired-value 1000'";

    public async Task<IReadOnlyList<Finding>> LookAsync()
    {
        var (limit, unseen) = await LimitAsync();
        var reserved = await ReservedAsync();
        var findings = new List<Finding>();
        if (unseen is not null) findings.Add(unseen);
        if (limit is { } most) findings.Add(most <= OfNewAccounts
            ? Finding.Warning($"the account may run {most} functions at once, as new ones may, so more models than that are throttled; "
                + $"{Raise}")
            : Finding.Good($"the account may run {most:N0} functions at once"));
        if (reserved is { } share) findings.Add(AboutReserve(share, limit));
        if (stack.Parameter("Queue") == "true" && Number(stack.Parameter("QueueConcurrency")) is { } fromQueue)
            findings.Add(AboutQueue(fromQueue, reserved is > 0 ? reserved : limit));
        return findings;
    }

    private static Finding AboutReserve(int share, int? limit) => share switch
    {
        0 => Finding.Problem("the function's reserved concurrency is 0, so it never runs; remove it with 'aws lambda "
            + "delete-function-concurrency'"),
        _ when share > limit => Finding.Problem($"the function reserves {share} runs at once, more than the account's {limit}; {Raise}"),
        _ => Finding.Good($"the function may run {share} times at once (reserved)"),
    };

    private static Finding AboutQueue(int fromQueue, int? most) => fromQueue + OfFailureQueue > most
        ? Finding.Warning($"the queue starts {fromQueue} runs at once and only {most} are allowed, of which the failure queue takes "
            + $"{OfFailureQueue}: the rest is throttled and counts as attempts; set QueueConcurrency to at most {most - OfFailureQueue}")
        : Finding.Good($"the queue starts at most {fromQueue} runs at once");

    private async Task<(int? Limit, Finding? Unseen)> LimitAsync()
    {
        var settings = await aws.GetAsync(AwsService.Lambda, "/2016-08-19/account-settings/", [], cancellationToken);
        if (settings.IsSuccess && Number($"{settings.Json["AccountLimit"]?["ConcurrentExecutions"]}") is { } limit) return (limit, null);
        var quota = await aws.JsonAsync(AwsService.Quotas, "GetServiceQuota",
            new JsonObject { ["ServiceCode"] = "lambda", ["QuotaCode"] = ConcurrentExecutions }, cancellationToken);
        if (quota.IsSuccess && Number($"{quota.Json["Quota"]?["Value"]}") is { } value) return (value, null);
        return (null, Seen.Not("how many functions the account may run at once", settings, "lambda:GetAccountSettings, or "
            + "servicequotas:GetServiceQuota"));
    }

    private async Task<int?> ReservedAsync()
    {
        var path = $"/2019-09-30/functions/{Uri.EscapeDataString(stack.FunctionName)}/concurrency";
        var answer = await aws.GetAsync(AwsService.Lambda, path, [], cancellationToken);
        return answer.IsSuccess ? Number($"{answer.Json["ReservedConcurrentExecutions"]}") : null;
    }

    private static int? Number(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? (int)number : null;
}
