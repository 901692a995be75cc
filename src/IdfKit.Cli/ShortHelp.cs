using System.CommandLine;
using System.CommandLine.Invocation;

namespace IdfKit.Cli;

/// <summary>The help of the tool itself: a line for each command. Commands have the usual one.</summary>
internal sealed class ShortHelp(RootCommand root, SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    private const int NameWidth = 12;

    public override bool ClearsParseErrors => usual.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command != root) return usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(root.Description);
        output.WriteLine();
        output.WriteLine("Usage: idfkit COMMAND [OPTIONS] ('idfkit COMMAND --help' says more; 'idfkit --version')");
        output.WriteLine();
        foreach (var command in root.Subcommands)
            output.WriteLine($"  {command.Name.PadRight(NameWidth)}{Sentence(command.Description ?? "")}");
        return ExitCode.Success;
    }

    /// <summary>The first sentence, or what stands before its first colon or semicolon, on one line.</summary>
    private static string Sentence(string text)
    {
        var line = text.Split("\n\n")[0].ReplaceLineEndings(" ");
        var end = line.IndexOfAny(['.', ':', ';']);
        return (end < 0 ? line : line[..end]) + ".";
    }
}
