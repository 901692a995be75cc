using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Cli.Prices;

/// <summary>One thing that AWS charges for.</summary>
/// <param name="Item">What it is.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Dollars">What that costs.</param>
internal sealed record BilledItem(string Item, double Amount, string Unit, decimal Dollars);

/// <summary>What work costs on AWS, item by item.</summary>
/// <param name="Items">What is paid once.</param>
/// <param name="Total">Of the items.</param>
/// <param name="StoredDollarsPerMonth">What it costs to keep the results a month; null: how much they are is not known.</param>
/// <param name="DownloadDollars">What it costs to download all results once; null as well.</param>
internal sealed record Bill(
    IReadOnlyList<BilledItem> Items, decimal Total, decimal? StoredDollarsPerMonth, decimal? DownloadDollars)
{
    // Of the template's state machine: a ticket is started, runs, is asked whether rows are left, and is done.
    private const int TransitionsOfTicket = 4;

    // Plan, what is to do, the map, and collect.
    private const int TransitionsOfStudy = 4;

    private const int CallsOfStudy = 2; // plan and collect
    private const double BytesOfGb = 1 << 30;

    /// <summary>What an estimate costs when the state machine runs it; null: too little is known.</summary>
    public static Bill? Of(StudyEstimate estimate, PriceChoice prices)
    {
        if (estimate is not { Seconds: { } seconds, Requests: { } requests, Calls: { } calls }) return null;
        var isAny = estimate.RowsToRun > 0 ? 1 : 0;
        return Of(
            prices, seconds * prices.MemoryMegabytes / 1024, calls + (CallsOfStudy * isAny),
            (calls * TransitionsOfTicket) + (TransitionsOfStudy * isAny), requests, estimate.BytesStored);
    }

    /// <summary>What has been used. How many calls and transitions those were no record tells.</summary>
    public static Bill Of(RunUsage usage, PriceChoice prices) => Of(
        prices, usage.GbSeconds ?? 0, calls: null, transitions: null,
        new(usage.Puts, usage.Gets, usage.Lists, usage.Deletes), usage.BytesOut);

    /// <summary>What one run of a dropped model costs; null: its requests are not known.</summary>
    public static Bill Of(PriceChoice prices, double gbSeconds, StudyRequests? requests, long? bytes) =>
        Of(prices, gbSeconds, calls: 1, transitions: null, requests ?? new(0, 0, 0, 0), bytes);

    private static Bill Of(PriceChoice choice, double gbSeconds, int? calls, int? transitions, StudyRequests requests, long? bytes)
    {
        var prices = choice.Prices;
        List<BilledItem> items =
        [
            Item("Lambda, computing", gbSeconds, "GB-seconds", choice.IsArm ? prices.LambdaGbSecondArm64 : prices.LambdaGbSecondX86),
        ];
        if (calls is { } invocations) items.Add(Item("Lambda, calls", invocations, "calls", prices.LambdaRequest));
        items.Add(Item("S3, writing", requests.Puts, "PUT", prices.S3PutPer1000 / 1000));
        items.Add(Item("S3, reading", requests.Gets, "GET", prices.S3GetPer1000 / 1000));
        items.Add(Item("S3, listing", requests.Lists, "LIST", prices.S3ListPer1000 / 1000));
        if (transitions is { } steps) items.Add(Item("Step Functions", steps, "transitions", prices.StepFunctionsTransition));
        var gigabytes = bytes / BytesOfGb;
        return new(
            items, items.Sum(item => item.Dollars),
            gigabytes is { } kept ? (decimal)kept * prices.S3GbMonth : null,
            gigabytes is { } fetched ? (decimal)fetched * prices.TransferOutGb : null);
    }

    private static BilledItem Item(string item, double amount, string unit, decimal? price) =>
        new(item, amount, unit, (decimal)amount * price!.Value);
}
