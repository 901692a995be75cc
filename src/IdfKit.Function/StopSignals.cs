using System.Runtime.InteropServices;

namespace IdfKit.Function;

/// <summary>SIGINT and SIGTERM (docker stop, a Spot interruption) as a token, so that what runs can give its claims back.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt, _terminate;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The number of the last signal; 0: none came.</summary>
    public int Number { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Number = context.Signal == PosixSignal.SIGINT ? 2 : 15;
        _stop.Cancel();
    }
}
