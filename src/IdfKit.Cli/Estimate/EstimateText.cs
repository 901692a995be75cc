using System.Globalization;

using IdfKit.Cli.Prices;
using IdfKit.Cli.Terminal;

namespace IdfKit.Cli.Estimate;

/// <summary>Estimates as lines of text.</summary>
internal static class EstimateText
{
    private const int WidestName = 72;
    private const int NarrowRest = 24; // beside the name, where memory and reason are left out

    public static IEnumerable<string> Lines(EstimatedModels estimates, PriceChoice prices)
    {
        var told = estimates.Models.Where(model => model.Error is null).ToList();
        var width = Math.Min(WidestName, told.Select(model => Shown(model.File).Length).DefaultIfEmpty(0).Max());
        foreach (var model in estimates.Models)
            yield return model.Error is { } why ? $"{Shown(model.File)}: {why}" : Line(model, width);
        yield return CliSentences.EstimateTotal(
            told.Count, estimates.Seconds, BillText.Dollars(estimates.Dollars), estimates.ErrorCount, told.Any(model => model.IsRough));
        yield return CliSentences.PricedBy(prices.Region, prices.Date, prices.MemoryMegabytes, prices.IsArm).TrimEnd(':') + ".";
        if (told.Any(model => model.IsRough)) yield return CliSentences.RoughRule;
    }

    private static string Line(EstimatedModel model, int width)
    {
        var memory = model.MemoryMb is { } megabytes ? string.Create(CultureInfo.InvariantCulture, $"{megabytes:#,0} MB") : "";
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{model.Seconds:#,0.#} s");
        var dollars = BillText.Dollars(model.Dollars!.Value);
        if (Screen.IsNarrow)
        {
            var room = Math.Clamp(Screen.Width - NarrowRest, 1, Math.Max(width, 1));
            return $"{Screen.FitEnd(Shown(model.File), room).PadRight(room)}  {seconds,9}  {dollars,9}";
        }
        return $"{Shown(model.File).PadRight(width)}  {seconds,9}  {memory,9}  {dollars,9}  {model.How}";
    }

    private static string Shown(string file) => CliSentences.OneLine(file);
}
