using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// A child process on Linux. One thread of its own starts it, reads what it prints, stops it, and reaps it: the thread
/// must be the child's parent as long as it lives, because the parent-death signal comes when the starting thread ends. What is
/// forked from a child has that child's parent, so that one from which others are forked is started by a thread that never ends.
/// </summary>
internal sealed class LinuxChild : IChild
{
    private const int StackBytes = 256 * 1024;

    private readonly ChildStart _start;
    private readonly OutputReceiver _output;
    private readonly TaskCompletionSource<LinuxChild> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ChildExit> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _wake = -1;
    private int _input = -1;
    private bool _hasEnded;
    private volatile bool _isStopping;
    private volatile bool _isRunning;
    private int _process;
    private ExceededBound? _exceeded;

    private LinuxChild(ChildStart start, OutputReceiver output) => (_start, _output) = (start, output);

    public Task<ChildExit> Completion => _completion.Task;

    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    public static Task<LinuxChild> StartAsync(ChildStart start, OutputReceiver output)
    {
        var child = new LinuxChild(start, output);
        new Thread(child.Live, StackBytes) { IsBackground = true, Name = "EnergyPlus" }.Start();
        return child._started.Task;
    }

    public void Stop()
    {
        _isStopping = true;
        Wake();
    }

    /// <summary>Bounds every file that it writes from here on.</summary>
    public void BoundFiles(long bytes)
    {
        lock (_gate)
        {
            if (!_hasEnded && _process > 0) ChildLimits.BoundFiles(_process, bytes);
        }
    }

    /// <summary>Lowers the bound on its memory by this much.</summary>
    public void LowerMemory(long bytes)
    {
        lock (_gate)
        {
            if (!_hasEnded && _process > 0) ChildLimits.LowerMemory(_process, bytes);
        }
    }

    /// <summary>Writes to standard input and closes it. False when the child is gone or the message does not fit a pipe.</summary>
    public unsafe bool TrySend(ReadOnlySpan<byte> message)
    {
        Begin();
        const int PipeCapacity = 60 * 1024; // of an empty pipe 64 KiB fit without waiting
        lock (_gate)
        {
            if (_input < 0 || message.Length > PipeCapacity) return false;
            nint written;
            fixed (byte* bytes = message) written = Libc.Write(_input, bytes, (nuint)message.Length);
            CloseInput();
            return written == message.Length;
        }
    }

    /// <summary>Forks a process from this one, which is as if it had been started by this program.</summary>
    /// <returns>Its number; it leads a session of its own.</returns>
    /// <exception cref="EnergyPlusException">CannotStart; this one ends.</exception>
    public int Fork(int input, int output)
    {
        lock (_gate)
        {
            if (_hasEnded || _input < 0) throw new EnergyPlusException(EnergyPlusErrorKind.CannotStart, "The engine host has ended.");
            try { return ForkSocket.Ask(_input, input, output); }
            catch (EnergyPlusException)
            {
                CloseInput(); // it ends: an answer that came later would be taken for that to the next question
                throw;
            }
        }
    }

