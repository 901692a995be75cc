using TestBed;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>
/// What the pages tell a reader to type, typed one after the other with the real EnergyPlus and a bucket of this machine.
/// </summary>
public sealed class CommandTests
{
    /// <summary>Commands whose exit code says something else than 0 in the place where they are typed, as the page says.</summary>
    private static readonly Dictionary<string, int> Answers = new()
    {
        ["idfkit retry s3://BUCKET/p --reason deadline"] = 1, // none has failed
    };

    public static TheoryData<string> Pages =>
        [.. Page.Names.Except(Elsewhere.Pages).Where(name => Page.Read(name).Fences.Any(fence => fence.IsRun))];

    [Theory, MemberData(nameof(Pages))]
    public async Task Commands_of_a_page_work_one_after_the_other(string name)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var commands = CommandsOf(name);
        if (commands.Any(command => command.StartsWith("aws ", StringComparison.Ordinal)))
            await TestBed.Tool.RequireAsync(Needs.AwsCommand, "aws", "--version");
        await using var shell = new PageShell();
        foreach (var command in commands) await shell.TypeAsync(command, Answers.GetValueOrDefault(command));
    }

    [Fact]
    public async Task A_command_that_does_not_work_is_noticed()
    {
        await using var shell = new PageShell();
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => shell.TypeAsync("idfkit show s3://BUCKET/nothing"));
        Assert.Contains("exit code 1 and not 0", thrown.Message, StringComparison.Ordinal);
    }

    private static List<string> CommandsOf(string name) =>
    [
        .. Page.Read(name).Fences.Where(fence => fence.IsRun).SelectMany(fence => fence.Commands())
            .Where(command => !Elsewhere.Tests.ContainsKey(command)),
    ];
}
