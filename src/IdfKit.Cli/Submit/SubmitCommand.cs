using System.CommandLine;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Submit;

/// <summary><c>idfkit submit FILES… --to PLACE</c>: puts models where they are run.</summary>
internal static class SubmitCommand
{
    private const string Name = "submit";

    private const string Help = """
        Puts models where they are run, with the weather and the files that they name: those first, so that each model is run
        once. What is there already with the same content is left alone, so that the same command goes on where it was
        stopped. Before anything is put the models are checked as 'idfkit check' does, and it is said how many runs that is.

        FILES are models (.idf, .epJSON), bundles (.zip), folders of them, or patterns ('models/**/*.idf'); below a folder or
        the fixed part of a pattern paths are kept. PLACE is a folder that 'idfkit dev' serves, the address that it prints, or
        s3://bucket with or without a prefix; the models go below inputs/ there.


        """ + PlaceArgument.About + """


        Example: idfkit submit models/ --to s3://models/projects/p --weather golden.epw --watch
        Exit codes: 0 everything is there (with --watch: and completed); 1 it is not; 2 wrong usage.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES") 
        {
            Description = "Models, bundles, folders or patterns.", Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--to") { Description = "Where they are run.", HelpName = "PLACE", Required = true };
        var weather = new Option<string?>("--weather") 
        {
            Description = "The weather of all of them, a file of this machine.", HelpName = "FILE",
        };
        var annual = new Option<bool>("--annual") { Description = "Run the whole weather file, whatever the models say." };
        var label = new Option<string?>("--label") { Description = "A name for people, which stands in every record.", HelpName = "TEXT" };
        var tags = new Option<string[]>("--tags") 
        {
            Description = "For the table and for S3; may be given more than once.", HelpName = "KEY=VALUE",
        };
        var skip = new Option<bool>("--skip-refused") 
        {
            Description = "Put the others when some models would be refused; otherwise nothing is put.",
        };
        var dry = PlaceArgument.DryRun("Say what would be put, and put nothing.");
        var watch = new Option<bool>("--watch") { Description = "Watch the runs until they have ended." };
        var json = PlaceArgument.Json();
        label.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string?>();
            if (text is not null && SubmitWords.OfCommand.FaultOfLabel(text) is { } fault) result.AddError(fault);
        });
        tags.Validators.Add(result =>
        {
            if (SubmitWords.OfCommand.FaultOfTags([.. result.Tokens.Select(token => token.Value)]) is { } fault) result.AddError(fault);
        });
        var command = new Command(Name, Help) { files, to, weather, annual, label, tags, skip, dry, watch, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, async () =>
        {
            var options = new SubmitOptions
            {
                Files = parsed.GetValue(files)!,
                To = parsed.GetValue(to)!,
                Weather = parsed.GetValue(weather),
                Annual = parsed.GetValue(annual),
                Label = parsed.GetValue(label),
                Tags = parsed.GetValue(tags) ?? [],
                SkipsRefused = parsed.GetValue(skip),
                IsDry = parsed.GetValue(dry),
                Watches = parsed.GetValue(watch),
                IsJson = parsed.GetValue(json),
            };
            await using var place = PlaceAddress.Open(options.To);
            return await new SubmitSession(place, options).RunAsync(cancellationToken);
        }));
        return command;
    }
}
