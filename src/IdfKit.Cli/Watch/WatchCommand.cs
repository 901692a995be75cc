using System.CommandLine;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Watch;

/// <summary><c>idfkit watch PLACE</c>: how far everything is that was put there.</summary>
internal static class WatchCommand
{
    private const string Name = "watch";

    private const string Help = """
        Shows how many models wait, run and have ended in PLACE, which run now and how far they are, and what failed; and ends
        when nothing is open any more. On a terminal in a few lines that change, elsewhere in a line for each change.

        Each look lists the results once and reads the records that have changed since. Ctrl-C stops watching; what runs
        goes on.


        """ + PlaceArgument.About + """


        Example: idfkit watch s3://models/projects/p --every 10
        Exit codes: 0 every run completed; 1 one did not, there is none, or it was stopped; 2 wrong usage.
        """;

    public static Command Create()
    {
        var place = PlaceArgument.Create("PLACE", "Where the models were put.");
        var every = NumberOption.Of("--every", otherwise: 5, "Seconds between two looks, from 1 to 3600.", minimum: 1, maximum: 3_600);
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { place, every, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, async () =>
        {
            await using var opened = PlaceAddress.Open(parsed.GetValue(place)!);
            var options = new WatchOptions { Every = TimeSpan.FromSeconds(parsed.GetValue(every)), IsJson = parsed.GetValue(json) };
            return await new WatchSession(opened, options, TimeProvider.System).RunAsync(cancellationToken);
        }));
        return command;
    }
}
