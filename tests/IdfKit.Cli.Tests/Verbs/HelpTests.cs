using System.CommandLine;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>What people read first.</summary>
public sealed class HelpTests
{
    private static readonly string[] Commands = ["", "run", "check", "submit", "watch", "show", "retry", "compare", "get", "open"];

    [Fact]
    public void Every_command_has_an_example_and_its_exit_codes()
    {
        List<string> lacking = [];
        Look(IdfkitCommand.Create(), "idfkit");
        Assert.Empty(lacking);

        void Look(Command command, string path)
        {
            foreach (var below in command.Subcommands) Look(below, $"{path} {below.Name}");
            if (command.Subcommands.Count > 0) return;
            if (command.Description?.Contains($"Example: {path}", StringComparison.Ordinal) != true) lacking.Add($"{path}: example");
            if (command.Description?.Contains("Exit codes: ", StringComparison.Ordinal) != true) lacking.Add($"{path}: exit codes");
        }
    }

    [Fact]
    public async Task Help_is_as_reviewed_and_has_an_example()
    {
        var said = new List<string>();
        foreach (var command in Commands)
        {
            var (exitCode, output) = await Tool.RunAsync(null, [.. command.Length == 0 ? [] : (string[])[command], "--help"]);
            Assert.Equal(0, exitCode);
            if (command.Length > 0) Assert.Contains($"Example: idfkit {command} ", output, StringComparison.Ordinal);
            said.Add(output.Trim());
        }
        var text = string.Join("\n\n---\n\n", said) + "\n";
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Verbs", "verbs-help.txt");
        Assert.Equal(await File.ReadAllTextAsync(reviewed, TestContext.Current.CancellationToken), text);
    }
}
