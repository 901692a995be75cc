using System.CommandLine;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study run FILE</c>: runs what has not run yet.</summary>
internal static class RunStudyCommand
{
    private const string Name = "run";

    private const string Help = """
        Runs the rows of a study on this machine, several at a time, and makes the table and the page of all.

        What has run is not run again: a row runs when its values, the content of its model or its weather, its options or
        the EnergyPlus are others than those of the run in its folder. Ctrl-C stops; the same command goes on. A row that
        fails stops no other. Each row is an ordinary run in runs/NAME below the folder of the results, where also
        results.csv, results.parquet, index.html and study.json are.

        A study on S3 is run here, with its results on S3; nothing keeps two machines from running the same one at once.

        Example: idfkit study run office.study.csv --jobs 4
        Exit codes: 0 every row completed; 1 a row did not, or the study cannot be run, or it was stopped; 2 wrong usage.
        """;

    public static Command Create()
    {
        var (file, output, running, jobs) =
            (StudyArguments.File(), StudyArguments.Output(), StudyArguments.Running(), StudyArguments.Jobs());
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { file, output };
        running.AddTo(command);
        command.Add(jobs);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            await using var place = StudyPlace.Of(parsed.GetValue(file)!, parsed.GetValue(output));
            var session = new StudySession(Name, place, running.Of(parsed), parsed.GetValue(jobs), parsed.GetValue(json));
            return await session.RunAsync((plan, _) => Task.FromResult(plan), cancellationToken);
        }));
        return command;
    }
}
