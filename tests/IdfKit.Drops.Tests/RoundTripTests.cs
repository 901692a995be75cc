using IdfKit.Drops.Notes;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>What a run costs in requests, as docs/run-lifecycle.md says.</summary>
public sealed class RoundTripTests
{
    private const string Record = "outputs/office/run.json";

    private static readonly string Study =
        $"Read outputs/.waiting/{WaitingModels.Hash("bucket/" + LateCompanion.Fold("inputs/office.idf"))}/study"; // does one wait?

    [Fact]
    public async Task Claim_fence_and_commit_take_four_requests_and_an_ordinary_run_four_more_and_one_a_result()
    {
        await using var bed = new PipelineBed();
        await bed.Files.WriteTextAsync("inputs/office.epw", Weather.Text(20), cancellationToken: TestContext.Current.CancellationToken);
        var first = await bed.PutAsync(
            "inputs/office.idf", ScriptedEnergyPlus.Model("echo x > $out/eplusout.eso", "echo x > $out/eplusout.csv"));
        await bed.DeliverAsync(first);
        string[] files = ["eplusout.csv", "eplusout.end", "eplusout.err", "eplusout.eso", "report.html", "summary.json"];
        Assert.Equal(files, (await bed.RecordAsync("office")).Files.Select(file => file.Path));
        Expect(bed, files);

        // Over an earlier run it costs a listing, a HEAD of the record where a file is not written again, and one for each such file;
        // a duplicate costs one, and each drop another for the study that may wait for the model.
        var second = await bed.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model("echo x > $out/eplusout.eso"));
        bed.Seen.Clear();
        await bed.DeliverAsync(second);
        Expect(bed, [.. files.Skip(1)], "List outputs/office", "Stat outputs/office/run.json", "Remove outputs/office/eplusout.csv");
        bed.Seen.Clear();
        Assert.Equal(RunResultKind.Duplicate, Assert.Single(await bed.DeliverAsync(second)).Kind);
        Assert.Equal([Study, "Download " + Record], bed.Seen.Requests);
    }

    private static void Expect(PipelineBed bed, string[] files, params string[] more)
    {
        Assert.Equal(["Download " + Record, "Write " + Record, "Write " + Record, "Write " + Record],
            bed.Seen.Requests.Where(request => request.EndsWith(Record, StringComparison.Ordinal) && !more.Contains(request)));
        IEnumerable<string> staging = [Study, "Open inputs/office.job.json", "Download inputs/office.epw", "Download inputs/office.idf"];
        Assert.Equal(
            staging.Concat(files.Select(file => "Upload outputs/office/" + file)).Concat(more).Order(StringComparer.Ordinal),
            bed.Seen.Requests.Where(request => !request.EndsWith(Record, StringComparison.Ordinal) || more.Contains(request))
                .Order(StringComparer.Ordinal));
    }
}
