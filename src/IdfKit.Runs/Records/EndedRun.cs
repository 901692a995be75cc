using IdfKit.Engine;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Models;
using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>Puts into words, and into a record and a summary, how EnergyPlus ended.</summary>
internal sealed class EndedRun
{
    private readonly RunRecord _record;
    private readonly EngineRun _ended;
    private readonly ErrDigest? _errors;
    private readonly Model? _model;
    private readonly RunOutputs _outputs;
    private readonly RunLimit _limit;
    private readonly NextStep _next;

    private EndedRun(RunRecord record, EngineRun ended, ErrDigest? errors, RunOutputs outputs, Model? model, RunLimit limit)
    {
        (_record, _ended, _errors, _outputs, _model, _limit) = (record, ended, errors, outputs, model, limit);
        _next = new(record);
    }

    private string? Severe => _errors?.FirstSevere is { } first ? new PlainError(new(_model)).Of(first) : null;

    /// <summary>
    /// The record with the outcome, its reason and what EnergyPlus said, and the summary with why it is empty. Reads the
    /// <c>.err</c> file once.
    /// </summary>
    /// <param name="record">The run, with its inputs, options and added objects.</param>
    /// <param name="ended">How the process ended.</param>
    /// <param name="outputs">What it wrote.</param>
    /// <param name="model">The model as it was dropped, so that lines are those of the modeller's file; null when it is not known.</param>
    /// <param name="limit">What bounded the run.</param>
    /// <param name="parts">The summaries of the parts whose files were joined; null or empty: it ran whole.</param>
    public static (RunRecord Record, EnergySummary Summary) Describe(
        RunRecord record, EngineRun ended, RunOutputs outputs, Model? model, RunLimit limit,
        IReadOnlyList<EnergySummary>? parts = null)
    {
        var (directory, prefix, suffix) = outputs;
        var errors = ErrDigest.ReadFile(SummarySources.ErrorsPath(directory, prefix, suffix));
        var run = new EndedRun(record, ended, errors, outputs, model, limit);
        var summary = SummarySources.Read(directory, prefix, suffix, errors);
        if (parts is { Count: > 0 }) summary = JoinedSummary.Of(summary, parts);
        if (ended.Outcome is RunOutcome.Completed)
            summary = summary with { WhyEmpty = new EmptySummary(record, model, run._next).Why(summary) };
        return (run.Describe(summary), summary);
    }

    private RunRecord Describe(EnergySummary summary)
    {
        var (status, reason, message) = Ending(summary);
        return _record with
        {
            Status = status,
            Reason = reason,
            Message = message,
            ExitCode = _ended.ExitCode,
            Signal = _ended.Signal,
            PeakMemoryBytes = _ended.PeakMemoryBytes,
            CpuMs = (long)_ended.CpuTime.TotalMilliseconds,
            Diagnostics = new(_errors?.Warnings ?? 0, _errors?.Severe ?? 0, _errors?.Fatal is null ? 0 : 1, _errors?.FirstErrors ?? []),
            MessageGroups = [.. (_errors?.Groups ?? []).Select(new ModelPlaces(_model).Placed)],
            Notices = NotMet(summary) is { } notMet ? [.. _record.Notices, notMet] : _record.Notices,
            Summary = summary,
            LeftOut = LeftOut(),
        };
    }

    private (RunStatus Status, string? Reason, string? Message) Ending(EnergySummary summary) => _ended.Outcome switch
    {
        RunOutcome.Completed => (RunStatus.Completed, null, Completed(summary)),
        RunOutcome.Crashed when _ended.Exceeded is { } bound => (RunStatus.Crashed, ReasonOf(bound), Exceeded(bound)),
        RunOutcome.Failed when IsOutOfMemory => (RunStatus.Failed, RunReason.OutOfMemory, OutOfMemory()),
        RunOutcome.Crashed when IsOutOfMemory => (RunStatus.Crashed, RunReason.OutOfMemory, OutOfMemory()),
        RunOutcome.Failed => (RunStatus.Failed, RunReason.Fatal, Failed()),
        RunOutcome.TimedOut => (RunStatus.TimedOut, _limit.Reason, TimedOut()),
        _ when _ended.RefusedCall is { } call => (RunStatus.Crashed, RunReason.Signal, RunSentences.RefusedCall(call)),
        _ when _ended.Signal is { } signal => (RunStatus.Crashed, RunReason.Signal, Crashed(signal)),
        _ => (RunStatus.Crashed, RunReason.NoResult, NoResult()),
    };

