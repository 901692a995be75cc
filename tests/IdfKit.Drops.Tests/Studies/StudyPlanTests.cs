using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Studies;

using RunBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>Which plan takes over from which, and what a plan costs and says.</summary>
public sealed class StudyPlanTests
{
    [Fact]
    public async Task Same_execution_has_the_same_answer_again_and_another_one_is_a_duplicate()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true", "echo 2");
        var first = await bed.PlanAsync(study);
        var again = await bed.PlanAsync(study);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());

        bed.Pipeline.Seen.Clear();
        var other = await bed.PlanAsync(study, "other");
        Assert.Equal(("duplicate", 0, 0), ((string)other["status"]!, (int)other["to_run"]!, (int)other["tickets"]!["count"]!));
        Assert.Equal((string)first["plan"]!, (string)other["plan"]!);
        Assert.Empty(bed.Pipeline.Seen.Writes);
        Assert.Equal("one", (await bed.RecordAsync()).Execution);
    }

    [Fact]
    public async Task Study_of_another_bucket_whose_results_would_lie_in_the_same_folder_is_refused_and_replaces_nothing()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true", "echo 2");
        await bed.RunAsync(study);
        var before = await bed.Files.ReadTextAsync(StudyBed.Folder + "/study.json");
        var call = new JsonObject { ["plan"] = "s3://other/" + StudyBed.Csv, ["execution"] = "two", ["object"] = study.DeepClone() };
        var answer = await bed.CallAsync(call);
        Assert.Equal("refused", (string)answer["status"]!);
        Assert.Contains("s3://bucket/" + StudyBed.Csv, (string)answer["message"]!, StringComparison.Ordinal);
        Assert.Null(answer["study"]);
        Assert.Equal(before, await bed.Files.ReadTextAsync(StudyBed.Folder + "/study.json"));
    }

    [Fact]
    public async Task Edited_study_takes_over_and_the_older_event_comes_too_late()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var older = await bed.PutStudyAsync("true", "echo 2");
        var plan = await bed.PlanAsync(older);
        var tickets = await bed.TicketsAsync(plan);
        await bed.CallAsync(tickets[0]);

        var newer = await bed.PutStudyAsync("true", "echo 3", "echo 4");
        var edited = await bed.PlanAsync(newer, "two");
        Assert.Equal(("planned", 2), ((string)edited["status"]!, (int)edited["to_run"]!));
        Assert.Equal("superseded", (string)(await bed.PlanAsync(older, "three"))["status"]!);

        var late = await bed.CallAsync(tickets[1]);
        Assert.Equal(("superseded", 0), ((string)late["status"]!, (int)late["left"]!));
        Assert.Equal(1, bed.Runs);
        Assert.Equal("superseded", (string)(await bed.CollectAsync(plan))["status"]!);
    }

    [Fact]
    public async Task Study_edited_while_a_row_runs_starts_no_further_row()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { Concurrency = 1 } });
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2", "echo 3", "echo 4", "echo 5"));
        var ticket = (await bed.TicketsAsync(plan))[0];
        bed.Pipeline.Seen.Before = async request =>
        {
            if (!request.StartsWith("Write outputs/p/office.study/runs/row1/run.json", StringComparison.Ordinal)) return;
            bed.Pipeline.Seen.Before = null;
            await bed.PlanAsync(await bed.PutStudyAsync("echo 11", "echo 2"), "two");
        };
        var answer = await bed.CallAsync(ticket);
        Assert.Equal(("superseded", 0), ((string)answer["status"]!, (int)answer["left"]!));
        Assert.Equal(1, bed.Runs);
    }

    [Fact]
    public async Task Plan_that_crashed_before_its_record_is_made_anew()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true");
        bed.Pipeline.Seen.IsDenied = request => request == "Write outputs/p/office.study/study.json";
        await Assert.ThrowsAnyAsync<Exception>(() => bed.PlanAsync(study));
        bed.Pipeline.Seen.IsDenied = _ => false;
        Assert.Equal("planned", (string)(await bed.PlanAsync(study, "two"))["status"]!);
    }

    [Fact]
    public async Task Two_plans_at_once_end_as_one_planned_and_one_duplicate()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => bed.PlanAsync(study, "execution " + StudyBed.Number(at))));
        Assert.Equal(["duplicate", "duplicate", "duplicate", "planned"], answers.Select(one => (string)one["status"]!).Order());
    }

    [Theory]
    [InlineData("outputs/p/office.study.csv", "is under the output prefix")]
    [InlineData("elsewhere/office.study.csv", "is outside")]
    [InlineData("inputs/p/office.csv", "is not a model")]
    [InlineData("inputs/p/office.idf", "is no study")]
    public async Task What_is_no_study_under_the_input_prefix_is_refused_and_nothing_is_written(string key, string why)
    {
        await using var bed = new StudyBed();
        await bed.PutAsync(key, "name,@@do@@\na,true\n");
        var answer = await bed.PlanAsync(null, key: key);
        Assert.Equal(("refused", 0), ((string)answer["status"]!, (int)answer["tickets"]!["count"]!));
        Assert.Contains(why, (string)answer["message"]!, StringComparison.Ordinal);
        Assert.Empty(bed.Pipeline.Seen.Writes);
    }

    [Fact]
    public async Task More_rows_than_may_be_started_are_planned_and_none_is_started()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { MaxRows = 2 } });
        await bed.PutBaseAsync();
        var answer = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2", "echo 3"));
        Assert.Equal(("planned", 3, 0), ((string)answer["status"]!, (int)answer["total"]!, (int)answer["to_run"]!));
        Assert.Equal(0, (int)answer["tickets"]!["count"]!);
        Assert.Contains("IDFKIT_STUDY_MAX_ROWS", (string)answer["message"]!, StringComparison.Ordinal);

        var collected = await bed.CollectAsync(answer);
        Assert.Equal(0, (int)collected["not_run"]!); // nobody waits for them
        var record = await bed.RecordAsync();
        Assert.Equal((StudyStatus.Planned, 3), (record.Status, record.Counts["not_run"]));
    }

    [Theory]
    [InlineData(4, 1, 4, 1)]
    [InlineData(40, 1, 4, 10)]
    [InlineData(41, 10, 21, 2)]
    [InlineData(200, 2, 10, 20)]
    [InlineData(200, 100, 200, 1)]
    public async Task Rows_are_packed_only_where_there_are_more_than_four_for_each_call(int rows, int concurrency, int tickets, int most)
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { Concurrency = concurrency } });
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync([.. Enumerable.Range(0, rows).Select(row => $"echo {row}")]));
        var listed = await bed.TicketsAsync(plan);
        Assert.Equal(tickets, listed.Count);
        Assert.Equal(most, listed.Max(ticket => ticket["rows"]!.AsArray().Count));
        Assert.Equal(rows, listed.Sum(ticket => ticket["rows"]!.AsArray().Count));
        Assert.All(listed, ticket => Assert.True(ticket.ToJsonString().Length < 8_000));
    }

    [Fact]
    public async Task Plan_by_hand_without_an_event_is_taken_up_again_only_where_something_is_left_to_do()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.PutStudyAsync("true", "echo 2");
        var plan = await bed.PlanAsync(null);
        Assert.Equal("planned", (string)plan["status"]!);
        Assert.Equal("duplicate", (string)(await bed.PlanAsync(null, "two"))["status"]!);
        await bed.CallAsync((await bed.TicketsAsync(plan))[0]);
        Assert.Equal(1, (int)(await bed.CollectAsync(plan))["not_run"]!);
        var rest = await bed.PlanAsync(null, "two");
        Assert.Equal(("planned", 1), ((string)rest["status"]!, (int)rest["to_run"]!));
    }

    [Fact]
    public async Task Base_that_is_missing_is_waited_for()
    {
        await using var bed = new StudyBed();
        var study = await bed.PutStudyAsync("true");
        Assert.Equal("waiting", (string)(await bed.PlanAsync(study))["status"]!);
        Assert.Equal(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        await bed.PutBaseAsync();
        Assert.Equal("planned", (string)(await bed.PlanAsync(study, "two"))["status"]!);
    }

    [Fact]
    public async Task Role_that_may_not_read_the_base_is_told_in_the_record()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true");
        bed.Pipeline.Seen.IsDenied = request => request == "Download inputs/p/office.idf";
        var answer = await bed.PlanAsync(study);
        Assert.Equal("refused", (string)answer["status"]!);
        Assert.Contains("office.idf", (await bed.RecordAsync()).Message!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../outputs/office/in.idf")]
    [InlineData("../../secret/in.idf")]
    [InlineData("/etc/passwd.idf")]
    public async Task Base_outside_the_input_prefix_is_not_there(string named)
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync("outputs/office/in.idf");
        await bed.PutBaseAsync("secret/in.idf");
        var study = await bed.PutAsync(StudyBed.Csv, $"name,model,@@do@@\na,{named},true\n");
        Assert.NotEqual("planned", (string)(await bed.PlanAsync(study))["status"]!);
        Assert.DoesNotContain(bed.Pipeline.Seen.Requests, request => request.Contains(" secret/", StringComparison.Ordinal)
            || request.Contains(" outputs/office/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_file_of_the_base_holds_for_its_rows_and_a_row_goes_before_it()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.PutAsync("inputs/p/office.job.json", """{"label": "of the base", "tags": {"a": "1"}, "timeout_seconds": 100}""");
        var study = await bed.PutAsync(StudyBed.Csv, "name,label,timeout_seconds,@@do@@\none,,,echo 1\ntwo,mine,50,echo 2\n");
        await bed.RunAsync(study);
        var (one, two) = (await bed.RowAsync("one"), await bed.RowAsync("two"));
        Assert.Equal(("of the base", 100, "1"), (one.Label, one.Options!.TimeoutSeconds, one.Tags["a"]));
        Assert.Equal(("mine", 50, "1"), (two.Label, two.Options!.TimeoutSeconds, two.Tags["a"]));

        await bed.PutAsync("inputs/p/office.job.json", """{"label": "of the base", "timeout_seconds": 101}""");
        var again = await bed.PlanAsync(await bed.PutAsync(
            StudyBed.Csv, "name,label,timeout_seconds,@@do@@\none,,,echo 1\ntwo,mine,50,echo 2\n"), "two");
        Assert.Equal(1, (int)again["to_run"]!);
    }
}
