using IdfKit.Cli.Dev;
using IdfKit.Drops;

namespace IdfKit.Cli.Tests;

public sealed class UnansweredDropsTests
{
    private readonly List<string> _said = [];
    private readonly List<Run> _over =
    [
        Completed("inputs/p/sized.idf", isWithoutWeather: true),
        Completed("inputs/p/year.idf", isWithoutWeather: false),
        Completed("inputs/q/other.idf", isWithoutWeather: true),
    ];

    [Fact]
    public void Weather_that_comes_after_a_run_of_design_days_is_answered_once()
    {
        var drops = Drops();
        for (var time = 0; time < 2; time++) drops.Written("inputs/p/golden.EPW");
        var said = Assert.Single(_said);
        Assert.StartsWith("'inputs/p/golden.EPW' came after inputs/p/sized.idf had run design days alone", said, StringComparison.Ordinal);
        Assert.DoesNotContain("year.idf", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inputs/p/golden.stat")]
    [InlineData("inputs/elsewhere/golden.epw")]
    public void What_no_run_lacked_is_passed_over(string key)
    {
        Drops().Written(key);
        Assert.Empty(_said);
    }

    private static Run Completed(string input, bool isWithoutWeather) =>
        new(input.Replace("inputs", "outputs", StringComparison.Ordinal), input, "completed") { IsWithoutWeather = isWithoutWeather };

    private UnansweredDrops Drops() => new(new OutputLayout("inputs/", "outputs/", sameBucket: true), "", () => _over, _said.Add);
}
