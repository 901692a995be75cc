using System.Collections.Concurrent;
using System.Text.Json;

using IdfKit.Drops;
using IdfKit.Function.Events;

namespace IdfKit.Function.Work;

/// <summary>
/// Makes the calls of rows of one worker's tickets until nothing is left of any of them, or a newer plan has taken over. A ticket that
/// has to wait is called again later; the others go on meanwhile.
/// </summary>
/// <param name="calls">Answers the calls.</param>
/// <param name="delivery">The job, with the places that the rows share.</param>
/// <param name="log">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class TicketWorker(StudyCalls calls, Delivery delivery, JsonLog log, TimeProvider time)
{
    private const int MostFailures = 3; // of a ticket, one after another
    private const int LeastWaitSeconds = 1;

    private readonly TaskCompletionSource _superseded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refused;

    /// <summary>Whether a newer plan has taken over.</summary>
    public bool IsSuperseded => _superseded.Task.IsCompleted;

    /// <summary>Tickets that were given up because the world failed around them: the next attempt may fare better.</summary>
    public int Failed { get; private set; }

    /// <summary>Tickets that nobody can run.</summary>
    public int Refused => _refused;

    /// <summary>Makes the calls.</summary>
    /// <param name="tickets">The tickets.</param>
    /// <param name="progress">Is told of each row that has come to its end.</param>
    /// <param name="cancellationToken">Ends it: no further row begins, and those that run let go of their claims.</param>
    public async Task RunAsync(IEnumerable<JsonElement> tickets, IProgress<RunResult> progress, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = delivery.Rows!.Count, CancellationToken = cancellationToken };
        IReadOnlyList<OpenTicket> open = [.. tickets.Select(ticket => new OpenTicket(ticket, DateTimeOffset.MinValue, Failures: 0))];
        while (open.Count > 0)
        {
            ConcurrentBag<OpenTicket> left = [];
            await Parallel.ForEachAsync(open, options, async (ticket, token) =>
            {
                await WaitAsync(ticket, token);
                if (IsSuperseded) return;
                if (await CallAsync(ticket, progress, token) is { } again) left.Add(again);
            });
            Failed += left.Count(ticket => ticket.Failures >= MostFailures);
            open = [.. left.Where(ticket => ticket.Failures < MostFailures).OrderBy(ticket => ticket.Due)];
        }
    }

    /// <summary>Waits until the ticket is due, or nobody wants it any more.</summary>
    private async Task WaitAsync(OpenTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            await await Task.WhenAny(Task.Delay(wait, time, cancellationToken), _superseded.Task);
    }

    /// <summary>Calls once; gives what is to be called again, or null.</summary>
    private async Task<OpenTicket?> CallAsync(OpenTicket ticket, IProgress<RunResult> progress, CancellationToken cancellationToken)
    {
        try
        {
            var json = await calls.AnswerAsync(ticket.Call, delivery, progress, cancellationToken);
            using var answer = JsonDocument.Parse(json);
            if (Json.TextOf(answer.RootElement, "status") == "superseded")
            {
                _superseded.TrySetResult();
                return null;
            }
            if (Json.WholeOf(answer.RootElement, "left") is null or 0) return null;
            var wait = Math.Max(LeastWaitSeconds, Json.WholeOf(answer.RootElement, "wait") ?? 0);
            return new(answer.RootElement.Clone(), time.GetUtcNow().AddSeconds(wait), Failures: 0);
        }
        catch (StudyCallException e)
        {
            Tell(ticket, $"was refused: {e.Message}");
            Interlocked.Increment(ref _refused);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested) // whatever the world did, the next call may fare better
        {
            var failures = ticket.Failures + 1;
            Tell(ticket, failures < MostFailures ? $"failed and will be tried again: {e.Message}" : $"failed and is given up: {e.Message}");
            return ticket with { Due = time.GetUtcNow().AddSeconds(5 << failures), Failures = failures };
        }
    }

    private void Tell(OpenTicket ticket, string what) => log.Error(
        $"Ticket {Json.WholeOf(ticket.Call, "ticket")} {what}", ("request_id", delivery.RequestId),
        ("study", Json.TextOf(ticket.Call, "study")));

    /// <summary>A ticket of which something is left.</summary>
    /// <param name="Call">The next call.</param>
    /// <param name="Due">When it is to be made.</param>
    /// <param name="Failures">How many calls have failed, one after another.</param>
    private sealed record OpenTicket(JsonElement Call, DateTimeOffset Due, int Failures);
}
