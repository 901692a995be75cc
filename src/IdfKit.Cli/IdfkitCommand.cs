using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

using IdfKit.Cli.Check;
using IdfKit.Cli.Collect;
using IdfKit.Cli.Compare;
using IdfKit.Cli.Completion;
using IdfKit.Cli.Dev;
using IdfKit.Cli.Doctor;
using IdfKit.Cli.Estimate;
using IdfKit.Cli.Get;
using IdfKit.Cli.Open;
using IdfKit.Cli.Show;
using IdfKit.Cli.Simulate;
using IdfKit.Cli.Studies;
using IdfKit.Cli.Submit;
using IdfKit.Cli.Watch;
using IdfKit.Runs;

namespace IdfKit.Cli;

/// <summary><c>idfkit</c>: all commands.</summary>
internal static class IdfkitCommand
{
    private const string Help = """
        Simulates EnergyPlus models: here, or by dropping them into a bucket.

        PLACE is a folder of this machine, the address that 'idfkit dev' prints (http://127.0.0.1:PORT), or s3://bucket with
        or without a prefix. docs/tool.md describes the commands, what they print as JSON, and their exit codes.
        """;

    public static RootCommand Create()
    {
        var root = Commands();
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ShortHelp(root, (SynchronousCommandLineAction)help.Action!);
        Validate(root);
        return root;
    }

    /// <summary>Whatever takes a text takes no empty one, except a prefix: a bucket may have none. No argument takes an option.</summary>
    private static void Validate(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result => RefuseEmpty(result, argument.Name));
            argument.Validators.Add(result => RefuseOption(result, command));
        }
        foreach (var option in command.Options.Where(option => !option.Name.EndsWith("-prefix", StringComparison.Ordinal)))
            option.Validators.Add(result => RefuseEmpty(result, option.Name));
        foreach (var below in command.Subcommands) Validate(below);
    }

    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError(CliSentences.Empty(name));
    }

    /// <summary>An option that a command does not have would otherwise be one more of its files.</summary>
    private static void RefuseOption(ArgumentResult result, Command command)
    {
        var names = command.Options.Select(option => option.Name).ToList();
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            result.AddError(CliSentences.NoOption(token.Value, Spelling.Nearest(token.Value, names)));
    }

    private static RootCommand Commands() => new(Help)
    {
        RunCommand.Create(), CheckCommand.Create(), SubmitCommand.Create(), WatchCommand.Create(), ShowCommand.Create(),
        Retry.RetryCommand.Create(), CompareCommand.Create(), GetCommand.Create(), CollectCommand.Create(), StudyCommand.Create(),
        EstimateCommand.Create(), OpenCommand.Create(), DevCommand.Create(), DoctorCommand.Create(), CompletionCommand.Create(),
    };
}
