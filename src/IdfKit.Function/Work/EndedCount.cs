using IdfKit.Drops;

namespace IdfKit.Function.Work;

/// <summary>Counts rows that have come to their end, and hands them on.</summary>
internal sealed class EndedCount(IProgress<RunResult> then) : IProgress<RunResult>
{
    private int _count;

    public int Count => _count;

    public void Report(RunResult value)
    {
        Interlocked.Increment(ref _count);
        then.Report(value);
    }
}
