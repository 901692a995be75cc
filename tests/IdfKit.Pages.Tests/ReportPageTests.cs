using IdfKit.Pages.Tests.Browser;
using IdfKit.Runs.Report;

namespace IdfKit.Pages.Tests;

/// <summary>Our pages in a browser, as somebody looks at them. The pictures stay below <c>artifacts/pages</c>.</summary>
public sealed class ReportPageTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<string>> Pages = new(StringComparer.Ordinal)
    {
        ["report-year"] = () => ReportPage.Html(ReportFactsOf.Year),
        ["report-large"] = () => ReportPage.Html(ReportFactsOf.Large),
        ["report-design-days"] = () => ReportPage.Html(ReportFactsOf.DesignDays),
        ["report-failed"] = () => ReportPage.Html(ReportFactsOf.Failed),
        ["report-rejected"] = () => ReportPage.Html(ReportFactsOf.Rejected),
        ["report-hostile"] = () => ReportPage.Html(ReportFactsOf.Hostile),
    };

    public static TheoryData<string, string> PagesAndLooks =>
        [.. Pages.Keys.SelectMany(page => Look.All.Select(look => new TheoryDataRow<string, string>(page, look.Name)))];

    [Theory, MemberData(nameof(PagesAndLooks))]
    public async Task Page_has_no_fault(string page, string look)
    {
        var file = Path.Combine(Examination.Pictures, $"{page}-{look}.html");
        var picture = Path.ChangeExtension(file, ".png");
        await File.WriteAllTextAsync(file, Pages[page](), TestContext.Current.CancellationToken);
        output.WriteLine($"The picture is {picture}.");
        var faults = await new Examination(chromium).FindFaultsAsync(file, Look.All.Single(each => each.Name == look), picture);
        Assert.True(faults.Count == 0, $"{faults.Count} faults; the picture is {picture}.\n{string.Join('\n', faults)}");
    }
}
