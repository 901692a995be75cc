namespace IdfKit.Cli.Prices;

/// <summary>A bill as JSON says it.</summary>
/// <param name="Region">Whose prices count.</param>
/// <param name="Date">When their list was put together.</param>
/// <param name="MemoryMb">The function's memory.</param>
/// <param name="Architecture"><c>x86</c> or <c>arm64</c>.</param>
/// <param name="Items">What is paid once.</param>
/// <param name="Dollars">Of all items.</param>
/// <param name="StoredDollarsPerMonth">What it costs to keep the results; null: how much they are is not known.</param>
/// <param name="DownloadDollars">What it costs to download them once; null as well.</param>
internal sealed record PricedBill(
    string Region, DateOnly Date, int MemoryMb, string Architecture, IReadOnlyList<BilledItem> Items, decimal Dollars,
    decimal? StoredDollarsPerMonth, decimal? DownloadDollars)
{
    public static PricedBill Of(Bill bill, PriceChoice prices) => new(
        prices.Region, prices.Date, prices.MemoryMegabytes, prices.IsArm ? "arm64" : "x86", bill.Items, bill.Total,
        bill.StoredDollarsPerMonth, bill.DownloadDollars);
}
