using IdfKit.Engine;
using IdfKit.Runs.Records;

using TestBed;

namespace IdfKit.Runs.Tests.Records;

/// <summary>Hours in which setpoints were not met, beyond what a standard allows, are said where the run's ending is.</summary>
public sealed class UnmetHoursTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_than_300_occupied_hours_are_said_in_message_and_notices()
    {
        var record = Describe("250.75", "61.50");

        const string Said =
            "Setpoints were not met in 312 occupied hours (heating 251, cooling 62), more than the 300 that ASHRAE 90.1 allows;";
        Assert.Contains(Said, record.Message, StringComparison.Ordinal);
        Assert.StartsWith(Said, record.Notices.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200.00", "100.00")]
    [InlineData("0.00", "0.00")]
    [InlineData("", "-")]
    public void Fewer_or_unknown_hours_are_not_mentioned(string heating, string cooling)
    {
        var record = Describe(heating, cooling);

        Assert.Null(record.Message);
        Assert.Empty(record.Notices);
    }

    private RunRecord Describe(string heating, string cooling)
    {
        File.WriteAllText(_folder["eplustbl.htm"], $"""
            <html><b>Values gathered over 8760.00 hours</b>
            <p>Report:<b> Annual Building Utility Performance Summary</b></p><p>For:<b> Entire Facility</b></p>
            <b>Site and Source Energy</b><table>
            <tr><td></td><td>Total Energy [GJ]</td></tr><tr><td>Total Site Energy</td><td>100.00</td></tr></table>
            <b>Comfort and Setpoint Not Met Summary</b><table>
            <tr><td></td><td>Facility [Hours]</td></tr>
            <tr><td>Time Setpoint Not Met During Occupied Heating</td><td>{heating}</td></tr>
            <tr><td>Time Setpoint Not Met During Occupied Cooling</td><td>{cooling}</td></tr></table></html>
            """);
        var run = new RunRecord
        {
            RunId = "1",
            Status = RunStatus.Running,
            Input = new("models", "inputs/office.idf"),
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        var limit = new RunLimit(RunReason.Deadline, TimeSpan.FromSeconds(800));
        return EndedRun.Describe(run, new() { Outcome = RunOutcome.Completed }, new(_folder.Path), model: null, limit).Record;
    }
}
