using System.CommandLine;
using System.CommandLine.Parsing;

namespace IdfKit.Cli.Prices;

/// <summary>The options that say at which prices something is counted.</summary>
internal sealed class PriceOptions
{
    private const string Usual = "us-east-1";
    private const int UsualMemory = 1769; // the template's

    private readonly Option<string?> _region = TextOption.NotEmpty(new Option<string?>("--region")
    {
        Description = $"The region whose prices count. Otherwise AWS_REGION where the list has it, else {Usual}.", HelpName = "R",
    });

    private readonly Option<string?> _prices = TextOption.NotEmpty(new Option<string?>("--prices")
    {
        Description = "Another price list than the tool's own, in the form of docs/prices.json.", HelpName = "FILE",
    });

    private readonly Option<int> _memory = NumberOption.Of(
        "--memory", UsualMemory, "The function's memory in MB.", minimum: 128, maximum: 10_240);

    private readonly Option<bool> _arm = new("--arm") { Description = "The function runs on Arm instead of x86." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_region, _prices, _memory, _arm]) command.Add(option);
    }

    /// <summary>Whether any of them is given.</summary>
    public bool IsAnyGiven(SymbolResult result) =>
        ((Option[])[_region, _prices, _memory, _arm]).Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>What they choose.</summary>
    /// <exception cref="CommandException">The list cannot be used.</exception>
    /// <exception cref="AddressException">The list does not have the region.</exception>
    public PriceChoice Of(ParseResult parsed)
    {
        var list = PriceList.Read(parsed.GetValue(_prices));
        var region = parsed.GetValue(_region) ?? UsualIn(list);
        return new(region, list.In(region), list.Date!.Value, parsed.GetValue(_memory), parsed.GetValue(_arm));
    }

    /// <summary>A list of one region means that one.</summary>
    private static string UsualIn(PriceList list)
    {
        var here = Environment.GetEnvironmentVariable("AWS_REGION") is { Length: > 0 } set
            ? set
            : Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");
        if (here is not null && list.Regions!.ContainsKey(here)) return here;
        return list.Regions!.Count == 1 ? list.Regions.Keys.First() : Usual;
    }
}

/// <summary>At which prices something is counted.</summary>
/// <param name="Region">The region.</param>
/// <param name="Prices">Its prices.</param>
/// <param name="Date">When the list was put together.</param>
/// <param name="MemoryMegabytes">The function's memory.</param>
/// <param name="IsArm">Whether it runs on Arm.</param>
internal sealed record PriceChoice(string Region, RegionPrices Prices, DateOnly Date, int MemoryMegabytes, bool IsArm);
