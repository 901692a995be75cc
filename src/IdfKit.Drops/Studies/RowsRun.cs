using IdfKit.Runs;

namespace IdfKit.Drops.Studies;

/// <summary>What became of the rows of one call.</summary>
internal sealed class RowsRun
{
    private readonly SortedDictionary<string, int> _ended = new(StringComparer.Ordinal);
    private readonly List<CalledRow> _left = [];
    private readonly Lock _gate = new();
    private int _waitSeconds;

    /// <summary>How many have ended, by their status.</summary>
    public IReadOnlyDictionary<string, int> Ended => _ended;

    /// <summary>Those that have not, in the order in which they are to be run.</summary>
    public IReadOnlyList<CalledRow> Left => _left;

    /// <summary>After how many seconds they are to be run.</summary>
    public int WaitSeconds => _left.Count > 0 ? _waitSeconds : 0;

    /// <summary>What went wrong around a row; null: nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether another plan has taken over.</summary>
    public bool IsSuperseded { get; set; }

    public void End(RunStatus status)
    {
        lock (_gate)
        {
            var name = NameOf(status);
            _ended[name] = _ended.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The status as records write it.</summary>
    public static string NameOf(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.TimedOut => "timed_out",
        RunStatus.Crashed => "crashed",
        _ => "rejected",
    };

    public void Leave(CalledRow row, int waitSeconds = 0, Exception? failure = null)
    {
        lock (_gate)
        {
            _left.Add(row);
            _waitSeconds = Math.Max(_waitSeconds, waitSeconds);
            Failure ??= failure;
        }
    }
}
