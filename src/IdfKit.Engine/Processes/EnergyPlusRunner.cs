using System.Diagnostics;

namespace IdfKit.Engine;

/// <summary>
/// Runs EnergyPlus as a child process: arguments as a list, no standard input, an environment of four variables, a session of
/// its own that is killed whole, never a zombie. On Linux also limits, no inherited descriptor, signals told apart and the
/// kernel's account of time and memory. May be used by many callers at once.
/// </summary>
public sealed class EnergyPlusRunner : IAsyncDisposable
{
    private readonly EnergyPlusInstallation _installation;
    private readonly EngineOptions _options;
    private readonly CancellationTokenSource _disposed = new();

    /// <param name="installation">The EnergyPlus to run.</param>
    /// <param name="options">Bounds and the engine host; null: the defaults.</param>
    public EnergyPlusRunner(EnergyPlusInstallation installation, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(installation);
        (_installation, _options) = (installation, options ?? new());
    }

    /// <summary>Why runs do not go through an engine host although hosts were asked for; null while they do, or may.</summary>
    public string? HostUnavailableReason => _options.WarmHosts > 0 ? "Engine hosts are not available yet." : null;

    /// <summary>Starts engine hosts up to <see cref="EngineOptions.WarmHosts"/>; returns at once. Without hosts it does nothing.</summary>
    public void WarmUp() => ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);

    /// <summary>Runs one model.</summary>
    /// <returns>How it ended. A model's failure is a value, not an exception.</returns>
    /// <exception cref="ArgumentException">The model or the weather is not there, or the request contradicts itself.</exception>
    /// <exception cref="EnergyPlusException">Broken or CannotStart: EnergyPlus did not run at all.</exception>
    /// <exception cref="OperationCanceledException">Canceled; all its processes are gone by then, and what it had written is kept.</exception>
    public async Task<EngineRun> RunAsync(EngineRequest request, IProgress<EngineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var command = EngineCommand.From(request);
        var end = new EndFile(request);
        end.Remove();

        var began = Stopwatch.GetTimestamp();
        var reader = progress is null ? null : new ProgressReader(progress, () => Stopwatch.GetElapsedTime(began));
        var output = new RunOutput(reader);
        var child = PortableChild.Start(
            new() { Program = _installation.ExecutablePath, Arguments = command.Arguments, WorkingDirectory = command.WorkingDirectory, Environment = ChildEnvironment.For(command.WorkingDirectory), KillGrace = _options.KillGrace },
            output.Append);

        using var deadline = new CancellationTokenSource(request.Timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken, _disposed.Token);
        ChildExit exit;
        var stopping = stop.Token.Register(child.Stop);
        await using (stopping.ConfigureAwait(false)) exit = await child.Completion.ConfigureAwait(false);

        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        var outcome = OutcomeOf(exit, end.IsCompleted(), deadline.IsCancellationRequested);
        if (outcome == RunOutcome.Completed) reader?.Complete();
        return new()
        {
            Outcome = outcome,
            ExitCode = exit.ExitCode,
            Signal = exit.Signal,
            Elapsed = Stopwatch.GetElapsedTime(began),
            CpuTime = exit.CpuTime,
            PeakMemoryBytes = exit.PeakMemoryBytes,
            OutputTail = output.Tail,
        };
    }

    /// <summary>Stops what runs and waits, and lets go of it.</summary>
    public async ValueTask DisposeAsync() => await _disposed.CancelAsync().ConfigureAwait(false);

    private static RunOutcome OutcomeOf(ChildExit exit, bool? isCompleted, bool hasTimedOut) => (exit, isCompleted) switch
    {
        ({ ExitCode: 0 }, true) => RunOutcome.Completed,
        _ when hasTimedOut => RunOutcome.TimedOut,
        ({ Signal: not null }, _) or (_, null) => RunOutcome.Crashed,
        _ => RunOutcome.Failed,
    };
}
