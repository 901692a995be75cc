using System.Diagnostics;
using System.Globalization;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// The most memory a child held. The kernel's account (wait4) begins with what its parent held when it was started, so it is
/// only good when it is larger; for a parent that is large itself the child's own mark is read now and then while it lives.
/// </summary>
internal sealed class PeakMemory(int process, long parentPeak)
{
    public const int SampleMilliseconds = 200;

    private const long Small = 100L << 20; // EnergyPlus needs 180 MB before it reads a model

    private const long Loaded = 1L << 20; // no program has less once it runs; before, a page or two

    private readonly string _process = process.ToString(CultureInfo.InvariantCulture);
    private long _sampledAt;
    private long _peak;

    public bool NeedsSamples { get; } = parentPeak > Small;

    public void Sample()
    {
        if (!NeedsSamples || (_sampledAt != 0 && Stopwatch.GetElapsedTime(_sampledAt).TotalMilliseconds < SampleMilliseconds / 10)) return;
        _sampledAt = Stopwatch.GetTimestamp();
        var held = ProcessTable.PeakResidentBytes(_process);
        if (held >= Loaded) _peak = Math.Max(_peak, held);
    }

    /// <param name="reaped">What wait4 says.</param>
    public long Of(long reaped) => reaped > parentPeak || _peak == 0 ? reaped : _peak;
}
