using System.CommandLine;

using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study clean FILE</c>: removes the runs of rows that have gone.</summary>
internal static class CleanCommand
{
    private const string Name = "clean";

    private const string Help = """
        Lists the runs of rows that are no rows of the study any more, and with --yes removes their folders. Nothing else is
        touched: folders in which no run is, and files beside them, stay.

        Example: idfkit study clean office.study.csv
        Exit codes: 0 they were listed, or removed; 1 they could not be; 2 wrong usage.
        """;

    public static Command Create()
    {
        var (file, output) = (StudyArguments.File(), StudyArguments.Output());
        var yes = new Option<bool>("--yes") { Description = "Remove what is listed." };
        var command = new Command(Name, Help) { file, output, yes };
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            await using var place = StudyPlace.Of(parsed.GetValue(file)!, parsed.GetValue(output));
            return await CleanAsync(place, parsed.GetValue(yes), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> CleanAsync(StudyPlace place, bool isMeant, CancellationToken cancellationToken)
    {
        var study = await place.ReadAsync(null, cancellationToken);
        var gone = await GoneAsync(place, study, cancellationToken);
        foreach (var name in gone) Console.Out.WriteLine(place.Shown($"{StudyRecordFile.RunsName}/{name}"));
        if (gone.Count == 0 || !isMeant)
        {
            Console.Out.WriteLine(CliSentences.WouldRemove(gone.Count));
            return ExitCode.Success;
        }
        using var right = await StudyLock.TakeAsync(place, cancellationToken);
        var (files, path) = place.Results;
        foreach (var name in gone)
            await files.RemoveFolderAsync(StoragePath.Join(path, $"{StudyRecordFile.RunsName}/{name}"), cancellationToken);
        Console.Out.WriteLine(CliSentences.Removed(gone.Count));
        return ExitCode.Success;
    }

    /// <summary>Folders with runs, directly below that of all runs, that are called like no row.</summary>
    private static async Task<List<string>> GoneAsync(StudyPlace place, Study study, CancellationToken cancellationToken)
    {
        var table = await StudyTable.CollectAsync(study, place.Output, cancellationToken: cancellationToken);
        var rows = study.Rows.Select(row => Fold(row.Name)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. table.Runs.Rows.Select(run => run.Folder.Split('/')[0]).Distinct(StringComparer.Ordinal)
                .Where(folder => folder.Length > 0 && !rows.Contains(Fold(folder))),
        ];
    }

    // A disk may take two such names for one.
    private static string Fold(string name) => name.Normalize().ToUpperInvariant();
}
