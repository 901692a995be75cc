using System.CommandLine;

using IdfKit.Cli.Places;
using IdfKit.Cli.Prices;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study status STUDY</c>: how far a study is.</summary>
internal static class StatusCommand
{
    private const string Name = "status";
    private const string NoRecord = "no_record";
    private const int MostLooks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private const string Help = """
        Says how far a study is: how many rows have ended in which way, which run now, and what failed, by cause. Writes
        nothing.

        Example: idfkit study status office.study.csv
        Exit codes: 0 no row has failed; 1 a row has, or there is no such study; 2 wrong usage.
        """;

    public static Command Create()
    {
        var (study, output) = (StudyArguments.FileOrFolder(), StudyArguments.Output());
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { study, output, json };
        var priced = new PricedOption("Say what the rows have cost on AWS.");
        priced.AddTo(command);
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            var prices = priced.Of(parsed);
            await using var place = await StudyPlace.FindAsync(parsed.GetValue(study)!, parsed.GetValue(output), cancellationToken);
            return await ShowAsync(place, prices, parsed.GetValue(json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ShowAsync(
        StudyPlace place, PriceChoice? prices, bool isJson, CancellationToken cancellationToken)
    {
        var study = await place.ReadAsync(null, cancellationToken);
        var isRun = StudyLock.IsTaken(place); // before the runs are looked at: it may end meanwhile
        var record = await LookAsync(study, place, isRun, cancellationToken);
        if (isJson)
        {
            StudySummary.WriteJson(Console.Out, record);
            return record.Failures.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        StudySummary.Write(Console.Out, record);
        StudySummary.WriteUsage(Console.Out, record, prices);
        var running = isRun ? study.Rows.Select(row => row.Name).Where(name => IsUnderWay(place, name)).ToList() : [];
        if (running.Count > 0) Console.Out.WriteLine(CliSentences.RunNow(running));
        else if (isRun) Console.Out.WriteLine(CliSentences.IsBeingRun);
        else if (record.Counts.GetValueOrDefault("not_run") > 0) Console.Out.WriteLine(CliSentences.GoOn("run", place.ShownFile));
        return record.Failures.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>On this machine results of a row are there a moment before its record: while rows run, that is waited for.</summary>
    private static async Task<StudyRecord> LookAsync(Study study, StudyPlace place, bool isRun, CancellationToken cancellationToken)
    {
        for (var more = MostLooks; ; more--)
        {
            var record = await StudyResults.LookAsync(study, place.Output, cancellationToken);
            if (!isRun || more == 1 || !record.Failures.Any(failure => failure.Reason == NoRecord)) return record;
            await Task.Delay(BetweenLooks, cancellationToken);
        }
    }

    /// <summary>A row that runs on this machine has a folder of work in that of its results.</summary>
    private static bool IsUnderWay(StudyPlace place, string name)
    {
        var folder = Path.Combine(place.Output, StudyRecordFile.RunsName, name);
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "idfkit-run-*").Any();
        }
        catch (IOException)
        {
            return false; // it has just ended
        }
    }
}
