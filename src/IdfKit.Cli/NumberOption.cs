using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IdfKit.Cli;

/// <summary>An option that takes a whole number between two others.</summary>
internal static class NumberOption
{
    public static Option<int> Of(string name, int otherwise, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Parse(result, name, minimum, maximum) ?? otherwise,
    };

    /// <summary>The same without a default: null where it is not given.</summary>
    public static Option<int?> OrNone(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, minimum, maximum),
    };

    /// <summary>Null with an error in <paramref name="result"/> for what is no such number.</summary>
    private static int? Parse(ArgumentResult result, string name, int minimum, int maximum)
    {
        if (result.Tokens is not [{ Value: var text }]) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            result.AddError(IsWhole(text) ? CliSentences.OutOfRange(name, minimum, maximum) : CliSentences.NoNumber(name, text));
        else if (value < minimum || value > maximum)
            result.AddError(CliSentences.OutOfRange(name, minimum, maximum));
        else
            return value;
        return null;
    }

    /// <summary>Whether it is a number, if of more digits than any that is taken.</summary>
    private static bool IsWhole(string text) =>
        (text is ['+' or '-', ..] ? text[1..] : text) is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);
}
