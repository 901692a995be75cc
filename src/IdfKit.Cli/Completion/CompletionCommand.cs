using System.CommandLine;

namespace IdfKit.Cli.Completion;

/// <summary><c>idfkit completion SHELL</c>: the script by which a shell asks this tool (<c>[suggest]</c>) what may follow.</summary>
internal static class CompletionCommand
{
    private const string Help = """
        Prints the script that makes SHELL complete idfkit's commands and options. Its first line says where it goes:

        bash  eval "$(idfkit completion bash)"       in ~/.bashrc
        zsh   eval "$(idfkit completion zsh)"        in ~/.zshrc, after compinit
        fish  idfkit completion fish | source        in ~/.config/fish/config.fish
        pwsh  idfkit completion pwsh | Out-String | Invoke-Expression   in $PROFILE

        Example: idfkit completion bash
        Exit codes: 0 printed; 2 wrong usage.
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", Help) { shell };
        command.SetAction(parsed => Console.Out.Write(ScriptFor(parsed.GetValue(shell)!)));
        return command;
    }

    private static string ScriptFor(string shell)
    {
        using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream("idfkit." + shell)!;
        return new StreamReader(script).ReadToEnd();
    }
}
