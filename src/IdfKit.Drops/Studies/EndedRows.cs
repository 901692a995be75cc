using System.Collections;
using System.Collections.Concurrent;

namespace IdfKit.Drops.Studies;

/// <summary>Remembers the rows of a study that have come to their end.</summary>
internal sealed class EndedRows : IProgress<RunResult>, IEnumerable<RunResult>
{
    private readonly ConcurrentQueue<RunResult> _ended = new();

    public void Report(RunResult value) => _ended.Enqueue(value);

    public IEnumerator<RunResult> GetEnumerator() => _ended.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
