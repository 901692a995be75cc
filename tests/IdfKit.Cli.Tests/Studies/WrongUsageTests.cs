using System.Collections.Concurrent;
using System.CommandLine;

using IdfKit.Cli.Studies;

using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary>Whatever stands on the command line, what is said of it is a sentence.</summary>
public sealed class WrongUsageTests : IDisposable
{
    private static readonly string[] Nonsense =
        ["", " ", "-5", "99999999999999999999", "s3:x/y.study.csv", "../../\u0001\n", new string('ä', 5_000), "/dev/null"];

    private readonly StudyFolder _folder = new();

    public static TheoryData<string> Commands => [.. StudyCommand.Create().Subcommands.Select(command => command.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Commands))]
    public async Task Nonsense_for_any_option_is_a_sentence(string name)
    {
        var command = StudyCommand.Create().Subcommands.Single(command => command.Name == name);
        var options = command.Options.Where(option => option.ValueType != typeof(bool)).Select(option => option.Name).ToList();
        List<string[]> all = [];
        foreach (var value in Nonsense)
        {
            all.Add([value]);
            all.AddRange(options.Select(option => (string[])[_folder.Study, option, value]));
        }
        if (name is "new") all.AddRange(Nonsense.Select(value => (string[])[_folder["office.idf"], "--vary", "a=1", "--sample", value]));
        _folder.With("name,Nothing//Of the kind\na,1\n"); // nothing runs
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (arguments, _) =>
        {
            var (exitCode, output) = await StudyFolder.IdfKitAsync([name, .. arguments]);
            var isTrace = output.Contains("   at ", StringComparison.Ordinal) || output.Contains("Exception", StringComparison.Ordinal);
            if (exitCode is not (1 or 2) || isTrace)
                faults.Add($"{string.Join(' ', arguments)} ends with {exitCode}: {output}");
        });
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var said = new List<string>();
        foreach (var command in StudyCommand.Create().Subcommands.Select(command => command.Name).Prepend(""))
        {
            var (exitCode, output) = await Tool.RunAsync(null, ["study", .. command.Length == 0 ? [] : (string[])[command], "--help"]);
            Assert.Equal(0, exitCode);
            said.Add(output.Trim());
        }
        var text = string.Join("\n\n---\n\n", said) + "\n";
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Studies", "study-help.txt");
        Assert.Equal(await File.ReadAllTextAsync(reviewed, StudyFolder.Token), text);
    }
}
