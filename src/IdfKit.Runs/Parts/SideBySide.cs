using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Parts;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Runs the parts of a model in a folder of the run's, which goes afterwards, and joins what they leave there. Whatever speaks against it
/// leaves the model to one process.
/// </summary>
/// <param name="workspace">The run's.</param>
/// <param name="engine">Runs each part.</param>
/// <param name="engines">How EnergyPlus is bounded.</param>
/// <param name="notRun">Says why parts were not run.</param>
/// <param name="notJoined">Says why they were not joined.</param>
internal sealed class SideBySide(
    Workspace workspace, StartedEngine engine, IEngines engines, Func<string, string> notRun, Func<string, string> notJoined)
{
    public const int LongestName = 100; // in the record

    /// <param name="plan">The parts.</param>
    /// <param name="room">What the machine has to spare for them.</param>
    /// <param name="request">How each is run.</param>
    /// <param name="progress">Is told how far all are; null: nobody listens.</param>
    /// <param name="completed">Uses the results of one that has completed; null: nobody does.</param>
    /// <param name="use">Makes of them what the run comes to, before their folder goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started at all.</exception>
    public async Task<PartsEnded> RunAsync(
        PartPlan plan, PartRoom room, EngineRequest request, IProgress<EngineProgress>? progress, PartCompleted? completed,
        Func<EndedParts, Task<PartsEnded>> use, CancellationToken cancellationToken)
    {
        using var processors = room.TryHold(plan.AtOnce);
        if (processors is null) return PartsEnded.Whole(notRun(EngineSentences.FewProcessors(1)));
        EndedParts? ended = null;
        try
        {
            Directory.CreateDirectory(workspace.Parts);
            var runner = new PartsRunner(engine.Run, workspace.Parts);
            ended = await runner.RunAsync(plan, request, progress, completed, cancellationToken).ConfigureAwait(false);
            return await use(ended).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PartsEnded.Whole(notRun(EngineSentences.NoRoomForParts), ended);
        }
        finally { _ = FolderRemoval.TryRemove(workspace.Parts); }
    }

    /// <summary>Where the deadline overtakes the join, the run was stopped by it, and has no results.</summary>
    public async Task<PartsEnded> JoinInTimeAsync(
        EndedParts ended, EngineRequest request, Func<CancellationToken, Task<PartsEnded>> join, CancellationToken cancellationToken)
    {
        if (ResultFile.In(workspace.Parts).Sum(file => file.SizeBytes) > engines.Options.MaxWrittenBytes)
            return NotJoined(EngineSentences.TooMuchTogether);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.Stop, cancellationToken);
        try { return await join(either.Token).ConfigureAwait(false); }
        catch (PartsUnlikeException unlike) { return NotJoined(unlike.Message); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return NotJoined(EngineSentences.NoRoomToJoin); }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return PartsEnded.As(ended.Run with { Outcome = RunOutcome.TimedOut });
        }

        PartsEnded NotJoined(string why) => PartsEnded.Whole(notJoined(why), ended);
    }

    /// <summary>Why a part may not have completed where one process, which has the whole of it, does; null: for none of that.</summary>
    public static string? WhyLess(EngineRun run)
    {
        const int Killed = 9; // the signal that the kernel sends, too, when memory runs out
        return run switch
        {
            { Exceeded: not null } or { WasRefusedMemory: true } => EngineSentences.OverItsShare,
            { Outcome: RunOutcome.Crashed, Signal: Killed } => EngineSentences.WasKilled,
            _ => null,
        };
    }

    /// <summary>What the record says of parts that were joined.</summary>
    public static RunSegments SegmentsOf(Parallelism kind, string form, PartPlan plan, IEnumerable<string> notProduced) => new(
        ParallelismNames.NameOf(kind), plan.Parts.Count, [.. plan.Parts.Select(part => OneLine.Of(part.Name, LongestName))],
        [.. notProduced.Select(name => OneLine.Of(name, LongestName))], [])
    {
        Form = form,
    };
}
