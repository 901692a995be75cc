using System.CommandLine;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Open;

/// <summary><c>idfkit open [PLACE]</c>: a page over a place.</summary>
internal static class OpenCommand
{
    public const string Name = "open";

    private const string Help = """
        Opens a page in the browser that shows all runs of PLACE as they go on: drop models on it, filter and sort, open reports,
        compare runs, run some again, see why some failed, download the table. Without PLACE: the current folder.

        The page is served on this machine alone, and answers only who has the address that is printed. Nothing is deployed
        for it; over s3:// it lists and reads with your own credentials. Models are run by whoever serves PLACE: a deployed
        function, 'idfkit dev', or with --serve (or by a button of the page) this command. Ctrl-C ends it.


        """ + PlaceArgument.About + """


        Example: idfkit open my-bucket --serve
        Exit codes: 0 stopped; 1 could not start; 2 wrong usage.
        """;

    public static Command Create()
    {
        var place = new Argument<string>("PLACE")
        {
            Description = "A folder, what 'idfkit dev' prints, or s3://bucket with or without a prefix.",
            Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => ".",
        };
        var port = NumberOption.Of("--port", 0, "TCP port of the page on 127.0.0.1; 0 takes a free one.", minimum: 0, maximum: 65_535);
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address, and open no browser." };
        var serve = new Option<bool>("--serve")
        {
            Description = "Run the models of PLACE here meanwhile, as 'idfkit dev PLACE' does; PLACE is a folder, created when absent.",
        };
        var command = new Command(Name, Help) { place, port, noBrowser, serve };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, () => new OpenSession(new()
        {
            Place = parsed.GetValue(place)!,
            Port = parsed.GetValue(port),
            OpensBrowser = !parsed.GetValue(noBrowser),
            Serves = parsed.GetValue(serve),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
