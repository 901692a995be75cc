using IdfKit.Runs;

namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>EnergyPlus writes files under the names that only the function writes: attacks 6 to 8.</summary>
public sealed class ForgedFileTests
{
    private const string Forged = """{"schema":"idfkit.run/1","runId":"forged","status":"completed","message":"forged"}""";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Forged_record_is_not_the_runs(bool confine)
    {
        await using var bed = new HostileBed(confine);

        var record = await bed.RunAsync("m", "write run.json " + Forged);

        Assert.DoesNotContain("forged", record.RunId + record.Message, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }

    [Fact]
    public async Task Record_of_a_model_in_a_folder_of_the_same_name_stays_as_it_was()
    {
        await using var bed = new HostileBed(confine: false);
        await bed.RunAsync("vic/m");
        var before = await bed.Pipeline.Files.ReadBytesAsync("outputs/vic/m/run.json");
        var drop = await bed.Pipeline.PutAsync("inputs/vic.idf", RunBed.HostileEnergyPlus.Model("write m/run.json " + Forged));

        await bed.Pipeline.DeliverAsync(drop);

        Assert.Equal(before, await bed.Pipeline.Files.ReadBytesAsync("outputs/vic/m/run.json"));
        Assert.Equal(RunStatus.Completed, (await bed.Pipeline.RecordAsync("vic")).Status);
        await bed.AssertNextRunsAsync();
    }

    [Theory, InlineData("progress.json"), InlineData("Report.html"), InlineData("Run.json"), InlineData("m/eplusout.csv")]
    public async Task File_that_EnergyPlus_does_not_write_is_no_result(string name)
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", $"write {name} {Forged}");

        Assert.DoesNotContain(name, record.Files.Select(file => file.Path));
        await bed.AssertNextRunsAsync();
    }

    [Fact]
    public async Task Forged_page_is_overwritten()
    {
        await using var bed = new HostileBed(confine: false);

        var record = await bed.RunAsync("m", $"write report.html {Forged}");

        Assert.Contains(RunRecordFile.ReportName, record.Files.Select(file => file.Path));
        var page = await bed.Pipeline.Files.ReadTextAsync("outputs/m/report.html");
        Assert.Contains(record.RunId, page, StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }

    [Fact]
    public async Task Forged_summary_is_overwritten()
    {
        await using var bed = new HostileBed(confine: false);

        await bed.RunAsync("m", "write summary.json " + Forged);

        Assert.DoesNotContain("forged", await bed.Pipeline.Files.ReadTextAsync("outputs/m/summary.json"), StringComparison.Ordinal);
        await bed.AssertNextRunsAsync();
    }
}
