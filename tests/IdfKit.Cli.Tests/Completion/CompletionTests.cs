using System.Diagnostics;

namespace IdfKit.Cli.Tests;

/// <summary>The scripts of <c>idfkit completion</c>, loaded by the shells themselves.</summary>
public sealed class CompletionTests
{
    private static readonly Dictionary<string, string> OnPath = new()
    {
        ["PATH"] = Path.GetDirectoryName(Tool.Program) + ":" + Environment.GetEnvironmentVariable("PATH"),
    };

    // As bash calls a completion: the words, which of them, the line and the place in it. Prints how many it has, then each.
    private const string Bash = """
        eval "$(idfkit completion bash)"
        read -ra COMP_WORDS <<<"$1"; [[ $1 == *' ' ]] && COMP_WORDS+=("")
        COMP_LINE=$1 COMP_POINT=${#1} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _idfkit idfkit "${COMP_WORDS[COMP_CWORD]}" && printf '%s\n' "${#COMPREPLY[@]}" "${COMPREPLY[@]}"
        """;

    [Theory]
    [InlineData("idfkit d", "dev,doctor")]
    [InlineData("idfkit study ru", "run")]
    [InlineData("idfkit dev --con", "--concurrency")]
    [InlineData("idfkit dev my-bucket --unt", "--until-idle")]
    [InlineData("idfkit completion z", "zsh")]
    [InlineData("idfkit dev ", "")] // files are bash's own to offer
    [InlineData("idfkit dev 'a b", "")]
    [InlineData("idfkit no-such-command --x", "")]
    public async Task Bash_completes_commands_and_options(string line, string expected)
    {
        var said = await ShellAsync("bash", "-c", Bash, "bash", line);
        var words = expected.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"{words.Length}", .. words], said); // one empty word would keep bash from offering files
    }

    [Fact]
    public async Task Bash_completes_every_command_after_the_name()
    {
        var said = await ShellAsync("bash", "-c", Bash, "bash", "idfkit ");
        string[] commands = ["check", "collect", "completion", "dev", "doctor", "show", "study"];
        foreach (var command in commands) Assert.Contains(command, said);
        Assert.DoesNotContain(said, word => word.StartsWith('-'));
        Assert.DoesNotContain("function", said); // the tool's other role is nobody's command
    }

    [Fact]
    public async Task Fish_completes_commands_and_options()
    {
        await TestBed.Tool.RequireAsync("needs fish: apt-get install fish", "fish", "--version");
        var said = await ShellAsync("fish", "-c", "idfkit completion fish | source; complete -C 'idfkit dev --con'");
        Assert.Equal(["--concurrency"], said);
    }

    [Fact]
    public async Task Zsh_completes_commands_and_options()
    {
        await TestBed.Tool.RequireAsync("needs zsh: apt-get install zsh", "zsh", "--version");
        // What compadd is given, which only a terminal would show.
        var said = await ShellAsync("zsh", "-fc", """
            compdef() { :; }; _files() { print files; }; compadd() { shift; print -l -- "$@"; }
            eval "$(idfkit completion zsh)"
            words=(idfkit dev --con) CURRENT=3; _idfkit
            words=(idfkit dev '') CURRENT=3; _idfkit
            """);
        Assert.Equal(["--concurrency", "files"], said);
    }

    [Theory]
    [InlineData("completion")]
    [InlineData("completion", "cmd")]
    public async Task Shell_that_is_none_is_wrong_usage(params string[] arguments) =>
        Assert.Equal(2, (await Tool.RunAsync(null, arguments)).ExitCode);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_script_asks_the_tool(string shell)
    {
        var (exitCode, script) = await Tool.RunAsync(null, "completion", shell);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("# Completes idfkit in ", script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
    }

    private static async Task<string[]> ShellAsync(string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in OnPath) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(error.Length == 0, error);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
