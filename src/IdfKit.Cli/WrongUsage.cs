using System.CommandLine;

namespace IdfKit.Cli;

/// <summary>What is said of a command line that cannot be: how it is written, where its help is, and last the reason.</summary>
internal static class WrongUsage
{
    private const string NoCommand = "Required command was not provided."; // System.CommandLine's words

    public static void Say(ParseResult parsed, TextWriter output)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(command));
        output.WriteLine($"Usage: {path} {Arguments(command)}".TrimEnd() + $" ('{path} --help' says more)");
        var errors = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        // Which word was not recognized as a command says more than that there is none.
        if (errors.Count > 1) errors.Remove(NoCommand);
        foreach (var error in errors)
            output.WriteLine($"{path}: {CliSentences.Clean(OnOneLine(error))}");
    }

    /// <summary>What is recognized stands below the error, one a line.</summary>
    private static string OnOneLine(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines is [var first, .. { Length: > 0 } others] ? $"{first} {string.Join(", ", others)}." : error;
    }

    private static IEnumerable<string> Path(Command command)
    {
        var above = command.Parents.OfType<Command>().FirstOrDefault();
        return above is null ? ["idfkit"] : Path(above).Append(command.Name);
    }

    private static string Arguments(Command command)
    {
        if (command.Subcommands.Count > 0) return "COMMAND";
        var arguments = command.Arguments.Select(one => one.Arity.MaximumNumberOfValues > 1 ? one.Name + "…" : one.Name);
        var required = command.Options.Where(option => option.Required).Select(option => $"{option.Name} {option.HelpName}");
        return string.Join(' ', [.. arguments, .. required, "[OPTIONS]"]);
    }
}
