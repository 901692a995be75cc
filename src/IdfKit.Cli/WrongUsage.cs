using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace IdfKit.Cli;

/// <summary>What is said of arguments that cannot be used: what is wrong with which, and where the right form stands.</summary>
internal static class WrongUsage
{
    /// <summary>Null when they can be used, when help is asked for, or when no command is named: then help tells which there are.</summary>
    public static string? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count == 0 || command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0) return null;
        if (parsed.Action is HelpAction) return null;
        return CliSentences.WrongUsage(NameOf(parsed.CommandResult), parsed.Errors[0].Message);
    }

    private static string NameOf(CommandResult result)
    {
        var names = new List<string>();
        for (var at = result; at?.Parent is not null; at = at.Parent as CommandResult) names.Insert(0, at.Command.Name);
        return string.Join(' ', names.Prepend("idfkit"));
    }
}
