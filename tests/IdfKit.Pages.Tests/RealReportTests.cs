using IdfKit.Pages.Tests.Browser;

[assembly: AssemblyFixture(typeof(IdfKit.Pages.Tests.RealReports))]

namespace IdfKit.Pages.Tests;

/// <summary>The <c>report.html</c> that real runs left, in a browser. The pictures stay below <c>artifacts/pages</c>.</summary>
public sealed class RealReportTests(Chromium chromium, RealReports reports, ITestOutputHelper output)
{
    public static TheoryData<string, string> RunsAndLooks =>
        [.. RealReports.Names.SelectMany(run => Look.All.Select(look => new TheoryDataRow<string, string>(run, look.Name)))];

    [Theory, MemberData(nameof(RunsAndLooks))]
    public async Task Page_of_a_real_run_has_no_fault(string run, string look)
    {
        var page = await reports.PathOfAsync(run);
        var picture = Path.Combine(Examination.Pictures, $"real-{run}-{look}.png");
        output.WriteLine($"The picture is {picture}.");
        var faults = await new Examination(chromium).FindFaultsAsync(page, Look.All.Single(each => each.Name == look), picture);
        Assert.True(faults.Count == 0, $"{faults.Count} faults; the picture is {picture}.\n{string.Join('\n', faults)}");
    }
}
