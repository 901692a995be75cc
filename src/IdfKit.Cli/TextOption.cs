using System.CommandLine;
using System.CommandLine.Parsing;

namespace IdfKit.Cli;

/// <summary>Texts of the command line that must not be empty.</summary>
internal static class TextOption
{
    public static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (IsEmpty(result.Tokens)) result.AddError(CliSentences.Empty(option.Name));
        });
        return option;
    }

    public static bool IsEmpty(IReadOnlyList<Token> tokens) => tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text);
}
