using System.CommandLine;

using IdfKit.Cli.Places;
using IdfKit.Cli.Studies;
using IdfKit.Runs;

namespace IdfKit.Cli.Simulate;

/// <summary><c>idfkit run FILES…</c>: simulates models here, without any bucket.</summary>
internal static class RunCommand
{
    private const string Name = "run";

    private const string Help = """
        Simulates models on this machine, several at once. Each has a folder in DIR with its results and its record, which
        'idfkit show DIR' and 'idfkit compare' read.

        FILES are models (.idf, .epJSON), folders of them, or patterns ('models/**/*.idf'). The weather is --weather, else the
        .epw called like the model, else the only one beside it. What is in DIR already, of the same files and options, is
        not run again, so that the same command goes on where it was stopped; files that a model names are not looked at for
        that, and a model that was simulated whole is not simulated again in parts. Job files are not read.

        Example: idfkit run models/ --weather golden.epw -o results
        Exit codes: 0 every run completed; 1 one did not, or it was stopped; 2 wrong usage.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES") { Description = "Models, folders or patterns.", Arity = ArgumentArity.OneOrMore };
        var output = StudyArguments.NotEmpty(new Option<string>("--output", "-o")
        {
            Description = "The folder of the results.", HelpName = "DIR", DefaultValueFactory = _ => "results",
        });
        var weather = StudyArguments.NotEmpty(new Option<string?>("--weather")
        {
            Description = "The weather of all models.", HelpName = "FILE",
        });
        var annual = new Option<bool>("--annual") { Description = "Run the whole weather file, whatever the models say." };
        var designDay = new Option<bool>("--design-day") { Description = "Run the design days only." };
        var jobs = NumberOption.OrNone(
            "--jobs", "How many run at once, from 1 to 1000. Otherwise as many as there are processors.", minimum: 1, maximum: 1_000);
        var parallel = new Option<string>("--parallel")
        {
            Description = "What of one model goes on side by side: off, periods or year.",
            HelpName = "WHAT", DefaultValueFactory = _ => "off",
        };
        parallel.AcceptOnlyFromAmong([.. ParallelismNames.All]);
        var force = new Option<bool>("--force") { Description = "Run again what has run." };
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { files, output, weather, annual, designDay, parallel, jobs, force, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(annual) && result.GetValue(designDay)) result.AddError(CliSentences.BothPeriods);
        });
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, () => new RunSession(new()
        {
            Files = parsed.GetValue(files)!,
            Output = parsed.GetValue(output)!,
            Weather = parsed.GetValue(weather),
            Annual = parsed.GetValue(annual),
            DesignDay = parsed.GetValue(designDay),
            Parallel = ParallelismNames.Parse(parsed.GetValue(parallel)!)!.Value,
            IsForced = parsed.GetValue(force),
            Jobs = parsed.GetValue(jobs),
            IsJson = parsed.GetValue(json),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
