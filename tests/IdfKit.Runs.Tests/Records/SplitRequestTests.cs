namespace IdfKit.Runs.Tests.Records;

/// <summary>Which requests may be simulated in parts.</summary>
public sealed class SplitRequestTests
{
    [Fact]
    public void A_row_of_a_study_is_never_split_whatever_its_settings_say()
    {
        var request = new RunRequest { Parallel = Parallelism.Periods };
        var row = request with { Study = new("models/office.study.csv", "a", 1, "0") };
        Assert.Equal((true, false), (request.MaySplit, row.MaySplit));
        Assert.Equal(("periods", null), (request.ForRecord(false, false).Parallel, row.ForRecord(false, false).Parallel));
    }

    [Fact]
    public void A_year_is_not_divided_in_a_study_or_beside_other_jobs()
    {
        var request = new RunRequest { Parallel = Parallelism.Year };
        Assert.True(request.MaySplit);
        Assert.False((request with { IsAmongOthers = true }).MaySplit);
        Assert.False((request with { Study = new("models/office.study.csv", "a", 1, "0") }).MaySplit);
    }

    [Fact]
    public void Off_is_what_nobody_has_to_ask_for() => Assert.False(new RunRequest().MaySplit);
}
