using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

using IdfKit.Engine;

using TestBed;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>Which notices an answer of the cache repeats.</summary>
public sealed partial class SentencesOfPartsTests
{
    public static TheoryData<string> OfParts =>
    [
        RunSentences.PeriodsApart(3), RunSentences.PeriodsNotApart("x"), RunSentences.PeriodsNotCompleted("x"),
        RunSentences.PeriodsNotJoined("x"), RunSentences.YearInParts(2, 14, 0.01, 0.01, []), RunSentences.YearWhole("x"),
        RunSentences.YearTooFarApart("07-01", "Electricity:Facility", 1, 1), RunSentences.YearNotJoined("x"),
        RunSentences.YearNotCompleted("x"), RunSentences.PartsOfYearStopped,
        RunSentences.YearTankTooFarApart("07-01", 3), RunSentences.NoYearInParts,
    ];

    [Theory, MemberData(nameof(OfParts))]
    public void A_notice_of_parts_is_known_for_one(string notice) => Assert.True(RunSentences.IsOfParts(notice));

    [Fact]
    public void Another_notice_is_not() => Assert.All(
        [RunSentences.SeriesLeftForDeadline, RunSentences.NoReport, RunSentences.SimulatedYear("Golden", "TMY3")],
        notice => Assert.False(RunSentences.IsOfParts(notice)));

    private static readonly (string Name, string Text)[] Passing =
    [
        Of(EngineSentences.FewProcessors(0)), Of(EngineSentences.FewProcessors(1)), Of(EngineSentences.OneProcessor),
        Of(EngineSentences.LittleMemory(400)), Of(EngineSentences.LittleDisk(100)), Of(EngineSentences.AmongOthers),
        Of(EngineSentences.NoRoomForParts), Of(EngineSentences.NoRoomToJoin), Of(EngineSentences.NoTimeToJoin),
        Of(EngineSentences.NoTimeTwice(40, 24)), Of(EngineSentences.WasKilled), Of(EngineSentences.OverItsShare),
    ];

    private static readonly (string Name, string Text)[] Lasting =
    [
        Of(EngineSentences.BoundTogether("A")), Of(EngineSentences.OneFile("A")), Of(EngineSentences.ReadsApart("A", "b")),
        Of(EngineSentences.RepeatsSizing), Of(EngineSentences.TooMany(65, 64)), Of(EngineSentences.UnclearPeriods),
        Of(EngineSentences.UnclearOrder), Of(EngineSentences.TooLargeForParts), Of(EngineSentences.AsksForMore("a")),
        Of(EngineSentences.TooMuchTogether), Of(EngineSentences.TooLargeToJoin("a")), Of(EngineSentences.NotExpanded),
        Of(EngineSentences.NotApart), Of(EngineSentences.Unlike("a")), Of(EngineSentences.Unreadable("a")),
        Of(EngineSentences.NoYear), Of(EngineSentences.PeriodsFirst), Of(EngineSentences.Remembers("A", "b")),
        Of(EngineSentences.NotOfSegments("A")), Of(EngineSentences.ReadsOtherwise("A", "b")), Of(EngineSentences.ReportedBySchedule("a")),
        Of(EngineSentences.NotClosed), Of(EngineSentences.UnclearYear), Of(EngineSentences.SeveralYears),
        Of(EngineSentences.ActualWeather), Of(EngineSentences.UnclearWeekday), Of(EngineSentences.RulesOfYear),
        Of(EngineSentences.UnclearShading), Of(EngineSentences.LeapWeather), Of(EngineSentences.SoonDone(3)),
        Of(EngineSentences.EarlierVersion("9.4")), Of(EngineSentences.NoSeries), Of(EngineSentences.NoFuel), Of(EngineSentences.NotSteady),
        Of(EngineSentences.NotComplete("a")), Of(EngineSentences.OtherFigures), Of(EngineSentences.NotWorthParts(40)),
        Of(EngineSentences.PartEnded),
    ];

    [Fact]
    public void A_reason_of_the_moment_is_known_for_one() =>
        Assert.All(Passing.SelectMany(NoticesOf), notice => Assert.True(RunSentences.IsOfMoment(notice), notice));

    [Fact]
    public void A_reason_that_lasts_is_not_of_the_moment() => Assert.All(
        [
            RunSentences.PeriodsApart(3), RunSentences.YearInParts(2, 14, 0.01, 0.01, ["x"]),
            RunSentences.YearNotCompleted(EngineSentences.PartEnded),
            RunSentences.YearTooFarApart("07-01", "Electricity:Facility", 1, 1), RunSentences.YearTankTooFarApart("07-01", 3),
            RunSentences.NoYearInParts, .. Lasting.SelectMany(NoticesOf),
        ],
        notice => Assert.False(RunSentences.IsOfMoment(notice), notice));

    [Fact]
    public void Every_reason_of_the_engine_is_known_to_pass_or_to_last()
    {
        var names = new[] { "Parts", "Year" }
            .Select(of => File.ReadAllText(Repository.PathOf("src", "IdfKit.Engine", $"EngineSentences.{of}.cs")))
            .SelectMany(text => Reason().Matches(text)).Select(found => found.Groups[1].Value);
        var known = Passing.Concat(Lasting).Select(reason => reason.Name).Distinct();
        Assert.Equal(names.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    private static string[] NoticesOf((string Name, string Text) reason) =>
    [
        RunSentences.YearWhole(reason.Text), RunSentences.YearNotJoined(reason.Text), RunSentences.PeriodsNotApart(reason.Text),
        RunSentences.PeriodsNotJoined(reason.Text), RunSentences.PeriodsNotCompleted(reason.Text),
        RunSentences.YearNotCompleted(reason.Text),
    ];

    private static (string Name, string Text) Of(string text, [CallerArgumentExpression(nameof(text))] string from = "") =>
        (from.Split('.', '(')[1], text);

    [GeneratedRegex(@"\[SentencePart\]\s+internal static string (\w+)")]
    private static partial Regex Reason();
}
