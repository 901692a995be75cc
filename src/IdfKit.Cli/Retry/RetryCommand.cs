using System.CommandLine;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Retry;

/// <summary><c>idfkit retry PLACE</c>: runs models again.</summary>
internal static class RetryCommand
{
    private const string Name = "retry";

    private const string Help = """
        Runs models again: those that did not complete, those that failed for a reason, or those that are named. Each is put
        onto itself, so that the function is told of it once more; results stay until the new run replaces them.

        KEY is a model's key (inputs/p/office.idf), its name (p/office.idf) or the folder of its results. Rows of studies are
        run again by 'idfkit study retry'.


        """ + PlaceArgument.About + """


        Example: idfkit retry s3://models --reason timeout --dry-run
        Exit codes: 0 all were put again (with --watch: and completed); 1 some were not, or there is none; 2 wrong usage.
        """;

    public static Command Create()
    {
        var place = PlaceArgument.Create("PLACE", "Where the models were put.");
        var keys = new Argument<string[]>("KEY") { Description = "Models, by key or name.", Arity = ArgumentArity.ZeroOrMore };
        var failed = new Option<bool>("--failed") { Description = "Those that did not complete. This is so when nothing else is said." };
        var reason = new Option<string?>("--reason") { Description = "Those with this reason: 'idfkit show' says them.", HelpName = "R" };
        var dry = PlaceArgument.DryRun("Say what would be run again, and put nothing.");
        var watch = new Option<bool>("--watch") { Description = "Watch the runs until they have ended." };
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { place, keys, failed, reason, dry, watch, json };
        command.Validators.Add(result =>
        {
            bool[] ways = [result.GetValue(failed), result.GetResult(reason) is not null, result.GetValue(keys) is { Length: > 0 }];
            if (ways.Count(way => way) > 1) result.AddError(CliSentences.SeveralRunChoices);
        });
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, async () =>
        {
            await using var opened = PlaceAddress.Open(parsed.GetValue(place)!);
            var choice = new RetryChoice(opened, parsed.GetValue(keys) ?? [], parsed.GetValue(reason));
            var options = new RetryOptions(parsed.GetValue(dry), parsed.GetValue(watch), parsed.GetValue(json));
            return await new RetrySession(opened, choice, options).RunAsync(cancellationToken);
        }));
        return command;
    }
}
