using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>The job file's <c>outputs</c> speak the patterns of the storage contract.</summary>
public sealed class KeptFilesTests
{
    [Theory]
    [InlineData("eplusout.[es]*", "eplusout.end eplusout.err eplusout.sql")] // kept nothing before
    [InlineData("*.csv", "eplusout.csv")]
    [InlineData("eplusout.???", "eplusout.csv eplusout.end eplusout.err eplusout.sql")]
    [InlineData("**/*.csv", "eplusout.csv sub/deep.csv")]
    public async Task Outputs_keep_what_the_pattern_matches(string glob, string kept)
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync(
            "inputs/office.job.json", $$"""{"outputs": ["{{glob}}"]}""", cancellationToken: ScriptedEnergyPlus.Token);
        var model = ScriptedEnergyPlus.Model(
            "mkdir $out/sub; echo 1 > $out/sub/deep.csv; echo 1 > $out/eplusout.csv; echo 1 > $out/eplusout.sql");
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model)));
        var files = result.Record!.Files.Select(file => file.Path)
            .Where(path => path is not (RunRecordFile.SummaryName or RunRecordFile.ReportName));
        Assert.Equal(kept.Split(' '), files.Order(StringComparer.Ordinal));
    }
}
