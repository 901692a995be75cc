using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Runs.Records;
using IdfKit.Runs.Tests.Report;

using NJsonSchema;

using TestBed;

namespace IdfKit.Runs.Tests.Records;

/// <summary>However much EnergyPlus says, the record stays small, is valid, and says what it has left out.</summary>
public sealed class RecordSizeTests : IDisposable
{
    private const int Most = 256 * 1024;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_of_parts_of_a_model_are_cut_like_all_else()
    {
        string[] many = [.. Enumerable.Range(0, 5_000).Select(index => new string('n', 90) + index)];
        var record = SampleFacts.Record with { Segments = new("periods", 5_000, many, many, many) { Apart = many } };
        var json = RunRecordFile.ToJson(record);
        Assert.InRange(json.Length, 1, Most);
        var kept = RunRecordFile.FromJson(json)!;
        Assert.Equal((5_000, 100, 100), (kept.Segments!.Count, kept.Segments.NotProduced.Count, kept.Segments.Apart!.Count));
        Assert.Contains("4,900 names of what was not produced", kept.LeftOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_of_200000_severe_errors_is_small_and_says_what_is_left_out()
    {
        using (var err = new StreamWriter(_folder["eplusout.err"]))
        {
            for (var i = 0; i < 200_000; i++)
            {
                var kind = (char)('a' + (i % 26));
                err.Write($"   ** Severe  ** Trouble of kind {kind} with Zone=\"ROOM {i}\" at {i} C\n   **   ~~~   ** more of it\n");
            }
            err.Write("   **  Fatal  ** GetTrouble: Errors found\n");
        }
        var record = Describe(RunOutcome.Failed);

        Assert.Equal(200_000, record.Diagnostics!.Severe);
        Assert.Equal(10, record.Diagnostics.FirstErrors.Count);
        Assert.Equal("Left out to keep this record small: 199,991 severe errors, 7 kinds of messages.", record.LeftOut);
        Assert.Equal(20, record.MessageGroups.Count);
        Assert.Equal(new MessageGroup(ErrSeverity.Fatal, "GetTrouble: Errors found", 1, null), record.MessageGroups[0]);
        Assert.Equal(
            new MessageGroup(ErrSeverity.Severe, "Trouble of kind a with Zone=\"ROOM 0\" at 0 C more of it", 7693, "Zone \"ROOM 0\""),
            record.MessageGroups[1]);
        await AssertFitsAsync(record);
    }

    [Fact]
    public async Task Record_of_messages_without_an_end_is_small()
    {
        using (var err = new StreamWriter(_folder["eplusout.err"]))
        {
            err.Write("   ** Severe  ** ");
            for (var i = 0; i < 64; i++) err.Write(new string('"', 1 << 20)); // JSON writes two for each
        }
        var record = Describe(RunOutcome.Crashed, signal: 11);

        Assert.EndsWith("…", record.Diagnostics!.FirstErrors[0], StringComparison.Ordinal);
        Assert.InRange(record.Message!.Length, 1, 300);
        await AssertFitsAsync(record);
    }

    [Fact]
    public async Task Record_of_a_run_that_made_a_refused_system_call_names_it()
    {
        var record = Describe(RunOutcome.Crashed, signal: 31, refusedCall: "socket");
        Assert.Equal((RunStatus.Crashed, RunReason.Signal, 31), (record.Status, record.Reason, record.Signal));
        Assert.Contains("made a system call, socket, that no simulation needs", record.Message, StringComparison.Ordinal);
        await AssertFitsAsync(record);
    }

    [Fact]
    public async Task Reading_a_gigabyte_without_a_line_end_takes_no_memory_to_speak_of()
    {
        using (var err = File.Create(_folder["eplusout.err"]))
        {
            err.Write("   ** Severe  ** First\n   ** Warning ** "u8);
            err.SetLength(1L << 30); // zeros: no line end, and no room on disk
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var record = Describe(RunOutcome.Crashed, signal: 11);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20);
        Assert.StartsWith("First.", record.Message, StringComparison.Ordinal);
        await AssertFitsAsync(record);
    }

    [Fact]
    public async Task Record_of_many_requests_and_missing_files_is_small_and_says_what_is_left_out()
    {
        var record = Described() with
        {
            Status = RunStatus.Rejected,
            AddedObjects = [.. Enumerable.Range(0, 20_000).Select(i => $"Output:Variable,*,Variable {i},Hourly;")],
            Missing = [.. Enumerable.Range(0, 5_000).Select(i => $"inputs/schedule-{i}.csv")],
        };
        var kept = RunRecordFile.FromJson(RunRecordFile.ToJson(record))!;

        Assert.Equal((100, 100), (kept.AddedObjects.Count, kept.Missing.Count));
        Assert.Equal("Left out to keep this record small: 19,900 added objects, 4,900 missing files.", kept.LeftOut);
        await AssertFitsAsync(record);
    }

    [Fact]
    public async Task Warnings_are_named_by_kind_the_most_frequent_first()
    {
        using (var err = new StreamWriter(_folder["eplusout.err"]))
        {
            err.Write("   ** Warning ** Only once\n");
            for (var i = 0; i < 5; i++)
                err.Write($"   ** Warning ** CalcCoil: Coil:Cooling:DX:SingleSpeed=\"PSZ-AC:{i} COIL\" - {i}.5 is low\n");
            err.Write("   *************  ** Warning ** Recurring trouble\n");
            err.Write("   *************  **   ~~~   **   This error "
                + "occurred 321870 total times;\n");
            err.Write("   ************* EnergyPlus Completed Successfully-- 321879 Warning; 0 Severe Errors; Elapsed "
                + "Time=00hr 00min  3.34sec\n");
        }
        var record = Describe(RunOutcome.Completed);

        Assert.Equal(321_879, record.Diagnostics!.Warnings);
        Assert.Equal(
            [(321_870, null), (5, "Coil:Cooling:DX:SingleSpeed \"PSZ-AC:0 COIL\""), (1, null)],
            record.MessageGroups.Select(group => (group.Count, group.Subject)));
        Assert.Contains(
            "\"severity\": \"warning\"",
            System.Text.Encoding.UTF8.GetString(RunRecordFile.ToJson(record)),
            StringComparison.Ordinal);
        await AssertFitsAsync(record);
    }

    [Fact]
    public void Json_keeps_letters_quotation_marks_and_angle_brackets_and_escapes_control_characters()
    {
        var record = Described() with { Message = "Büro's <Zone> \"A\" & 50 m²\u0007\n" };
        var json = System.Text.Encoding.UTF8.GetString(RunRecordFile.ToJson(record));

        Assert.Contains("\"Büro's <Zone> \\\"A\\\" & 50 m²\\u0007\\n\"", json, StringComparison.Ordinal);
        Assert.Equal(record.Message, RunRecordFile.FromJson(RunRecordFile.ToJson(record))!.Message);
    }

    [Fact]
    public void Ending_without_a_word_says_that_there_was_none()
    {
        Assert.Contains(
            "crashed (signal 11) without saying why",
            Describe(RunOutcome.Crashed, signal: 11).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "EnergyPlus ended with exit code 3 and without a result: it printed nothing. See the .err file.",
            Describe(RunOutcome.Crashed, exitCode: 3).Message);
    }

    [Theory]
    [InlineData(RunOutcome.Crashed, 11, null)]
    [InlineData(RunOutcome.Crashed, null, 3)]
    [InlineData(RunOutcome.Crashed, 9, null)]
    [InlineData(RunOutcome.Failed, null, 1)]
    [InlineData(RunOutcome.TimedOut, 15, null)]
    public void Every_ending_that_is_not_completed_quotes_the_first_severe_error(RunOutcome outcome, int? signal, int? exitCode)
    {
        File.WriteAllText(_folder["eplusout.err"],
            "   ** Severe  ** No roof\n   **   ~~~   ** over the head\n   ** Severe  ** Later\n   **  Fatal  ** Because\n");
        var record = Describe(outcome, signal, exitCode);

        Assert.Contains("No roof over the head.", record.Message, StringComparison.Ordinal);
        Assert.InRange(record.Message!.Length, 1, 300);
        Assert.EndsWith(".", record.Message, StringComparison.Ordinal);
        Assert.Equal(["No roof over the head", "Later", "Because"], record.Diagnostics!.FirstErrors);
    }

    private static RunRecord Described() =>
        new() { RunId = "1", Status = RunStatus.Running, Input = new("models", "inputs/office.idf"), StartedAt = DateTimeOffset.UnixEpoch };

    private RunRecord Describe(RunOutcome outcome, int? signal = null, int? exitCode = null, string? refusedCall = null) =>
        EndedRun.Describe(
            Described(),
            new() { Outcome = outcome, Signal = signal, ExitCode = exitCode, RefusedCall = refusedCall },
            new(_folder.Path),
            model: null,
            new(RunReason.Deadline, TimeSpan.FromSeconds(800))).Record;

    private static async Task AssertFitsAsync(RunRecord record)
    {
        var json = RunRecordFile.ToJson(record);
        Assert.InRange(json.Length, 1, Most);
        Assert.NotNull(JsonDocument.Parse(json));
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "run.schema.json"), Token);
        Assert.Equal([], schema.Validate(System.Text.Encoding.UTF8.GetString(json)).Select(fault => fault.ToString()));
    }
}
