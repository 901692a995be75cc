using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary>A folder with the example model, its design days instead of its year, and what a user does there.</summary>
internal sealed class StudyFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StudyFolder()
    {
        DesignDays.Write(_folder["office.idf"]);
        File.Copy(RealParts.Weather("Golden"), _folder["office.epw"]);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Dictionary<string, string> Variables { get; } = new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };

    public string Path => _folder.Path;

    public string Study => _folder["office.study.csv"];

    public string this[params string[] segments] => _folder[segments];

    public StudyFolder With(string csv)
    {
        File.WriteAllText(Study, csv);
        return this;
    }

    /// <summary>So many rows, which differ in the building's axis.</summary>
    public StudyFolder WithRows(int count) =>
        With("name,Building//North Axis\n" + string.Concat(Enumerable.Range(1, count).Select(row => $"r{row:00},{row}\n")));

    public static Task<(int ExitCode, string Output)> IdfKitAsync(params string[] arguments) =>
        Tool.RunAsync(Variables, ["study", .. arguments]);

    /// <summary>That a command succeeds and says something.</summary>
    public static async Task SaysAsync(string said, params string[] arguments)
    {
        var (exitCode, output) = await IdfKitAsync(arguments);
        Assert.True(exitCode == 0, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    /// <summary>When each run ended that is there, by its name.</summary>
    public Dictionary<string, DateTime> Runs() => !Directory.Exists(_folder["office.study", "runs"])
        ? []
        : Directory.GetFiles(_folder["office.study", "runs"], "run.json", SearchOption.AllDirectories)
            .ToDictionary(file => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file)!), File.GetLastWriteTimeUtc);

    public void Dispose() => _folder.Dispose();
}
