namespace IdfKit.Runs.Tests.Parts;

/// <summary>Which notices an answer of the cache repeats.</summary>
public sealed class SentencesOfPartsTests
{
    public static TheoryData<string> OfParts =>
    [
        RunSentences.PeriodsApart(3), RunSentences.PeriodsNotApart("x"), RunSentences.PeriodsNotCompleted("x"),
        RunSentences.PeriodsNotJoined("x"), RunSentences.YearInParts(2, 14, 0.01, 0.01), RunSentences.YearWhole("x"),
        RunSentences.YearTooFarApart("07-01", "Electricity:Facility", 1, 1), RunSentences.YearNotJoined("x"),
        RunSentences.PartOfYearEnded, RunSentences.YearTankTooFarApart("07-01", 3),
    ];

    [Theory, MemberData(nameof(OfParts))]
    public void A_notice_of_parts_is_known_for_one(string notice) => Assert.True(RunSentences.IsOfParts(notice));

    [Fact]
    public void Another_notice_is_not() => Assert.All(
        [RunSentences.SeriesLeftForDeadline, RunSentences.NoReport, RunSentences.SimulatedYear("Golden", "TMY3")],
        notice => Assert.False(RunSentences.IsOfParts(notice)));
}
