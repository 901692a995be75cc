using System.CommandLine;

using IdfKit.Cli.Places;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study retry FILE</c>: runs rows anew.</summary>
internal static class RetryCommand
{
    private const string Name = "retry";

    private const string Help = """
        Runs rows of a study anew, whether they have changed or not: those that failed, those that failed for a reason, or
        those that are named. Other rows are left as they are. A row keeps its earlier results until it has ended anew.

        The options are those of 'idfkit study run'.

        Example: idfkit study retry office.study.csv --failed
        Exit codes: 0 every row of the study has completed; 1 a row has not, or there is no such row; 2 wrong usage.
        """;

    public static Command Create()
    {
        var (file, output, running, jobs) =
            (StudyArguments.File(), StudyArguments.Output(), StudyArguments.Running(), StudyArguments.Jobs());
        var names = new Argument<string[]>("NAME") { Description = "Rows, by their names.", Arity = ArgumentArity.ZeroOrMore };
        var failed = new Option<bool>("--failed") { Description = "The rows that did not complete. This is so when nothing else is said." };
        var reason = StudyArguments.NotEmpty(new Option<string?>("--reason")
        {
            Description = "The rows that ended with this reason, such as engine_fatal: 'idfkit study status' says them.", HelpName = "R",
        });
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { file, names, failed, reason, output };
        running.AddTo(command);
        command.Add(jobs);
        command.Add(json);
        command.Validators.Add(result =>
        {
            bool[] ways = [result.GetValue(failed), result.GetResult(reason) is not null, result.GetValue(names) is { Length: > 0 }];
            if (ways.Count(way => way) > 1) result.AddError(CliSentences.SeveralChoices);
        });
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            await using var place = StudyPlace.Of(parsed.GetValue(file)!, parsed.GetValue(output));
            var session = new StudySession(Name, place, running.Of(parsed), parsed.GetValue(jobs), parsed.GetValue(json));
            var choice = new RowChoice(parsed.GetValue(names) ?? [], parsed.GetValue(reason));
            return await session.RunAsync(async (plan, token) =>
            {
                var table = await StudyTable.CollectAsync(plan.Study, place.Output, cancellationToken: token);
                return plan.Only(choice.Of(table));
            }, cancellationToken);
        }));
        return command;
    }
}
