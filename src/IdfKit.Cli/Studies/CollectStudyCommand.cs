using System.CommandLine;

using IdfKit.Cli.Places;
using IdfKit.Cli.Prices;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study collect STUDY</c>: the table and the page anew.</summary>
internal static class CollectStudyCommand
{
    private const string Name = "collect";

    private const string Help = """
        Makes the table and the page of a study anew of the runs that there are, at any time, also while rows run. Rows
        without a run have the status not_run.

        Example: idfkit study collect office.study.csv
        Exit codes: 0 table and page were written; 1 they were not; 2 wrong usage.
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
            var read = await place.ReadAsync(null, cancellationToken);
            var record = await StudyResults.CollectAsync(read, place.Output, cancellationToken: cancellationToken);
            if (parsed.GetValue(json))
            {
                StudySummary.WriteJson(Console.Out, record);
                return ExitCode.Success;
            }
            StudySummary.Write(Console.Out, record);
            StudySummary.WriteUsage(Console.Out, record, prices);
            StudySummary.WritePlaces(Console.Out, place);
            return ExitCode.Success;
        }));
        return command;
    }
}
