using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>Attempts that die, fail or find others at a row.</summary>
public sealed class StudyAttemptTests
{
    [Fact]
    public async Task Row_that_an_earlier_attempt_began_goes_last_and_crashes_after_two_deaths()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1", "echo 2", "echo 3");
        var dead = await BegunAsync(bed, ticket, "row1", "one#0", DateTimeOffset.UtcNow.AddMinutes(10));
        await bed.PutRowAsync("row1", dead);
        bed.Pipeline.Seen.Clear();
        await bed.CallAsync(ticket);
        string[] order = [.. bed.Pipeline.Seen.Requests.Where(request => request.StartsWith("Upload", StringComparison.Ordinal))
            .Select(request => request.Split('/')[4]).Distinct()];
        Assert.Equal(["row2", "row3", "row1"], order);
        Assert.Equal((RunStatus.Completed, 2), ((await bed.RowAsync("row1")).Status, (await bed.RowAsync("row1")).Study!.Attempt));

        await bed.PutRowAsync("row1", dead with { Study = dead.Study! with { Attempt = 2 } });
        var answer = await bed.CallAsync(ticket);
        Assert.Equal((0, 1), ((int)answer["left"]!, (int)answer["ended"]!["crashed"]!));
        var crashed = await bed.RowAsync("row1");
        Assert.Equal((RunStatus.Crashed, RunReason.GaveUp), (crashed.Status, crashed.Reason));
        Assert.Contains("died 2 times", crashed.Message!, StringComparison.Ordinal);
        Assert.Equal(3, bed.Runs);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Worker_that_is_stopped_while_its_claim_is_on_the_way_lets_go_of_it_and_has_not_died(bool isBrokenOff)
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1");
        using var stop = new CancellationTokenSource();
        bed.Pipeline.Seen.After = async request =>
        {
            if (request != "Write outputs/p/office.study/runs/row1/run.json") return;
            bed.Pipeline.Seen.After = null;
            await stop.CancelAsync();
            if (isBrokenOff) stop.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bed.CallAsync(ticket, cancellationToken: stop.Token));
        var left = await bed.RowAsync("row1");
        Assert.Equal((RunStatus.Running, 0), (left.Status, left.Study!.Attempt));
        Assert.True(left.ExpiresAt <= DateTimeOffset.UtcNow);

