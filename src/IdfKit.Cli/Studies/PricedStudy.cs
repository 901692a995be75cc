using IdfKit.Cli.Prices;
using IdfKit.Drops;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>What the rows of a study that would run take and cost on AWS.</summary>
/// <param name="Estimate">What they take.</param>
/// <param name="Bill">What that costs; null: too little is known.</param>
/// <param name="Prices">At which prices.</param>
internal sealed record PricedStudy(StudyEstimate Estimate, Bill? Bill, PriceChoice Prices)
{
    public static async Task<PricedStudy> OfAsync(
        StudyPlan plan, StudyPlace place, RunManner choices, PriceChoice prices, CancellationToken cancellationToken)
    {
        var settings = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables()).Runs;
        var forecast = new StudyForecast(settings, prices.MemoryMegabytes) { Annual = choices.Annual, DesignDay = choices.DesignDay };
        var estimate = await forecast.OfAsync(plan, place.Output, cancellationToken);
        return new(estimate, Bill.Of(estimate, prices), prices);
    }

    public void Write(TextWriter output)
    {
        output.WriteLine(CliSentences.Estimated(Estimate));
        if (Bill is null) return;
        foreach (var line in BillText.Lines(Bill, Prices)) output.WriteLine(line);
        output.WriteLine(CliSentences.NotPriced);
    }
}
