using System.Collections;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Function.Work;

/// <summary>
/// <c>bootstrap work TICKETS SIZE</c>: one of several workers that share the rows of a study; for an array of AWS Batch, or any
/// containers.
/// </summary>
internal static class WorkCommand
{
    private const int MostWarmHosts = 64; // that are taken

    private const string Help = """
        usage: bootstrap work s3://bucket/key SIZE

        One of SIZE workers that share the rows of a study (docs/studies.md): runs the tickets of the list whose number leaves this worker's
        index when it is divided by SIZE. The URL is that of 'tickets' in the answer of 'plan'; AWS_BATCH_JOB_ARRAY_INDEX, from 0, is the
        index, and 0 where it is not set. As many rows run at once as there are processors; one, where nothing keeps runs apart.
        The other settings are the function's IDFKIT_* variables; docs/configuration.md describes them.

        exit code
          0        nothing is left of the tickets, whatever became of the rows, or a newer plan has taken over
          1        storage or EnergyPlus failed: run it again, and what has not ended is run
          2        wrong usage or settings, or there is no such list of tickets: trying again does not help
          130, 143 interrupted (SIGINT, SIGTERM): no further row was begun, and those that ran gave their claims back; run it again
        """;

    public static bool IsMeant(string[] arguments) => arguments is ["work", ..];

    public static async Task<int> RunAsync(string[] arguments, IDictionary variables)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "help"))
        {
            await Console.Out.WriteLineAsync(Help);
            return RunCommand.Answered;
        }
        using var stop = new StopSignals();
        var log = JsonLog.ToStandardOutput();
        try
        {
            var options = FunctionOptions.FromEnvironment(variables);
            if (WorkArguments.WhyWrong(arguments, variables, out var work) is { } wrong) return Refuse(log, wrong);
            var function = Function.Create(options, warmHosts: Math.Min(Environment.ProcessorCount, MostWarmHosts), log);
            await using (function) return await RunAsync(function, work!, options, log, stop);
        }
        catch (Exception e) when (e is FunctionStartException or EnergyPlusException or ArgumentException)
        {
            return Refuse(log, $"The worker cannot start: {e.Message}");
        }
    }

    private static async Task<int> RunAsync(
        Function function, WorkArguments work, FunctionOptions options, JsonLog log, StopSignals stop)
    {
        var call = new LogScope(options.BatchJobId, null, options.BatchQueue ?? "work", IsCold: true);
        using var rows = new RowSlots(function.KeepsRunsApart ? Environment.ProcessorCount : 1);
        var delivery = new Delivery(options.BatchJobId, Deadline: null) { Rows = rows };
        var worker = new TicketWorker(function.Dispatcher.Studies, delivery, log, TimeProvider.System);
        var ended = new EndedCount(new RowLog(new RunLog(log), call));
        try
        {
            function.Dispatcher.RemoveAbandoned();
            var tickets = await TicketList.ReadAsync(function.Buckets, work, ArrayOf(options.BatchJobId), stop.Token);
            await worker.RunAsync(tickets, ended, stop.Token);
            log.Information(
                $"Worker {work.Index + 1} of {work.Size} has ended{(worker.IsSuperseded ? ": a newer plan has taken over" : "")}.",
                ("request_id", call.RequestId), ("tickets", tickets.Count), ("rows", ended.Count), ("rows_at_once", rows.Count));
            return worker.Failed > 0 ? RunCommand.WorldFailed : worker.Refused > 0 ? RunCommand.WrongUsage : RunCommand.Answered;
        }
        catch (TicketListException e) { return Refuse(log, e.Message); }
        catch (Exception) when (stop.Token.IsCancellationRequested) // a request that is broken off may say so in its own way
        {
            log.Warning(
                $"Worker {work.Index + 1} of {work.Size} was interrupted by signal {stop.Number}: the rows that ran gave their claims "
                    + "back; it is to be run again.", ("request_id", call.RequestId), ("rows", ended.Count));
            return RunCommand.Interrupted + stop.Number;
        }
        catch (StorageException e)
        {
            log.Error($"The tickets {work.Tickets} cannot be read: {e.Message}", ("request_id", call.RequestId));
            return RunCommand.WorldFailed;
        }
    }

    /// <summary>The job of which a worker is a child, PARENT:INDEX; all attempts of all its children have it alike.</summary>
    private static string? ArrayOf(string? job) => job?.Split(':')[0];

    private static int Refuse(JsonLog log, string sentence)
    {
        log.Error(sentence);
        return RunCommand.WrongUsage;
    }
}
