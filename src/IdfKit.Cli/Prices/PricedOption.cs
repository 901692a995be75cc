using System.CommandLine;

namespace IdfKit.Cli.Prices;

/// <summary><c>--price</c>, with the options that say at which prices.</summary>
/// <param name="description">What it adds.</param>
internal sealed class PricedOption(string description)
{
    private readonly Option<bool> _price = new("--price") { Description = description };
    private readonly PriceOptions _options = new();

    public void AddTo(Command command)
    {
        command.Add(_price);
        _options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_price) && _options.IsAnyGiven(result)) result.AddError(CliSentences.PriceIsNotAsked);
        });
    }

    /// <summary>What it chooses; null: it is not given.</summary>
    /// <exception cref="CommandException">The list cannot be used.</exception>
    /// <exception cref="AddressException">The list does not have the region.</exception>
    public PriceChoice? Of(ParseResult parsed) => parsed.GetValue(_price) ? _options.Of(parsed) : null;
}
