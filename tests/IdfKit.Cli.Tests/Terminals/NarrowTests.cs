using System.Text.RegularExpressions;

using IdfKit.Cli.Tests.Verbs;
using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Cli.Tests.Terminals;

/// <summary>What each command draws in a terminal of 40 columns, and with NO_COLOR.</summary>
public sealed partial class NarrowTests : IDisposable
{
    private const int Columns = 40;
    private const string Long = "a-model-whose-name-is-longer-than-any-narrow-terminal-is-wide";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };

    /// <summary>In braces what stands in the folder of the test.</summary>
    public static TheoryData<string> Drawing =>
    [
        "show {bucket}", "show {bucket/outputs/" + Long + "-0}", "compare {bucket/outputs/" + Long + "-0} {bucket/outputs/" + Long + "-1}",
        "compare {bucket} {bucket}", "watch {bucket}", "get {bucket} -o {got}", "collect {bucket} -o {runs.csv}",
        "retry {bucket} --dry-run", "submit {models} --to {bucket} --dry-run", "submit {models} --to {bucket}", "estimate {models}",
        "check {models}", "run {models} -o {out}", "dev {served} --until-idle", "doctor",
        "study check {office.study.csv} --price", "study run {office.study.csv} --jobs 1", "study status {office.study.csv} --price",
        "study retry {office.study.csv}", "study collect {office.study.csv} --price", "study expand {office.study.csv} -o {variants}",
        "study clean {office.study.csv}", "study new {models/" + Long + ".idf} --vary Building//north_axis=0,90 -o {new.study.csv}",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Drawing))]
    public async Task Table_and_bar_fit_a_narrow_terminal(string typed)
    {
        var written = await WrittenAsync(typed);
        Assert.NotEmpty(written);
        Assert.DoesNotContain("   at ", written, StringComparison.Ordinal);
        Assert.DoesNotContain(PseudoTerminal.Lines(written), line => IsDrawn(line) && line.Length > Columns);
    }

    [Theory]
    [InlineData("show {bucket/outputs/" + Long + "-0}")]
    [InlineData("dev {served} --until-idle")]
    public async Task Nothing_has_a_color_where_none_is_wanted(string typed)
    {
        _variables["NO_COLOR"] = "1";
        Assert.DoesNotMatch(Colored(), await WrittenAsync(typed));
    }

    /// <summary>A row has two blanks between its cells; a sentence has none, a label and what it names have them once.</summary>
    private static bool IsDrawn(string line) => Cells().IsMatch(line) && !Ended().IsMatch(line);

    private async Task<string> WrittenAsync(string typed)
    {
        await FillAsync();
        string[] arguments =
        [
            .. Argument().Matches(typed).Select(word => word.Groups["path"] is { Success: true } path
                ? _folder[path.Value.Split('/')]
                : word.Value),
        ];
        return (await PseudoTerminal.RunAsync(Columns, _variables, arguments)).Written;
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(_folder["bucket", "inputs"]);
        Directory.CreateDirectory(_folder["models"]);
        Directory.CreateDirectory(_folder["served", "inputs"]);
        DesignDays.Write(_folder["office.idf"]);
        foreach (var folder in (string[])["models", "served/inputs"]) DesignDays.Write(_folder[$"{folder}/{Long}.idf"]);
        await File.WriteAllTextAsync(
            _folder["office.study.csv"], $"name,Building//North Axis\n{Long},1\nb,2\n", TestContext.Current.CancellationToken);
        await using var files = new AsyncLocalFileSystem(_folder["bucket"]);
        for (var i = 0; i < 3; i++)
        {
            var key = $"inputs/{Long}-{i}.idf";
            await files.WriteTextAsync(key, Recorded.Model);
            var (status, reason) = i == 2 ? (RunStatus.Failed, "fatal") : (RunStatus.Completed, null);
            await Recorded.EndAsync(files, key, status, reason, Long, 123_456.7 * i);
        }
    }

    [GeneratedRegex(@"\{(?<path>[^}]+)\}|\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"[━─│]|\S {2,}\S.*\S {2,}\S")]
    private static partial Regex Cells();

    // A line for each run that has ended, with its sentence, is no row of a table.
    [GeneratedRegex(@"\(\d+ of \d+\)")]
    private static partial Regex Ended();

    [GeneratedRegex(@"\u001b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|38|48)[0-9;]*m")]
    private static partial Regex Colored();
}
