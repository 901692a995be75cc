using System.Diagnostics;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary>What the docs tell a modeller to type does what they say.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_of_the_page_of_studies_work_one_after_the_other()
    {
        var commands = CommandsOf(Repository.PathOf("docs", "studies.md"));
        Assert.Equal(
            ["new", "check", "run", "status", "collect", "retry", "clean", "expand"], commands.Select(command => command.Split(' ')[2]));
        foreach (var command in commands) await TypeAsync(command, _folder.Path);
        Assert.Equal(12, Directory.GetFiles(_folder["variants"]).Length);
        Assert.Equal(12, _folder.Runs().Count);
    }

    [Fact]
    public async Task Example_is_a_study_of_36_rows_and_its_first_command_works()
    {
        var commands = CommandsOf(Repository.PathOf("examples", "office-study", "README.md"));
        Assert.Equal(["check", "run"], commands.Select(command => command.Split(' ')[2]));
        var output = await TypeAsync(commands[0], Repository.PathOf("examples", "office-study"));
        Assert.Contains("office.study.csv: 36 rows, each a variant of one-zone.idf, with USA_CO_Golden", output, StringComparison.Ordinal);
    }

    private static List<string> CommandsOf(string page) =>
    [
        .. Typed().Matches(File.ReadAllText(page)).SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Where(line => line.StartsWith("idfkit ", StringComparison.Ordinal)),
    ];

    private static async Task<string> TypeAsync(string command, string folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path.GetDirectoryName(Tool.Program) + ":" + start.Environment["PATH"];
        foreach (var (name, value) in StudyFolder.Variables) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(StudyFolder.Token);
        var errors = await shell.StandardError.ReadToEndAsync(StudyFolder.Token);
        await shell.WaitForExitAsync(StudyFolder.Token);
        Assert.True(shell.ExitCode == 0, $"{command}: {await output}{errors}");
        return await output;
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Typed();
}
