using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>What bounded a run: <see cref="RunReason.Timeout"/> or <see cref="RunReason.Deadline"/>, and how long that was.</summary>
internal readonly record struct RunLimit(string Reason, TimeSpan Duration);

/// <summary>Puts into words, and into a record, how EnergyPlus ended.</summary>
internal static class EndedRun
{
    private const int FirstErrors = 10;

    /// <summary>The record with the outcome, its reason, and what EnergyPlus complained of in <paramref name="outputs"/>.</summary>
    public static RunRecord Describe(RunRecord record, EngineRun ended, string outputs, EnergySummary summary, RunLimit limit)
    {
        var errors = ReadErrors(outputs);
        var (status, reason, message) = Describe(ended, errors, limit);
        return record with
        {
            Status = status,
            Reason = reason,
            Message = message,
            ExitCode = ended.ExitCode,
            Signal = ended.Signal,
            PeakMemoryBytes = ended.PeakMemoryBytes,
            CpuMs = (long)ended.CpuTime.TotalMilliseconds,
            Diagnostics = new(
                errors?.Warnings ?? summary.Warnings ?? 0,
                errors?.Severe ?? summary.Severe ?? 0,
                errors?.FatalMessage is null ? 0 : 1,
                [.. (errors?.Messages ?? []).Where(message => message.Severity is ErrSeverity.Severe or ErrSeverity.Fatal).Select(message => message.Text).Take(FirstErrors)]),
        };
    }

    private static (RunStatus Status, string? Reason, string? Message) Describe(EngineRun ended, ErrReport? errors, RunLimit limit) => ended.Outcome switch
    {
        RunOutcome.Completed => (RunStatus.Completed, null, errors is { Severe: > 0 } ? $"EnergyPlus completed with {errors.Severe} severe errors; read them in the .err file before you trust the results." : ended.HelperFault),
        _ when WhyOutOfMemory(ended, errors) is { } why => (ended.Outcome == RunOutcome.Failed ? RunStatus.Failed : RunStatus.Crashed, RunReason.OutOfMemory, $"{why} It held {ended.PeakMemoryBytes / 1_000_000} MB at most. Give it more memory, or simplify the model."),
        RunOutcome.Failed => (RunStatus.Failed, RunReason.Fatal, $"EnergyPlus stopped with a fatal error: {errors?.FatalMessage ?? "it did not say which; see the .err file."}{FirstSevere(errors)}"),
        RunOutcome.TimedOut when limit.Reason == RunReason.Timeout => (RunStatus.TimedOut, limit.Reason, $"EnergyPlus was stopped after the {limit.Duration.TotalSeconds:0.###} s that the job allows; what it had written by then is kept."),
        RunOutcome.TimedOut => (RunStatus.TimedOut, limit.Reason, $"EnergyPlus was stopped after {limit.Duration.TotalSeconds:0} s because the function's time was ending; what it had written by then is kept. Give the function more time or memory, or simplify the model."),
        _ when ended.Signal is { } signal => (RunStatus.Crashed, RunReason.Signal, $"EnergyPlus crashed (signal {signal}) without saying why; the model may hold something that it cannot read."),
        _ => (RunStatus.Crashed, RunReason.NoResult, $"EnergyPlus ended with exit code {ended.ExitCode} without a result: {LastLine(ended.OutputTail)}"),
    };

    // What the standard library of C++ calls it when memory is refused. EnergyPlus passes it on in its .err file, or aborts with it.
    private static string? WhyOutOfMemory(EngineRun ended, ErrReport? errors)
    {
        const string Refused = "bad_alloc";
        const int Killed = 9;
        if (ended.Outcome is not (RunOutcome.Failed or RunOutcome.Crashed)) return null;
        if (ended.Signal == Killed) return "EnergyPlus was killed by the system, as it does when memory runs out.";
        var isRefused = ended.WasRefusedMemory || errors?.Messages.Any(message => message.Text.Contains(Refused, StringComparison.Ordinal)) is true
            || errors?.LastSevere?.Contains(Refused, StringComparison.Ordinal) is true;
        return isRefused ? "EnergyPlus ran out of memory." : null;
    }

    private static string FirstSevere(ErrReport? errors) =>
        errors?.Messages.FirstOrDefault(message => message.Severity == ErrSeverity.Severe) is { } first ? $" The first severe error was: {first.Text}" : "";

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it printed nothing.";

    private static ErrReport? ReadErrors(string outputs)
    {
        var names = new ResultNames(Directory.EnumerateFiles(outputs).Select(path => Path.GetFileName(path)!));
        if (names.Errors is not { } name) return null;
        using var stream = File.OpenRead(Path.Combine(outputs, name));
        return ErrReport.Read(stream);
    }
}
