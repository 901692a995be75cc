using IdfKit.Pages.Tests.Browser;
using IdfKit.Studies.Page;

using RunBed.Studies;

namespace IdfKit.Pages.Tests;

/// <summary>Pages of studies in a browser, as somebody looks at them. The pictures stay below <c>artifacts/pages</c>.</summary>
public sealed class StudyPageTests(Chromium chromium, ITestOutputHelper output)
{
    private const int MostBytes = 2_000_000;

    private static readonly Dictionary<string, Func<PageFacts>> Pages = new(StringComparer.Ordinal)
    {
        ["study-sweep"] = () => MadeUpStudies.Sweep,
        ["study-ten-thousand"] = () => MadeUpStudies.TenThousand,
        ["study-words"] = () => MadeUpStudies.Words,
        ["study-wide"] = () => MadeUpStudies.Wide,
        ["study-hostile"] = () => MadeUpStudies.Hostile,
        ["study-all-failed"] = () => MadeUpStudies.AllFailed,
        ["study-nothing-run"] = () => MadeUpStudies.NothingRun,
        ["study-one-row"] = () => MadeUpStudies.OneRow,
        ["study-no-columns"] = () => MadeUpStudies.NoColumns,
        ["study-refused"] = () => MadeUpStudies.Refused,
    };

    public static TheoryData<string, string> PagesAndLooks =>
        [.. Pages.Keys.SelectMany(page => Look.All.Select(look => new TheoryDataRow<string, string>(page, look.Name)))];

    [Theory, MemberData(nameof(PagesAndLooks))]
    public async Task Page_has_no_fault(string page, string look)
    {
        var file = Path.Combine(Examination.Pictures, $"{page}-{look}.html");
        var picture = Path.ChangeExtension(file, ".png");
        await File.WriteAllTextAsync(file, StudyPage.Html(Pages[page]()), TestContext.Current.CancellationToken);
        output.WriteLine($"The picture is {picture}.");
        var examination = new Examination(chromium, MostBytes, mayScript: true);
        var faults = await examination.FindFaultsAsync(file, Look.All.Single(each => each.Name == look), picture);
        Assert.True(faults.Count == 0, $"{faults.Count} faults; the picture is {picture}.\n{string.Join('\n', faults)}");
    }
}