    private void Live()
    {
        try
        {
            var peakAtStart = ProcessTable.PeakResidentBytes("self");
            _wake = Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking);
            if (_wake < 0)
                throw new EnergyPlusException(
                    EnergyPlusErrorKind.CannotStart, "Opening a descriptor for EnergyPlus failed: " + Libc.LastError());
            var spawned = _start.ForksOthers ? LastingThread.Run(() => Leaders.Start(_start)) : Leaders.Start(_start);
            lock (_gate) (_process, _input) = (spawned.ProcessId, spawned.Input);
            if (!_start.HasInput && !_start.ForksOthers) Begin();
            _started.SetResult(this);
            _completion.SetResult(Follow(spawned, peakAtStart));
        }
        catch (Exception e)
        {
            // The thread has no caller: it goes to those who wait for the start or for the end.
            if (!_started.TrySetException(e)) _completion.TrySetException(e);
        }
        finally
        {
            lock (_gate)
            {
                _hasEnded = true;
                CloseInput();
                if (_wake >= 0) _ = Libc.Close(_wake);
            }
        }
    }

    /// <summary>Its run begins: what waits is not watched.</summary>
    private void Begin()
    {
        lock (_gate)
        {
            if (_hasEnded || _process <= 0) return;
            ChildLimits.ApplyUsualTo(_process);
        }
        _isRunning = true;
        Wake();
    }

    private ChildExit Follow(SpawnedProcess.Started spawned, long peakAtStart)
    {
        _start.Limits?.ApplyTo(spawned.ProcessId);
        var memory = new PeakMemory(spawned.ProcessId, peakAtStart);
        using var pipe = new OutputPipe(spawned.Output, _output, memory);
        var session = new ChildSession(spawned.ProcessId);
        var watch = new TreeWatch(spawned.ProcessId, _start.Tree);
        var ended = Libc.OpenProcess(spawned.ProcessId);
        try
        {
            WaitForEnd(spawned.ProcessId, ended, pipe, session, watch);
            CleanUp(pipe, session);
        }
        finally
        {
            if (ended >= 0) _ = Libc.Close(ended);
        }
        lock (_gate) _process = 0;
        return Leaders.Leave(spawned.ProcessId, () => Reap(spawned.ProcessId, memory)) with { Exceeded = _exceeded };
    }

    /// <summary>Until the child is a zombie: passes on what it prints, and carries out <see cref="Stop"/>.</summary>
    private void WaitForEnd(int id, int ended, OutputPipe pipe, ChildSession session, TreeWatch watch)
    {
        const int PollMilliseconds = 20, Forever = -1;
        long? stoppedAt = null;
        while (!HasEnded(id))
        {
            if (_isStopping && stoppedAt is null)
            {
                stoppedAt = Stopwatch.GetTimestamp();
                session.Terminate();
            }
            if (_isRunning) _exceeded ??= watch.Look();
            var isDue = stoppedAt is { } at && Stopwatch.GetElapsedTime(at) >= _start.KillGrace;
            if (isDue || _exceeded is not null) session.Kill();
            var isEnding = stoppedAt is not null || _exceeded is not null;
            var wait = ended < 0 || isEnding ? PollMilliseconds : _isRunning || pipe.WantsSamples ? TreeWatch.SampleMilliseconds : Forever;
            pipe.ReadWhatIsThere(ended, _wake, wait);
        }
    }

    /// <summary>The child has ended by itself or not; nothing that it started may live on, and its last words are read.</summary>
    private void CleanUp(OutputPipe pipe, ChildSession session)
    {
        const int PollMilliseconds = 5;
        var (mostForWords, mostForEnds) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        var began = Stopwatch.GetTimestamp();
        bool isAlone;
        do
        {
            isAlone = session.KillRest();
            while (pipe.ReadWhatIsThere(-1, -1, PollMilliseconds * (pipe.IsOpen || !isAlone ? 1 : 0))) continue;
        }
        while ((pipe.IsOpen || !isAlone) && Stopwatch.GetElapsedTime(began) < (isAlone ? mostForWords : mostForEnds));
        if (!isAlone) _exceeded ??= new(BoundKind.Processes, _start.Tree.Processes); // what still lives may still write
    }

    private static unsafe bool HasEnded(int id)
    {
        const int ByProcess = 1, InformationBytes = 128, ProcessIdAt = 16;
        var information = stackalloc byte[InformationBytes];
        new Span<byte>(information, InformationBytes).Clear();
        if (Libc.WaitId(ByProcess, id, information, Libc.Exited | Libc.NoHang | Libc.KeepZombie) != 0)
            return Marshal.GetLastPInvokeError() == Libc.NoChild; // somebody in this process waits for all children
        return *(int*)(information + ProcessIdAt) != 0;
    }

    private static ChildExit Reap(int id, PeakMemory memory)
    {
        int result;
        int status;
        Libc.Usage usage;
        do result = Libc.Wait(id, out status, 0, out usage);
        while (result < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
        if (result < 0) return new(null, null, default, memory.Of(0));

        var signal = status & 0x7F;
        return new(
            signal == 0 ? (status >> 8) & 0xFF : null, signal == 0 ? null : signal, usage.CpuTime, memory.Of(usage.PeakResident * 1024));
    }

    private unsafe void Wake()
    {
        lock (_gate)
        {
            if (_hasEnded || _wake < 0) return;
            var one = 1UL;
            _ = Libc.Write(_wake, (byte*)&one, sizeof(ulong));
        }
    }

    private void CloseInput()
    {
        if (_input >= 0) _ = Libc.Close(_input);
        _input = -1;
    }
}
