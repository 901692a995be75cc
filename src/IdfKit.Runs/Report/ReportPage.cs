using System.Text;

using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>
/// <c>report.html</c>: the page that a modeller opens first, after any run. It is made of its facts alone; there is always one, and it is
/// never larger than <see cref="LargestBytes"/>.
/// </summary>
internal static class ReportPage
{
    /// <summary>The most bytes of a page as UTF-8.</summary>
    public const int LargestBytes = 60_000;

    // How many rows a list of the page may have; the last does for whatever names there are.
    private static readonly int[] Lengths = [40, 20, 10, 4];

    /// <summary>The whole page.</summary>
    public static string Html(ReportFacts facts)
    {
        var page = "";
        foreach (var most in Lengths)
        {
            page = PageShell.Html(ReportHead.Title(facts), html => Write(html, facts, most));
            if (Encoding.UTF8.GetByteCount(page) <= LargestBytes) break;
        }
        return page;
    }

    private static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        ReportHead.Write(html, facts);
        WhatHappened.Write(html, facts, most);
        KeyFigures.Write(html, facts);
        LookFirst.Write(html, facts, most);
        EndUses.Write(html, facts, most);
        MonthByMonth.Write(html, facts, most);
        EveryHour.Write(html, facts);
        Temperatures.Write(html, facts, most);
        NotTold.Write(html, facts);
        ResultFiles.Write(html, facts, most);
        HowMade.Write(html, facts, most);
    }
}
