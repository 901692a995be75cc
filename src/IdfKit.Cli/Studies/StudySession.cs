using IdfKit.Cli.Terminal;
using IdfKit.Simulation;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>Runs rows of a study from beginning to end, and says what has become of them.</summary>
/// <param name="command">What was asked for: "run", "retry".</param>
/// <param name="place">The study.</param>
/// <param name="choices">How rows are run.</param>
/// <param name="jobs">How many at once; null: as many as there are processors.</param>
/// <param name="isJson">Whether the record is printed when all is over; sentences go to standard error then.</param>
internal sealed class StudySession(string command, StudyPlace place, RunManner choices, int? jobs, bool isJson)
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly List<(string Row, string Message)> _errors = [];
    private int _ended;

    /// <summary>Takes sentences for people.</summary>
    private TextWriter Words => isJson ? Console.Error : Console.Out;

    /// <param name="choose">Which rows of the plan are run.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<int> RunAsync(
        Func<StudyPlan, CancellationToken, Task<StudyPlan>> choose, CancellationToken cancellationToken)
    {
        var study = await StudySetup.ReadAsync(place, choices, cancellationToken);
        StudySetup.Check(study, choices);
        using var right = await StudyLock.TakeAsync(place, cancellationToken);
        await using var simulator = new Simulator();
        var runner = StudySetup.RunnerOf(simulator, choices, jobs);
        var plan = await choose(await runner.PlanAsync(study, place.Output, cancellationToken), cancellationToken);
        Words.WriteLine(CliSentences.Begins(place.Name, plan.ToRun.Count, study.Rows.Count));
        if (plan.ToRun.Count > 0)
        {
            await StudyResults.BeginAsync(study, place.Output, cancellationToken);
            if (!await RunAsync(runner, plan, cancellationToken)) return await StoppedAsync(study, plan.ToRun.Count);
        }
        return await EndAsync(study, cancellationToken);
    }

    /// <summary>False: it was stopped.</summary>
    private async Task<bool> RunAsync(StudyRunner runner, StudyPlan plan, CancellationToken cancellationToken)
    {
        var isTerminal = Screen.IsLive && !Console.IsErrorRedirected;
        var progress = new StudyProgress(plan, Words, isTerminal, TimeProvider.System);
        try
        {
            await foreach (var one in runner.RunAsync(plan, place.Output, progress, cancellationToken))
            {
                _ended = one.Ended;
                if (one.Error is { } error) _errors.Add((one.Variant.Name, error.Message));
                progress.Ended(one);
            }
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            progress.End();
        }
    }

    private async Task<int> StoppedAsync(Study study, int toRun)
    {
        StudyGuard.Say(command, CliSentences.Stopped(_ended, toRun));
        StudyGuard.Say(command, CliSentences.GoOn(command, place.ShownFile));
        using var limit = new CancellationTokenSource(LongestEnd);
        // The table is a help and no duty here: what has ended is in its folder.
        try
        {
            var record = await StudyResults.CollectAsync(study, place.Output, cancellationToken: limit.Token);
            if (isJson) StudySummary.WriteJson(Console.Out, record);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested) { StudyGuard.Say(command, CliSentences.NoTable); }
        return ExitCode.Failure;
    }

    private async Task<int> EndAsync(Study study, CancellationToken cancellationToken)
    {
        var record = await StudyResults.CollectAsync(study, place.Output, cancellationToken: cancellationToken);
        if (isJson) StudySummary.WriteJson(Console.Out, record);
        else StudySummary.Write(Console.Out, record);
        foreach (var group in _errors.GroupBy(error => error.Message, error => error.Row).OrderByDescending(group => group.Count()))
            Words.WriteLine("  " + CliSentences.Failed(null, group.Key, group.Count(), [.. group.Take(3)]));
        if (!isJson) StudySummary.WritePlaces(Console.Out, place);
        return record.Counts.All(count => count.Key == "completed" || count.Value == 0) ? ExitCode.Success : ExitCode.Failure;
    }
}
