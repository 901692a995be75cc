using FaultProxies;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>
/// The bad weather between the function and its S3 server: one request in ten meets a fault. The seed repeats the
/// draws, not their order.
/// </summary>
internal sealed class BadWeather(int seed)
{
    private readonly Random _random = new(seed);
    private int _faults;

    public int Faults => _faults;

    public Fault? Next(ProxiedCall call)
    {
        int draw;
        lock (_random) draw = _random.Next(1000);
        if (draw >= 100) return null;
        Interlocked.Increment(ref _faults);
        return draw switch
        {
            < 30 => new Fault.Answer(500, "InternalError"),
            < 50 => new Fault.Answer(503, "SlowDown"),
            < 65 => new Fault.Reset(),
            < 80 => new Fault.LoseAnswer(),
            < 90 => new Fault.CutBody(100),
            < 98 => new Fault.CutRequest(100),
            _ => new Fault.Stall(100),
        };
    }
}