    /// <summary>What a modeller must know of results that look whole; null when there is nothing.</summary>
    private string? Completed(EnergySummary summary) => RunSentences.Together(
        _errors is { Severe: > 0 } ? RunSentences.CompletedWithSevere(_errors.Severe, Severe) : null,
        summary.WhyEmpty,
        PartOfYear(summary),
        MissingCsv(),
        OtherPlace.Sentence(_errors?.OtherPlace),
        NotMet(summary),
        _ended.HelperFault is { } fault ? OneLine.Of(fault, RunSentences.Longest) : null);

    private static string? PartOfYear(EnergySummary summary) => summary.SiteEnergyGj is null ? null : RunSentences.NotAYear(summary);

    private static string? NotMet(EnergySummary summary)
    {
        const double Allowed = 300; // by ASHRAE 90.1, Appendix G
        var (heating, cooling) = (summary.UnmetHours.OccupiedHeating ?? 0, summary.UnmetHours.OccupiedCooling ?? 0);
        return heating + cooling > Allowed ? RunSentences.NotMet(heating, cooling) : null;
    }

    private string? MissingCsv()
    {
        if (!_record.Options.Readvars || _model is null || !new OutputSettings(_model).IsEsoOff) return null;
        var csv = OutputNames.Output(_outputs.Prefix, _outputs.Suffix, "csv");
        using var folder = ChildFolder.TryOpen(_outputs.Directory);
        return folder?.Has(csv) is true ? null : RunSentences.NoCsv;
    }

    private string Failed()
    {
        if (Severe is { } severe) return RunSentences.Fatal(severe, _next.Again);
        return _errors?.Fatal is { } fatal ? RunSentences.FatalOnly(fatal, _next.Again) : RunSentences.FatalSilent;
    }

    private string Crashed(int signal) =>
        Severe is { } severe ? RunSentences.Crashed(severe, signal, _next.Again) : RunSentences.CrashedSilently(signal, _next.Again);

    private static string ReasonOf(ExceededBound bound) => bound.Kind switch
    {
        BoundKind.Processes => RunReason.TooManyProcesses,
        BoundKind.Memory => RunReason.OutOfMemory,
        _ => RunReason.TooMuchOutput,
    };

    private string Exceeded(ExceededBound bound) => bound.Kind switch
    {
        BoundKind.Processes => RunSentences.TooManyProcesses(bound.Most, _next.Again),
        BoundKind.Memory => RunSentences.OutOfMemoryTogether(bound.Most / 1_000_000, _next.IsFunction),
        BoundKind.Files => RunSentences.TooManyFiles(bound.Most, _next.Again),
        BoundKind.Disk => RunSentences.DiskFull(bound.Most / 1_000_000, _next.IsFunction, _next.Again),
        _ => RunSentences.TooMuchWritten(bound.Most / 1_000_000, _next.IsFunction, _next.Again),
    };

    private string NoResult() => Severe is { } severe
        ? RunSentences.NoResult(severe, _ended.ExitCode, _next.Again)
        : RunSentences.NoResultSilently(_ended.ExitCode, LastLine(_ended.OutputTail));

    private string TimedOut() => RunSentences.AndSevere(
        _limit.Reason == RunReason.Timeout
            ? RunSentences.TimedOut(_limit.Duration.TotalSeconds, _next.JobFile)
            : RunSentences.Deadline(_limit.Duration.TotalSeconds),
        Severe);

    // What the standard library of C++ calls it when memory is refused. EnergyPlus passes it on in its .err file, or aborts with it.
    private bool IsOutOfMemory => IsKilled || _ended.WasRefusedMemory || _errors is { TellsOfRefusedMemory: true };

    private bool IsKilled
    {
        get
        {
            const int Killed = 9;
            return _ended.Signal == Killed;
        }
    }

    private string OutOfMemory()
    {
        var sentence = RunSentences.OutOfMemory(IsKilled, _ended.PeakMemoryBytes / 1_000_000, _next.IsFunction);
        return RunSentences.AndSevere(sentence, _errors is { TellsOfRefusedMemory: true } ? null : Severe);
    }

    private string? LeftOut()
    {
        if (_errors is null) return null;
        var errors = _errors.ErrorMessages - _errors.FirstErrors.Count;
        var kinds = _errors.Kinds - _errors.Groups.Count;
        return RecordBounds.LeftOut([(errors, "severe errors"), (kinds, "kinds of messages")]);
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
}
