using System.CommandLine;

using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Get;

/// <summary><c>idfkit get PLACE</c>: fetches the files of runs.</summary>
internal static class GetCommand
{
    private const string Name = "get";

    private const string Help = """
        Fetches the files of a run, or of all runs below a folder: those that the records list, each checked against its
        checksum, and last the records, so that 'idfkit show' reads the folder here. What is here already is left alone: the
        same command goes on where it was stopped. A file of an earlier run that was fetched into the same folder is replaced;
        one that is not as it was fetched is named and left, unless --overwrite is given. Runs that have not ended are left
        out.

        GLOB is a pattern of files as docs/storage-contract.md describes it: 'report.html', '*.sql', 'timeseries.*'.


        """ + PlaceArgument.About + """


        Example: idfkit get s3://models/outputs/p --files report.html --files '*.csv' -o p
        Exit codes: 0 everything was fetched; 1 something was not, or there is no run; 2 wrong usage.
        """;

    public static Command Create()
    {
        var place = PlaceArgument.Create("PLACE", "The folder of a run, or of many.");
        var files = new Option<string[]>("--files") { Description = "Only these files; may be given more than once.", HelpName = "GLOB" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The folder to write into. Otherwise one called like the folder that was named.", HelpName = "DIR",
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace files here that no earlier call has fetched." };
        var json = PlaceArgument.Json();
        files.Validators.Add(result =>
        {
            foreach (var pattern in result.Tokens.Select(token => token.Value))
                if (WhyNoPattern(pattern) is { } why) result.AddError(why);
        });
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && string.IsNullOrWhiteSpace(path)) result.AddError(CliSentences.Empty("DIR"));
        });
        var command = new Command(Name, Help) { place, files, output, overwrite, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, async () =>
        {
            await using var opened = PlaceAddress.Open(parsed.GetValue(place)!);
            var options = new GetOptions(
                parsed.GetValue(files) ?? [], parsed.GetValue(output), parsed.GetValue(overwrite), parsed.GetValue(json));
            return await new GetSession(opened, options).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static string? WhyNoPattern(string pattern)
    {
        if (pattern.Length == 0) return CliSentences.Empty("GLOB");
        try { _ = new GlobPattern(pattern); }
        catch (ArgumentException wrong) { return wrong.Message; }
        return null;
    }
}
