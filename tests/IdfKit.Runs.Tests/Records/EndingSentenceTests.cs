using IdfKit.Engine;
using IdfKit.Runs.Records;
using IdfKit.Runs.Tests.Report;

namespace IdfKit.Runs.Tests.Records;

/// <summary>
/// Every sentence about an ending, with values as long and as dirty as they come: one line, 300 characters at most, a full stop.
/// </summary>
public sealed class EndingSentenceTests
{
    private const string JobFile = "a-job-file-with-a-name-that-is-as-long-as-names-of-files-may-sometimes-be.job.json";
    private const string Again = "drop the model again";

    private static string Foreign { get; } = string.Concat(Enumerable.Repeat("Line one\r\nline\u0007 two; ", 60));

    public static TheoryData<string> Sentences =>
    [
        RunSentences.AndSevere(RunSentences.Deadline(812.3), Foreign),
        RunSentences.AndSevere(RunSentences.TimedOut(3.25, JobFile), Foreign),
        RunSentences.AndSevere(RunSentences.OutOfMemory(isKilled: true, 12_345, isFunction: true), Foreign),
        RunSentences.OutOfMemory(isKilled: false, 12_345, isFunction: false),
        RunSentences.TimedOut(3, null),
        RunSentences.TooMuchWritten(12_345_678, isFunction: true, Again),
        RunSentences.DiskFull(12_345_678, isFunction: true, Again),
        RunSentences.Fatal(Foreign, Again),
        RunSentences.FatalOnly(Foreign, Again),
        RunSentences.FatalSilent,
        RunSentences.Crashed(Foreign, 11, Again),
        RunSentences.CrashedSilently(11, Again),
        RunSentences.RefusedCall("process_vm_readv"),
        RunSentences.RefusedCall(""),
        RunSentences.NoResult(Foreign, 139, Again),
        RunSentences.NoResult("No roof", null, Again),
        RunSentences.NoResultSilently(3, Foreign),
        RunSentences.NoResultSilently(null, ""),
        RunSentences.CompletedWithSevere(1, Foreign),
        RunSentences.CompletedWithSevere(200_000, "No roof"),
        RunSentences.CompletedWithSevere(2, null),
        RunSentences.NotAYear(new() { HoursSimulated = 168, Periods = [new(Foreign, Foreign, "2017-01-07", 168)] })!,
        RunSentences.NotAYear(new() { HoursSimulated = 336 })!,
        RunSentences.NotAYear(new() { HoursSimulated = 8760, Periods = [new(Foreign, Foreign, Foreign, 26304)] })!,
        RunSentences.OtherPlace(Foreign, Foreign),
        RunSentences.NotMet(8760.25, 8760.25),
        RunSentences.NoCsv,
        RunSentences.DesignDaysAsked(JobFile, Again),
        RunSentences.DesignDaysAsked(null, Again),
        RunSentences.DesignDaysWithoutWeather(Again),
        RunSentences.DesignDaysByControl(JobFile, hasWeather: false, Again),
        RunSentences.DesignDaysByControl(null, hasWeather: true, Again),
        RunSentences.DesignDaysWithoutPeriod(Again),
        RunSentences.NothingByControl(JobFile, hasWeather: false, Again),
        RunSentences.NothingWithoutPeriod(Again),
        RunSentences.TablesOff(Again),
        RunSentences.TablesUnread(Foreign, Again),
        RunSentences.NoAnnualReport(Again),
        RunSentences.NoTables,
        RunSentences.LeftOut("19,900 added objects, 4,900 missing files"),
        RunSentences.Together(RunSentences.TablesOff(Again), RunSentences.NoCsv, RunSentences.NoTables)!,
        RunSentences.NotInModel("Lights \"Lamps\"", "schedule", "Opening hours", 17),
        RunSentences.VertexLacks("BuildingSurface:Detailed \"Floor\" (line 12)", "first", "Z"),
        RunSentences.Lacks("Material \"Brick\" (line 6)", "thickness"),
        RunSentences.ModelLacks("Building"),
        RunSentences.TooMany("Output:SQLite", "one"),
        RunSentences.NotAChoice("Material \"Brick\"", "roughness", "Bumpy"),
        RunSentences.WrongType("Material \"Brick\"", "thickness", "thick", "a number"),
        RunSentences.OutOfBounds("Material \"Brick\"", "thickness", "-1", "greater than 0"),
        RunSentences.NoClass("Zoone", 9),
        RunSentences.AtLine(9, "Object contains more field values than it may"),
        RunSentences.About("Material \"Brick\"", "something else"),
        RunSentences.With("No roof", "Zone \"A\" (line 3)"),
    ];

    [Theory, MemberData(nameof(Sentences))]
    public void Sentence_is_one_short_line_that_ends_with_a_full_stop(string sentence)
    {
        Assert.InRange(sentence.Length, 10, RunSentences.Longest);
        Assert.DoesNotContain(sentence, char.IsControl);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BoundKind.Disk, "The disk was full when EnergyPlus had written 12 MB")]
    [InlineData(BoundKind.WrittenBytes, "EnergyPlus was stopped because it had written 12 MB")]
    public void Disk_that_was_full_is_not_told_as_a_bound_that_EnergyPlus_was_stopped_for(BoundKind kind, string said)
    {
        var ended = new EngineRun { Outcome = RunOutcome.Crashed, Exceeded = new(kind, 12_000_000) };
        var (record, _) = EndedRun.Describe(SampleFacts.Record, ended, new("/nowhere", "eplus", 'L'), null, default);
        Assert.Equal(RunReason.TooMuchOutput, record.Reason);
        Assert.StartsWith(said, record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_that_has_no_room_is_left_out_and_a_later_shorter_one_is_not()
    {
        var longest = new string('x', RunSentences.Longest - 20) + ".";

        Assert.Equal(longest + " Short.", RunSentences.Together(null, longest, RunSentences.NoCsv, "Short."));
        Assert.Null(RunSentences.Together());
    }
}
