using System.CommandLine;
using Spectre.Console;

namespace IdfKit.Cli.Dev;

/// <summary><c>idfkit dev</c>: its arguments and its help.</summary>
internal static class DevCommand
{
    private const string Help = """
        Serves FOLDER as an S3 bucket and runs the function on what is dropped into FOLDER/inputs/, by hand or over S3.
        Results appear in FOLDER/outputs/.

        What lies in the inputs without a current result when it starts is run at once: new and changed models, and those that
        were interrupted.

        The function sees ENERGYPLUS_DIR and every IDFKIT_* variable of this environment. Ctrl-C stops everything, and once
        more ends it at once; the next start runs what was left.

        Example: idfkit dev my-bucket --drop golden.epw office.idf --until-idle
        Exit codes: 0 stopped, or every run completed; 1 could not start, or (with --once and --until-idle) a run did not
        complete; 2 wrong usage.
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder that is the bucket; created when absent." };
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }]
                && (given.StartsWith("s3:", StringComparison.OrdinalIgnoreCase) || given.Contains("://", StringComparison.Ordinal)))
                result.AddError(CliSentences.NothingToServe(given));
        });
        var bootstrap = new Option<string?>("--bootstrap")
        {
            Description = "The function's executable. Otherwise IDFKIT_BOOTSTRAP, else 'bootstrap' beside this tool, "
                + "else artifacts/publish/bootstrap of the checkout, else this tool itself.",
            HelpName = "PATH",
        };
        var port = NumberOption.Of("--port", 0, "TCP port of the bucket on 127.0.0.1; 0 takes a free one.", minimum: 0, maximum: 65_535);
        var concurrency = NumberOption.OrNone(
            "--concurrency", "Function processes, each running one model at a time. Otherwise one for each processor.",
            minimum: 1, maximum: DevOptions.MostConcurrency);
        var timeout = NumberOption.Of(
            "--timeout", 900, "Seconds that one invocation may take, as Lambda's own limit.", minimum: 1, maximum: 86_400);
        var memory = NumberOption.Of("--memory", 3008, "Megabytes that the function is told it has.", minimum: 128, maximum: 1_048_576);
        var once = new Option<string[]>("--once")
        {
            Description = "Run these inputs, which are in the folder already, then exit. Keys, such as inputs/office.idf.",
            HelpName = "KEY",
            AllowMultipleArgumentsPerToken = true,
        };
        var drop = new Option<string[]>("--drop")
        {
            Description = "Put these files into the inputs over S3 as soon as everything is up, in this order: weather before its model.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var untilIdle = new Option<bool>("--until-idle") { Description = "Exit when at least one run is over and nothing waits any more." };
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each change, as docs/tool.md describes it." };
        var command = new Command("dev", Help) { folder, bootstrap, port, concurrency, timeout, memory, once, drop, untilIdle, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new DevOptions
            {
                Folder = Path.GetFullPath(parsed.GetValue(folder)!),
                Bootstrap = parsed.GetValue(bootstrap),
                Port = parsed.GetValue(port),
                Concurrency = parsed.GetValue(concurrency) ?? DevOptions.DefaultConcurrency,
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                MemoryMegabytes = parsed.GetValue(memory),
                Once = parsed.GetValue(once) ?? [],
                Drop = parsed.GetValue(drop) ?? [],
                UntilIdle = parsed.GetValue(untilIdle),
                IsJson = parsed.GetValue(json),
            };
            var session = new DevSession(options, AnsiConsole.Console);
            var exitCode = await session.RunAsync(cancellationToken);
            if (session.Refusal is { } why) await Console.Error.WriteLineAsync("idfkit dev: " + why);
            return exitCode;
        });
        return command;
    }
}
