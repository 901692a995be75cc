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

    // How many rows a list of the page and how many characters a text may have; the last do for whatever there is.
    private static readonly (int Rows, int Characters)[] Sizes = [(40, 400), (28, 400), (20, 300), (12, 200), (6, 150), (3, 80), (2, 60)];

    /// <summary>The whole page.</summary>
    public static string Html(ReportFacts facts)
    {
        var page = "";
        foreach (var (rows, characters) in Sizes)
        {
            var html = new HtmlWriter(characters);
            PageShell.Write(html, ReportHead.Title(facts), content => Write(content, facts, rows));
            page = html.ToString();
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
