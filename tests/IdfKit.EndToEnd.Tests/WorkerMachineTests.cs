using System.Text.Json;
using System.Text.Json.Nodes;

using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Studies;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The template's state machine whose rows are run by workers, interpreted by moto: the array that it submits runs here, and the mails
/// that it sends come into a queue.
/// </summary>
public sealed class WorkerMachineTests(EventServer server, TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    [Fact]
    public async Task Workers_run_a_study_and_its_end_is_told()
    {
        const int Rows = 12;
        await using var bed = await StartAsync();
        using var mailbox = await bed.MailboxAsync();
        var jobs = bed.Front.Batch = Jobs(bed, fails: -1);
        await DropAsync(bed, Rows);

        using var steps = await bed.StepsAsync();
        var study = await steps.RunAsync("study", Machine(bed), Event(bed));

        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        Assert.Equal(Rows, bed.OutputOf(study).GetProperty("ended").GetProperty("completed").GetInt32());
        var job = Assert.Single(jobs.Submitted);
        Assert.Equal(("WorkQueue", "WorkJob", 2), (job.Queue, job.Definition, job.Size));
        // Every row was run by a worker, for the function's log has none.
        Assert.DoesNotContain("\"run_id\"", bed.Cloud.Log, StringComparison.Ordinal);
        Assert.Equal(StudyStatus.Collected, (await RecordAsync(bed)).Status);

        var (subject, text) = Assert.Single(await mailbox.ReadAsync());
        Assert.Equal("Study office.study.csv: 12 of 12 rows have ended.", subject);
        Assert.StartsWith("12 of 12 rows have ended.\n\ncompleted         12\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nBucket: {bed.Cloud.Bucket}\nPage:   {PlannedStudy.Folder}/index.html\n", text, StringComparison.Ordinal);
        Assert.Contains($"\naws s3 cp 's3://{bed.Cloud.Bucket}/{PlannedStudy.Folder}/index.html' .\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_a_failed_worker_leaves_are_told_and_run_when_the_study_comes_again()
    {
        const int Rows = 10;
        await using var bed = await StartAsync();
        using var mailbox = await bed.MailboxAsync();
        bed.Front.Batch = Jobs(bed, fails: 1);
        await DropAsync(bed, Rows);
        using var steps = await bed.StepsAsync();

        var study = await steps.RunAsync("study", Machine(bed), Event(bed));

        Assert.Equal("FAILED", study.GetProperty("status").GetString());
        var missing = (await RecordAsync(bed)).Counts["not_run"];
        Assert.True(missing is >= 1 and < Rows, study + "\n" + bed.Cloud.Log);
        var (subject, text) = Assert.Single(await mailbox.ReadAsync());
        Assert.Equal($"Study office.study.csv: {Rows - missing} of {Rows} rows have ended.", subject);
        Assert.Contains("drop the study again to run what is left.\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nnot_run      {missing,7}\n", text, StringComparison.Ordinal);

        bed.Front.Batch = Jobs(bed, fails: -1);
        using var others = await bed.MailboxAsync("us-west-2"); // a region runs one execution
        using var elsewhere = await bed.StepsAsync("us-west-2");
        var again = await elsewhere.RunAsync("again", Machine(bed), Event(bed, "0B"));
        Assert.True(again.GetProperty("status").GetString() == "SUCCEEDED", again + "\n" + bed.Cloud.Log);
        Assert.Equal($"Study office.study.csv: {Rows} of {Rows} rows have ended.", Assert.Single(await others.ReadAsync()).Subject);
    }

    [Fact]
    public async Task Study_that_is_refused_or_breaks_is_told_and_a_mail_that_cannot_be_sent_changes_nothing()
    {
        await using var bed = await StartAsync();
        await bed.Cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model);
        await bed.Cloud.DropTextAsync(PlannedStudy.Key, "name,Building//North Axis\na,north\n");

        using var untold = await bed.StepsAsync("eu-west-1"); // where the topic is not there
        var lost = await untold.RunAsync("untold", WithoutRetries(Machine(bed)), Event(bed));
        Assert.True(lost.GetProperty("status").GetString() == "SUCCEEDED", lost + "\n" + bed.Cloud.Log);

        using var mailbox = await bed.MailboxAsync();
        using var steps = await bed.StepsAsync();
        var refused = await steps.RunAsync("refused", Machine(bed), Event(bed, "0B"));
        Assert.True(refused.GetProperty("status").GetString() == "SUCCEEDED", refused + "\n" + bed.Cloud.Log);
        var (subject, text) = Assert.Single(await mailbox.ReadAsync());
        Assert.Equal("A study was refused", subject);
        Assert.Contains("north", text, StringComparison.Ordinal);
        Assert.EndsWith($"s3://{bed.Cloud.Bucket}/{PlannedStudy.Folder}/study.json", text, StringComparison.Ordinal);

        using var others = await bed.MailboxAsync("us-west-2"); // a region runs one execution
        using var elsewhere = await bed.StepsAsync("us-west-2");
        bed.Front.RefuseOnce("\"object\"", 500, "ServiceException");
        var broken = await elsewhere.RunAsync("broken", WithoutRetries(Machine(bed)), Event(bed, "0C"));
        Assert.Equal("FAILED", broken.GetProperty("status").GetString());
        Assert.Equal("StudyBroke", broken.GetProperty("error").GetString());
        (subject, text) = Assert.Single(await others.ReadAsync());
        Assert.Equal("A study broke", subject);
        Assert.Contains(PlannedStudy.Key, text, StringComparison.Ordinal);
        Assert.Contains("Lambda.ServiceException", text, StringComparison.Ordinal);
    }

    private Task<MachineBed> StartAsync() => MachineBed.StartAsync(
        server, MachineBed.Studies(template, ("StudyEngine", "batch"), ("NotifyEmail", "office@example.org"),
            ("BatchImage", "123456789012.dkr.ecr.us-east-1.amazonaws.com/idfkit:1"), ("BatchSubnets", "subnet-0a1"),
            ("BatchSecurityGroups", "sg-0c3")),
        "Rows", ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "1"));

    private static JsonObject Machine(MachineBed bed) => BatchJobs.InPlace(bed.Machine());

    /// <param name="bed">The machine's.</param>
    /// <param name="fails">The child that does not even start; -1: none.</param>
    private static BatchJobs Jobs(MachineBed bed, int fails) => new(async (job, index) =>
    {
        if (index == fails) return false;
        Assert.Equal($"{job.Size}", job.Parameters["size"]);
        var (codes, log) = await new WorkerArray(bed.Cloud, job.Parameters["tickets"], job.Size).RunAsync(index);
        Assert.True(codes[^1] == 0, log);
        return true;
    });

    private static async Task DropAsync(MachineBed bed, int rows)
    {
        await bed.Cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model);
        await bed.Cloud.DropAsync("inputs/s/office.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        await bed.Cloud.DropTextAsync(PlannedStudy.Key,
            "name,Building//North Axis\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"r{row},{row}\n")));
    }

    private static JsonObject Event(MachineBed bed, string sequencer = "0A") => new()
    {
        ["bucket"] = new JsonObject { ["name"] = bed.Cloud.Bucket },
        ["object"] = new JsonObject { ["key"] = PlannedStudy.Key, ["sequencer"] = sequencer },
    };

    private static JsonObject WithoutRetries(JsonObject machine)
    {
        foreach (var (_, state) in machine["States"]!.AsObject()) state!.AsObject().Remove("Retry");
        return machine;
    }

    private static async Task<StudyRecord> RecordAsync(MachineBed bed) =>
        StudyRecordFile.FromJson((await bed.Cloud.ReadAsync(PlannedStudy.Folder + "/study.json"))!)!;
}
