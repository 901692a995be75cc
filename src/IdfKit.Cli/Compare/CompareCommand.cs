using System.CommandLine;
using System.Text.Json;

using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Compare;

/// <summary><c>idfkit compare A B</c>: two runs side by side, or many of two folders.</summary>
internal static class CompareCommand
{
    private const string Name = "compare";
    private const int MostRuns = 50;

    private const string Help = """
        Compares two runs: their figures with differences and percent, what they were made with, and what differs in the
        objects of their models. Or the runs of two folders, matched by their names, those first that differ most.

        A and B are places as 'idfkit show' takes them, of any kind each. Models are compared as long as they lie where they
        were when they ran, unchanged.


        """ + PlaceArgument.About + """


        Example: idfkit compare outputs/office outputs/office-triple
        Exit codes: 0 they were compared; 1 one of them is no run; 2 wrong usage.
        """;

    public static Command Create()
    {
        var a = PlaceArgument.Create("A", "The first: the folder of a run, or of many.");
        var b = PlaceArgument.Create("B", "The second.");
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { a, b, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, () => CompareAsync(
            parsed.GetValue(a)!, parsed.GetValue(b)!, parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> CompareAsync(string a, string b, bool isJson, CancellationToken cancellationToken)
    {
        await using var left = PlaceAddress.Open(a);
        await using var right = PlaceAddress.Open(b);
        var (folderA, folderB) = (await left.FindRunsAsync(cancellationToken), await right.FindRunsAsync(cancellationToken));
        var (runA, runB) = (await RunAsync(left, folderA, cancellationToken), await RunAsync(right, folderB, cancellationToken));
        if (runA is null && runB is null)
        {
            var folders = await ComparedFolders.OfAsync(left, folderA, right, folderB, cancellationToken);
            if (isJson) Console.Out.WriteLine(JsonSerializer.Serialize(folders, CompareJson.Readable.ComparedFolders));
            else folders.Write(Console.Out, MostRuns);
            return ExitCode.Success;
        }
        if (runA is null || runB is null) throw new CommandException(CliSentences.OneIsNoRun((runA is null ? left : right).Given));
        var comparison = await Comparison.OfAsync(runA, runB, Installed(), cancellationToken);
        if (isJson) Console.Out.WriteLine(JsonSerializer.Serialize(comparison, CompareJson.Readable.Comparison));
        else ComparisonText.Write(Console.Out, comparison);
        return ExitCode.Success;
    }

    private static async Task<ComparedRun?> RunAsync(Place place, string folder, CancellationToken cancellationToken)
    {
        if (await place.ReadSmallAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken) is not { } json) return null;
        var record = RunRecordFile.FromJson(json) ?? throw new CommandException(CliSentences.NoRecord(place.Shown(folder)));
        return new(place, folder, record);
    }

    /// <summary>Knows what fields are called; without one they are called by their place.</summary>
    internal static EnergyPlusInstallation? Installed()
    {
        var options = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables());
        try { return EnergyPlusInstallation.Find(options.EnergyPlusDirectory); }
        catch (EnergyPlusException) { return null; }
    }
}
