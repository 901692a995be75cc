using IdfKit.Engine;

namespace IdfKit.Runs.Tests.Parts;

/// <summary>Which notices an answer of the cache repeats.</summary>
public sealed class SentencesOfPartsTests
{
    public static TheoryData<string> OfParts =>
    [
        RunSentences.PeriodsApart(3), RunSentences.PeriodsNotApart("x"), RunSentences.PeriodsNotCompleted("x"),
        RunSentences.PeriodsNotJoined("x"), RunSentences.YearInParts(2, 14, 0.01, 0.01, []), RunSentences.YearWhole("x"),
        RunSentences.YearTooFarApart("07-01", "Electricity:Facility", 1, 1), RunSentences.YearNotJoined("x"),
        RunSentences.YearNotCompleted("x"), RunSentences.YearTankTooFarApart("07-01", 3), RunSentences.NoYearInParts,
    ];

    [Theory, MemberData(nameof(OfParts))]
    public void A_notice_of_parts_is_known_for_one(string notice) => Assert.True(RunSentences.IsOfParts(notice));

    [Fact]
    public void Another_notice_is_not() => Assert.All(
        [RunSentences.SeriesLeftForDeadline, RunSentences.NoReport, RunSentences.SimulatedYear("Golden", "TMY3")],
        notice => Assert.False(RunSentences.IsOfParts(notice)));

    public static TheoryData<string> Passing =>
    [
        .. new[]
        {
            EngineSentences.FewProcessors(0), EngineSentences.FewProcessors(1), EngineSentences.OneProcessor,
            EngineSentences.LittleMemory(400), EngineSentences.LittleDisk(100), EngineSentences.AmongOthers,
            EngineSentences.NoRoomForParts,
        }.SelectMany(why => new[] { RunSentences.YearWhole(why), RunSentences.PeriodsNotApart(why) }),
        RunSentences.YearWhole(EngineSentences.NoTimeTwice(40, 24)), RunSentences.YearNotJoined(EngineSentences.NoRoomToJoin),
        RunSentences.YearNotJoined(EngineSentences.NoTimeToJoin), RunSentences.PeriodsNotJoined(EngineSentences.NoRoomToJoin),
        .. new[] { EngineSentences.WasKilled, EngineSentences.OverItsShare }.SelectMany(
            why => new[] { RunSentences.YearNotCompleted(why), RunSentences.PeriodsNotCompleted(why) }),
    ];

    [Theory, MemberData(nameof(Passing))]
    public void A_reason_of_the_moment_is_known_for_one(string notice) => Assert.True(RunSentences.IsOfMoment(notice));

    [Fact]
    public void A_reason_that_lasts_is_not_of_the_moment() => Assert.All(
        [
            RunSentences.PeriodsApart(3), RunSentences.YearInParts(2, 14, 0.01, 0.01, ["x"]),
            RunSentences.YearNotCompleted(EngineSentences.PartEnded),
            RunSentences.YearTooFarApart("07-01", "Electricity:Facility", 1, 1), RunSentences.YearTankTooFarApart("07-01", 3),
            RunSentences.YearWhole(EngineSentences.Remembers("Foundation:Kiva", "the ground")),
            RunSentences.YearWhole(EngineSentences.SoonDone(3)), RunSentences.YearWhole(EngineSentences.NoFuel),
            RunSentences.PeriodsNotApart(EngineSentences.BoundTogether("Foundation:Kiva")),
            RunSentences.YearNotJoined(EngineSentences.Unlike("eplusout.eso")),
        ],
        notice => Assert.False(RunSentences.IsOfMoment(notice)));
}
