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

    /// <summary>What somebody must be able to read of each row, whole and on a line that fits: no two rows look the same.</summary>
    public static TheoryData<string, string[]> Needed => new()
    {
        {
            "show {bucket}",
            [
                "RUN +STATUS", @"a-model-\S+…\S+-wide-0 +completed", @"a-model-\S+…\S+-wide-1 +completed",
                @"a-model-\S+…\S+-wide-2 +failed \(fatal\)",
            ]
        },
        {
            "show {bucket/outputs/" + Long + "-0}",
            [" *Status +│ completed", " *Weather +│ none: design", " *│ days only", @" *Warnings +│ 2 \(severe", @" *│ de-0\.idf"]
        },
        {
            "compare {bucket/outputs/" + Long + "-0} {bucket/outputs/" + Long + "-1}",
            ["FIGURE +A +B", "site_energy_kwh +0 +34,293,527.78", "site_eui_kwh_m2 +0 +123,456.7", "simulate_seconds +1.5 +1.5"]
        },
        {
            "compare {bucket} {bucket}",
            [
                "RUN +A kWh/m² +B kWh/m²", @"a-model\S+…\S+e-0 +0 +0", @"a-model\S+…\S+e-1 +123,456.7 +123,456.7",
                @"a-model\S+…\S+e-2 +246,913.4 +246,913.4",
            ]
        },
        { "watch {bucket}", ["━+ 3/3", "2 completed, 1 failed", "3 runs: 2 completed, 1 failed."] },
        { "get {bucket} -o {got}", ["[━─]+ [1-3]/3 runs, .*B"] },
        { "collect {bucket} -o {runs.csv}", ["0 of 3 runs"] },
        { "retry {bucket} --dry-run", ["1 model would be run again."] },
        { "submit {models} --to {bucket} --dry-run", [@"put +…\S*-is-wide\.idf +6\.\d kB", @"1 run, 1 file to put, 6\.\d kB\."] },
        { "submit {models} --to {bucket}", [@"━+ 1/1 files, 6\.\d kB.*"] },
        { "estimate {models}", [@"…\S*-is-wide\.idf +0\.3 s +\$0\.\d+"] },
        { "run {models} -o {out}", ["[━─]+ 0/1: a-model-whos…", "1 run: 1 completed."] },
        { "dev {served} --until-idle", [@"…\S*-is-wide\.idf  \w.*", "✓ completed.*", "1 completed."] },
        { "study check {office.study.csv} --price", ["  Building//North Axis", "    field, 1 object, 2 values"] },
        { "study run {office.study.csv} --jobs 1", ["[01] of 2 rows.*", "2 rows: 2 completed."] },
        { "study status {office.study.csv} --price", ["2 rows: 2 not run."] },
    };

    [Theory, MemberData(nameof(Needed))]
    public async Task What_is_needed_stands_whole_on_lines_of_their_own(string typed, string[] needed)
    {
        var lines = PseudoTerminal.Lines(await WrittenAsync(typed)).ToList();
        foreach (var one in needed)
            Assert.Contains(lines, line => line.Length <= Columns && Regex.IsMatch(line, $"^{one}$", RegexOptions.CultureInvariant));
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
