using System.CommandLine;
using System.Globalization;

namespace IdfKit.Cli;

/// <summary>An option that takes a whole number between two others.</summary>
internal static class NumberOption
{
    public static Option<int> Of(string name, int otherwise, string description, int minimum, int maximum)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out var value)) result.AddError(CliSentences.NoNumber(name, text));
            else if (value < minimum || value > maximum) result.AddError($"{name} must lie between {minimum} and {maximum}.");
            return value;
        };
        return option;
    }
}
