using System.Collections;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Function;

/// <summary>
/// <c>bootstrap run s3://bucket/key</c>: one model without Lambda, and without its limits; for AWS Batch or any
/// container.
/// </summary>
internal static class RunCommand
{
    public const int Answered = 0, WorldFailed = 1, WrongUsage = 2, Interrupted = 128;

    private const string Help = """
        usage: bootstrap run [s3://bucket/key]

        Runs one model as the function would, without its time limit: for AWS Batch, or any container. Without the URL, IDFKIT_RUN names it.
        The other settings are the function's IDFKIT_* variables; docs/configuration.md describes them.
        Without arguments this program is the function and expects Lambda. 'bootstrap work' runs rows of a study: bootstrap work --help.

        A model that the function's deadline stopped (timed_out, deadline) is run again; what has ended in any other way is left as it is.
        The URL may also be that of a note under OUTPUT_PREFIX.timed-out/, which points to such a model.

        exit code
          0        answered: run.json holds the record, whether completed, failed, crashed, timed_out or rejected;
                   or there was nothing left to do
          1        storage or EnergyPlus failed, or another process is running the model: try again
          2        wrong usage or settings, or an object that is no model: trying again does not help
          130, 143 interrupted (SIGINT, SIGTERM): EnergyPlus was stopped and the claim given back; run it again
        """;

    /// <summary>
    /// Whether the arguments ask for anything but the function. Lambda may pass a handler's name, which means nothing
    /// here.
    /// </summary>
    public static bool IsMeant(string[] arguments, bool inLambda) =>
        arguments is ["run" or "--help" or "-h" or "help", ..] || (arguments.Length > 0 && !inLambda);

    public static async Task<int> RunAsync(string[] arguments, IDictionary variables)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "help"))
        {
            await Console.Out.WriteLineAsync(Help);
            return Answered;
        }
        var log = JsonLog.ToStandardOutput();
        try
        {
            var options = FunctionOptions.FromEnvironment(variables);
            if (WhyWrong(arguments, options.Job, out var url) is { } wrong) return Refuse(log, wrong);
            var function = Function.Create(options, warmHosts: 0, log);
            await using (function) return await RunAsync(function.Dispatcher, new DroppedObject(url.Bucket, url.Key), options, log);
        }
        catch (Exception e) when (e is FunctionStartException or EnergyPlusException or ArgumentException)
        {
            return Refuse(log, $"The run cannot start: {e.Message}");
        }
    }

    /// <summary>What is wrong with the arguments, in a sentence; null when they name a model.</summary>
    public static string? WhyWrong(string[] arguments, string? variable, out S3Url url)
    {
        url = default;
        if (arguments[0] != "run")
            return $"'bootstrap' does not know '{arguments[0]}'; 'bootstrap run s3://bucket/key' runs a model, "
                + "'bootstrap work' rows of a study, and without arguments it is the function.";
        if (arguments.Length > 2) return $"'bootstrap run' takes one s3://bucket/key URL, and was given {arguments.Length - 1} arguments.";
        var (given, from) = arguments.Length == 2 && arguments[1].Length > 0
            ? (arguments[1], "The argument of 'bootstrap run'")
            : (variable, "IDFKIT_RUN");
        if (given is null) return "'bootstrap run' was not told what to run: give it an s3://bucket/key URL, or set IDFKIT_RUN to one.";
        return S3Url.TryParse(given, out url) ? null : $"{from} is '{given}'; it must be an s3://bucket/key URL.";
    }

    private static async Task<int> RunAsync(DropDispatcher dispatcher, DroppedObject drop, FunctionOptions options, JsonLog log)
    {
        var runs = new RunLog(log);
        var call = new LogScope(options.BatchJobId, null, options.BatchQueue ?? "run", IsCold: true);
        using var stop = new StopSignals();
        try
        {
            var results = await dispatcher.RunAsync(drop, new Delivery(options.BatchJobId, Deadline: null), stop.Token);
            foreach (var result in results) runs.Write(drop, result, call);
            return results.Max(ExitCodeOf);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            log.Warning(
                $"The run of {drop.Url} was interrupted by signal {stop.Number}: EnergyPlus was stopped and the "
                    + "claim given back; it is to be run again.", ("request_id", call.RequestId), ("input", drop.Url));
            return Interrupted + stop.Number;
        }
        catch (Exception e) // whatever the world did, the next attempt may fare better
        {
            runs.Write(drop, e, call);
            return WorldFailed;
        }
    }

    private static int ExitCodeOf(RunResult result) => result.Kind switch
    {
        RunResultKind.Ignored => WrongUsage,
        RunResultKind.Duplicate when result.Record is { Status: RunStatus.Running } => WorldFailed,
        _ => Answered,
    };

    private static int Refuse(JsonLog log, string sentence)
    {
        log.Error(sentence);
        return WrongUsage;
    }
}