        await bed.CallAsync(ticket);
        var ran = await bed.RowAsync("row1");
        Assert.Equal((RunStatus.Completed, 1), (ran.Status, ran.Study!.Attempt));
    }

    [Fact]
    public async Task Row_that_another_execution_holds_is_left_until_its_claim_ends()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1", "echo 2");
        await bed.PutRowAsync("row1", await BegunAsync(bed, ticket, "row1", "other#0", DateTimeOffset.UtcNow.AddSeconds(200)));
        var answer = await bed.CallAsync(ticket);
        Assert.Equal(("ran", 1, 1), ((string)answer["status"]!, (int)answer["left"]!, (int)answer["ended"]!["completed"]!));
        Assert.InRange((int)answer["wait"]!, 190, 201);
        Assert.Equal("row1", (string)answer["rows"]![0]!["name"]!);

        await bed.PutRowAsync("row1", await BegunAsync(bed, ticket, "row1", "other#0", DateTimeOffset.UtcNow.AddSeconds(-1)));
        answer = await bed.CallAsync(answer);
        Assert.Equal((0, 1), ((int)answer["left"]!, (int)answer["ended"]!["completed"]!));
    }

    [Fact]
    public async Task Row_that_an_older_plan_runs_is_taken_over_and_its_results_are_waited_for_while_they_are_written()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1");
        var older = await BegunAsync(bed, ticket, "row1", "other#0", DateTimeOffset.UtcNow.AddSeconds(200));
        older = older with { Study = older.Study! with { Identity = "of other values" }, Phase = RunPhase.Uploading };
        await bed.PutRowAsync("row1", older);
        var answer = await bed.CallAsync(ticket);
        Assert.Equal((1, 30), ((int)answer["left"]!, (int)answer["wait"]!));
        await bed.PutRowAsync("row1", older with { Phase = RunPhase.Simulating });
        Assert.Equal(0, (int)(await bed.CallAsync(ticket))["left"]!);
    }

    [Fact]
    public async Task It_throws_only_when_no_row_came_to_its_end()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1", "echo 2");
        bed.Pipeline.Seen.Before = request => request.Contains("/row2/", StringComparison.Ordinal)
            && request.StartsWith("Write", StringComparison.Ordinal)
                ? throw new StorageException(StorageErrorKind.Unavailable, "Write", "row2")
                : Task.CompletedTask;
        var answer = await bed.CallAsync(ticket);
        Assert.Equal((1, 30, 1), ((int)answer["left"]!, (int)answer["wait"]!, (int)answer["ended"]!["completed"]!));
        await Assert.ThrowsAsync<StorageException>(() => bed.CallAsync(answer));
        bed.Pipeline.Seen.Before = null;
        Assert.Equal(0, (int)(await bed.CallAsync(answer))["left"]!);
        Assert.Equal(RunStatus.Completed, (await bed.RowAsync("row2")).Status);
    }

    [Fact]
    public async Task No_row_is_begun_when_the_deadline_is_near()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1", "echo 2", "echo 3");
        var answer = await bed.CallAsync(ticket, TimeSpan.FromSeconds(50));
        Assert.Equal((2, 0, 1), ((int)answer["left"]!, (int)answer["wait"]!, (int)answer["ended"]!["completed"]!));
        Assert.Equal(1, bed.Runs);
        foreach (var member in (string[])["rows", "study", "plan", "ticket", "execution"]) Assert.NotNull(answer[member]);
    }

    [Fact]
    public async Task Base_that_is_changed_after_the_plan_ends_its_rows_with_a_sentence_and_they_run_when_planned_again()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1");
        var text = await bed.Files.ReadTextAsync("inputs/p/office.idf");
        await bed.Files.WriteTextAsync("inputs/p/office.idf", text + "! changed\n");
        var answer = await bed.CallAsync(ticket);
        Assert.Equal((0, 1), ((int)answer["left"]!, (int)answer["ended"]!["rejected"]!));
        var row = await bed.RowAsync("row1");
        Assert.Equal(RunReason.InputsChanged, row.Reason);
        Assert.Contains("drop the study again", row.Message!, StringComparison.Ordinal);

        await bed.Files.WriteTextAsync("inputs/p/office.idf", text); // as it was planned
        Assert.Equal(1, (int)(await bed.RunAsync(await bed.PutStudyAsync("echo 1"), "two"))["ended"]!["completed"]!);
    }

    [Fact]
    public async Task Base_that_is_gone_ends_its_rows_with_a_sentence()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1");
        await bed.Files.RemoveAsync("inputs/p/office.idf");
        Assert.Equal(1, (int)(await bed.CallAsync(ticket))["ended"]!["rejected"]!);
        Assert.Equal(RunReason.MissingFile, (await bed.RowAsync("row1")).Reason);
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    [Fact]
    public async Task Base_that_a_call_names_outside_the_input_prefix_is_not_run()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        await bed.PutBaseAsync("secret/in.idf");
        var ticket = await TicketAsync(bed, "echo 1");
        var row = ticket["rows"]![0]!;
        (row["set"]!["model"], row["identity"]) = ("../../secret/in.idf", null);
        Assert.Equal(1, (int)(await bed.CallAsync(ticket))["ended"]!["rejected"]!);
        Assert.Equal((RunReason.BadRow, 0), ((await bed.RowAsync("row1")).Reason, bed.Runs));
    }

    [Fact]
    public async Task Row_that_somebody_wrote_by_hand_is_run_without_having_been_planned()
    {
        await using var bed = new StudyBed(OneTicket);
        await bed.PutBaseAsync();
        var ticket = await TicketAsync(bed, "echo 1");
        ticket["rows"] = JsonNode.Parse("""
            [{"n": 7, "name": "mine", "set": {"@@do@@": "echo mine"}}, {"n": 8, "name": "bad", "set": {"x": "1"}}]
            """);
        var answer = await bed.CallAsync(ticket);
        Assert.Equal((1, 1), ((int)answer["ended"]!["completed"]!, (int)answer["ended"]!["rejected"]!));
        Assert.Equal(7, (await bed.RowAsync("mine")).Study!.Row);
        Assert.Equal(1, (int)(await bed.CallAsync(ticket))["ended"]!["completed"]!);
        Assert.Equal(1, bed.Runs);
    }

    [Theory] // looked up by name, a member whose name is no text threw what nobody expects
    [InlineData("""{"\ud800": 1, "rows": []}""")]
    [InlineData("""{"rows": [], "\ud800": 1}""")]
    [InlineData("""{"\ud800": 1, "collect": "s3://bucket/outputs/p/office.study/"}""")]
    [InlineData("""{"plan": {"study": "s3://bucket/inputs/office.study.csv"}, "\udc00x": 1}""")]
    public async Task Call_with_a_member_whose_name_is_no_text_is_refused(string call)
    {
        await using var bed = new StudyBed();
        using var json = JsonDocument.Parse(call);
        var delivery = new Delivery("1", TimeProvider.System.GetUtcNow().AddMinutes(5), "1");
        await Assert.ThrowsAsync<StudyCallException>(() => bed.Pipeline.Pipeline.Studies.AnswerAsync(
            json.RootElement, delivery, null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"rows": [{"n": 1, "name": "../x"}], "study": "s3://bucket/outputs/p/office.study/"}""")]
    [InlineData("""{"rows": [{"n": 1, "name": ""}], "study": "s3://bucket/outputs/p/office.study/"}""")]
    [InlineData("""{"rows": [{"n": 1}], "study": "s3://bucket/outputs/p/office.study/"}""")]
    [InlineData("""{"rows": [], "study": "s3://bucket/inputs/p/"}""")]
    [InlineData("""{"rows": [], "study": "s3://bucket/outputs/../inputs/"}""")]
    [InlineData("""{"rows": 3, "study": "s3://bucket/outputs/p/office.study/"}""")]
    [InlineData("""{"rows": []}""")]
    [InlineData("""{"plan": 3}""")]
    [InlineData("""{"plan": "office.study.csv"}""")]
    [InlineData("""{"collect": null}""")]
    [InlineData("""{"collect": "s3://bucket/inputs/p/"}""")]
    [InlineData("""{"collect": "s3://bucket/outputs/nothing/"}""")]
    public async Task Call_that_names_what_cannot_be_is_refused(string call)
    {
        await using var bed = new StudyBed();
        await Assert.ThrowsAsync<StudyCallException>(() => bed.CallAsync(JsonNode.Parse(call)!.AsObject()));
        Assert.Empty(bed.Pipeline.Seen.Writes);
    }

    private static RunSettings OneTicket(RunSettings settings) => settings with { Studies = new() { Concurrency = 1 } };

    private static async Task<JsonObject> TicketAsync(StudyBed bed, params string[] rows)
    {
        // Five and more are packed for one call at a time.
        var plan = await bed.PlanAsync(await bed.PutStudyAsync(rows));
        var tickets = await bed.TicketsAsync(plan);
        var all = tickets.SelectMany(ticket => ticket["rows"]!.AsArray()).Select(row => row!.DeepClone());
        var first = tickets[0];
        first["rows"] = new JsonArray([.. all]);
        return first;
    }

    private static async Task<RunRecord> BegunAsync(
        StudyBed bed, JsonObject ticket, string row, string requestId, DateTimeOffset expires)
    {
        var planned = ticket["rows"]!.AsArray().Single(one => (string)one!["name"]! == row)!;
        var study = await bed.RecordAsync();
        return new()
        {
            RunId = Guid.NewGuid().ToString("N"),
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new("bucket", "inputs/p/office.idf"),
            Study = new(study.Input.Key, row, (int)planned["n"]!, (string)planned["identity"]!) { Attempt = 1 },
            RequestId = requestId,
            StartedAt = DateTimeOffset.UtcNow,
            ExpiresAt = expires,
        };
    }
}
