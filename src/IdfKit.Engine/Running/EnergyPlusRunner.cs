using System.Diagnostics;

using IdfKit.Engine.Children;
using IdfKit.Engine.Running;
using IdfKit.Engine.Running.Hosts;

namespace IdfKit.Engine;

/// <summary>
/// Runs EnergyPlus as a child process: arguments as a list, no standard input, an environment of four variables, a session of
/// its own that is killed whole, never a zombie. May be used by many callers at once.
/// </summary>
/// <remarks>
/// On Linux also: limits, no inherited descriptor, signals told apart from exit codes, the kernel's account of time and memory.
/// With <c>idfkit-engine</c> (<see cref="EngineOptions.EngineHostPath"/>) the limits hold from the first instruction, the child dies
/// with this process, and EnergyPlus can be kept loaded (<see cref="EngineOptions.WarmHosts"/>). Elsewhere
/// EnergyPlus is killed with its descendants, and that is all.
/// </remarks>
public sealed class EnergyPlusRunner : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly EngineStarter _starter;
    private readonly KeptHost _host;
    private readonly RunningCount _running = new();
    private readonly CancellationTokenSource _disposed = new();

    /// <param name="installation">The EnergyPlus to run.</param>
    /// <param name="options">Bounds and the engine host; null: the defaults.</param>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <see cref="EngineOptions.EngineHostPath"/>.
    /// NotConfined: this machine lacks one of <see cref="EngineOptions.RequiredLayers"/>.</exception>
    public EnergyPlusRunner(EnergyPlusInstallation installation, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(installation);
        _options = options ??= new();
        Installation = installation;
        _starter = new(installation, options);
        _host = new(_starter, options.WarmHosts > 0);
    }

    /// <summary>Why runs go through the plain program although warm hosts were asked for; null while hosts work, or may.</summary>
    public string? HostUnavailableReason => _host.UnavailableReason;

    /// <summary>The EnergyPlus that it runs.</summary>
    public EnergyPlusInstallation Installation { get; }

    /// <summary>
    /// What <see cref="EngineOptions.Confine"/> comes to on this machine: <c>filter, landlock 7</c> (its version), one of
    /// the two, or <c>none</c>.
    /// </summary>
    public string Confinement => HostProgram.NameOf(_starter.Layers);

    /// <summary>
    /// Whether runs may go on side by side. Where the filter alone confines them one that begins could be written to by another of
    /// the same user (<c>/proc/PID/mem</c>), until it has hidden itself.
    /// </summary>
    public bool KeepsRunsApart => AreKeptApart(_starter.Layers);

    /// <summary>Whether runs that are confined by these layers may go on side by side.</summary>
    internal static bool AreKeptApart(ConfinementLayers layers) => layers is not ConfinementLayers.Filter;

    /// <summary>
    /// Starts the engine host, where <see cref="EngineOptions.WarmHosts"/> asks for it, and has the next run's process ready; returns
    /// at once. Worth calling again whenever nothing runs: a process that waits holds 120 MB, and saves its run some 0.04 s.
    /// </summary>
    public void WarmUp()
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        _host.Fill(ahead: _running.IsNone);
    }

    /// <summary>Waits until <see cref="WarmUp"/> has done what it began: from then on it keeps no processor busy.</summary>
    internal Task SettleAsync(CancellationToken stop) => _host.SettleAsync(stop);

    /// <summary>Ends the host, and keeps none until <see cref="WarmUp"/>; runs go on. Returns at once.</summary>
    internal void CoolDown() => _host.Rest();

    /// <summary>Runs one model: forked from the host, where there is one, else by the program; the files are the same.</summary>
    /// <returns>How it ended. A model's failure is a value, not an exception.</returns>
    /// <exception cref="ArgumentException">The model or the weather is not there, or the request contradicts itself.</exception>
    /// <exception cref="EnergyPlusException">Broken or CannotStart: EnergyPlus did not run at all.</exception>
    /// <exception cref="OperationCanceledException">Canceled; all its processes are gone by then, and what it had
    /// written is kept.</exception>
    public async Task<EngineRun> RunAsync(
        EngineRequest request, IProgress<EngineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        cancellationToken.ThrowIfCancellationRequested();
        var command = EngineCommand.From(request);
        var helpers = _starter.Layers is ConfinementLayers.None ? null : new ConfinedHelpers(Installation, _options, request);
        var files = new EndingFiles(request);
        files.Remove();

        using var run = _running.Enter(isHeld: request.Shares > 1);
        var began = Stopwatch.GetTimestamp();
        var reader = progress is null ? null : new ProgressReader(progress, () => Stopwatch.GetElapsedTime(began), request.ModelPath);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(request.Stop);
        deadline.CancelAfter(request.Timeout);
        using var handlerFailed = new CancellationTokenSource();
        using var exceeded = new CancellationTokenSource();
        var output = new RunOutput(reader, handlerFailed.Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token, handlerFailed.Token, exceeded.Token, cancellationToken, _disposed.Token);

        var written = new WrittenWatch(command.Writable, _options.MaxWrittenBytes, exceeded.Cancel, request.Shares);
        var mostOfFile = Math.Min(_options.MaxFileSizeBytes ?? long.MaxValue, written.Most);
        ChildExit exit;
        bool isWarm;
        await using (written.ConfigureAwait(false))
            (exit, isWarm) = await RunWithHelpersAsync(
                command, helpers, output, mostOfFile, request.Shares, stop.Token).ConfigureAwait(false);
        var bound = exit.Exceeded ?? written.Exceeded ?? OfFile(exit, mostOfFile);
        _host.Refill();

        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        output.HandlerFailure?.Throw();
        var words = new LastWords(exit, output.Tail);
        var outcome = bound is not null
            ? RunOutcome.Crashed
            : files.Read(output.Tail).Judge(exit.ExitCode, exit.Signal, deadline.IsCancellationRequested);
        if (outcome == RunOutcome.Completed && files.AreCutOff())
            (outcome, bound) = (RunOutcome.Crashed, new(BoundKind.Disk, written.Bytes));
        else if (outcome == RunOutcome.Crashed) words.ThrowIfItNeverRan(Installation);
        if (outcome == RunOutcome.Completed) reader?.Complete();
        return new()
        {
            Outcome = outcome,
            ExitCode = exit.ExitCode,
            Signal = exit.Signal,
            Elapsed = Stopwatch.GetElapsedTime(began),
            CpuTime = exit.CpuTime,
            PeakMemoryBytes = exit.PeakMemoryBytes,
            Exceeded = bound,
            WasRefusedMemory = words.WasRefusedMemory,
            HelperFault = words.HelperFault,
            RefusedCall = words.RefusedCall,
            Warm = isWarm,
            OutputTail = output.Tail,
        };
    }

    /// <summary>
    /// Stops what runs (its callers get <see cref="ObjectDisposedException"/>) and what waits, and waits until all are
    /// gone.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _host.CloseAsync().ConfigureAwait(false);
        await _running.WhenNone().ConfigureAwait(false);
        await _host.CloseAsync().ConfigureAwait(false); // a run that was stopped as it began has left what had waited for it
    }

    /// <summary>Runs EnergyPlus, and the programs of its family around it where it is confined and may start none itself.</summary>
    private async Task<(ChildExit Exit, bool IsWarm)> RunWithHelpersAsync(
        EngineCommand command, ConfinedHelpers? helpers, RunOutput output, long mostOfFile, int shares, CancellationToken stop)
    {
        var isWarm = false;
        try
        {
            if (helpers is not null) command = EngineCommand.From(await helpers.BeforeAsync(stop).ConfigureAwait(false));
            (var exit, isWarm) = await RunToTheEndAsync(command, output, mostOfFile, shares, stop).ConfigureAwait(false);
            if (helpers is not null && exit.ExitCode is 0) await helpers.AfterAsync(command, output.Append, stop).ConfigureAwait(false);
            return (exit, isWarm);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            const int Terminated = 15; // a helper was; else EnergyPlus would have been
            return (new(null, Terminated, default, 0), isWarm);
        }
    }

    private async Task<(ChildExit Exit, bool IsWarm)> RunToTheEndAsync(
        EngineCommand command, RunOutput output, long mostOfFile, int shares, CancellationToken stop)
    {
        if (await _host.TakeAsync(shares, stop).ConfigureAwait(false) is { } host)
        {
            var stopping = stop.Register(host.Child.Stop);
            await using (stopping.ConfigureAwait(false))
            {
                host.Child.BoundFiles(mostOfFile);
                if (_starter.MemoryOfOthers(shares) is { } others && await host.GreetingAsync().ConfigureAwait(false) is null)
                    host.Child.LowerMemory(others); // it has set the bound of a whole run on itself
                var refusal = await host.TryBeginAsync(command, _starter.PlacesOf(command), output.Append).ConfigureAwait(false);
                if (refusal is null || stop.IsCancellationRequested)
                    return (await host.Child.Completion.ConfigureAwait(false), refusal is null);
                if (host.Refusal is not null) _host.Close(refusal);
                host.Child.Stop();
                await host.Child.Completion.ConfigureAwait(false);
            }
        }
        var program = await _starter.StartProgramAsync(command, mostOfFile, shares, output.Append).ConfigureAwait(false);
        var stoppingProgram = stop.Register(program.Stop);
        await using (stoppingProgram.ConfigureAwait(false)) return (await program.Completion.ConfigureAwait(false), false);
    }

    private static ExceededBound? OfFile(ChildExit exit, long mostBytes)
    {
        const int FileTooLarge = 25; // SIGXFSZ
        return exit.Signal == FileTooLarge ? new(BoundKind.WrittenBytes, mostBytes) : null;
    }
}
