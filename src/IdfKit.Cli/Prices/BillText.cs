using System.Globalization;

namespace IdfKit.Cli.Prices;

/// <summary>A bill as lines of text.</summary>
internal static class BillText
{
    private const int NameWidth = 18, AmountWidth = 24;

    public static IEnumerable<string> Lines(Bill bill, PriceChoice prices)
    {
        yield return CliSentences.PricedBy(prices.Region, prices.Date, prices.MemoryMegabytes, prices.IsArm);
        foreach (var item in bill.Items)
            yield return $"  {item.Item,-NameWidth} {Amount(item),AmountWidth}  {Dollars(item.Dollars)}";
        yield return $"  {"Total",-NameWidth} {"",AmountWidth}  {Dollars(bill.Total)}";
        if (bill is { StoredDollarsPerMonth: { } month, DownloadDollars: { } download })
            yield return CliSentences.Besides(Dollars(month), Dollars(download));
    }

    /// <summary>Four digits behind the point; of what is less than a hundredth of a cent six.</summary>
    public static string Dollars(decimal dollars) => dollars is 0 or >= 0.0001m
        ? string.Create(CultureInfo.InvariantCulture, $"${dollars:#,0.0000}")
        : string.Create(CultureInfo.InvariantCulture, $"${dollars:0.000000}");

    private static string Amount(BilledItem item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Amount:#,0.#} {item.Unit}");
}
