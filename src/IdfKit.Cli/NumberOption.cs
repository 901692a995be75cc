using System.CommandLine;
using System.Globalization;

namespace IdfKit.Cli;

/// <summary>An option that takes a whole number between two others.</summary>
internal static class NumberOption
{
    public static Option<int> Of(string name, int otherwise, string description, int minimum, int maximum)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            // What is no number is said by the parser; to ask for its value here would throw.
            if (result.Tokens is not [{ Value: var text }] || !int.TryParse(text, CultureInfo.InvariantCulture, out var value)) return;
            if (value < minimum || value > maximum) result.AddError($"{name} must lie between {minimum} and {maximum}.");
        });
        return option;
    }
}
