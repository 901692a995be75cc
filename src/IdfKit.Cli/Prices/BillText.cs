using System.Globalization;

using IdfKit.Cli.Terminal;

namespace IdfKit.Cli.Prices;

/// <summary>A bill as lines of text.</summary>
internal static class BillText
{
    private const int NameWidth = 18, AmountWidth = 24;

    public static IEnumerable<string> Lines(Bill bill, PriceChoice prices)
    {
        yield return CliSentences.PricedBy(prices.Region, prices.Date, prices.MemoryMegabytes, prices.IsArm);
        foreach (var item in bill.Items) yield return Line(item.Item, Amount(item), item.Dollars);
        yield return Line("Total", "", bill.Total);
        if (bill is { StoredDollarsPerMonth: { } month, DownloadDollars: { } download })
            yield return CliSentences.Besides(Dollars(month), Dollars(download));
    }

    /// <summary>Four digits behind the point; of what is less than a hundredth of a cent six.</summary>
    public static string Dollars(decimal dollars) => dollars is 0 or >= 0.0001m
        ? string.Create(CultureInfo.InvariantCulture, $"${dollars:#,0.0000}")
        : string.Create(CultureInfo.InvariantCulture, $"${dollars:0.000000}");

    /// <summary>On a narrow terminal the amounts are left out.</summary>
    private static string Line(string item, string amount, decimal dollars) => Screen.IsNarrow
        ? $"  {item,-NameWidth}  {Dollars(dollars)}"
        : $"  {item,-NameWidth} {amount,AmountWidth}  {Dollars(dollars)}";

    private static string Amount(BilledItem item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Amount:#,0.#} {item.Unit}");
}
