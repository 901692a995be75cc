using IdfKit.Drops.Claims;

namespace IdfKit.Drops.Studies.Estimates;

/// <summary>
/// What the calls that run rows ask of the bucket, as a formula: <c>docs/studies.md</c> has it in words. It follows
/// <see cref="StudyRows"/> and <see cref="ClaimedRun"/>; a test counts both beside each other.
/// </summary>
/// <param name="settings">How rows are run.</param>
internal sealed class RowCost(RunSettings settings)
{
    private const long LeastInParts = 5 << 20, LargestAtOnce = 64 << 20, PartBytes = 8 << 20;

    private readonly Dictionary<double, Requests> _progress = []; // by the seconds

    /// <summary>The whole study: the first call says in its record that rows run.</summary>
    public static Requests OfStudy { get; } = new(1, 0, 0, 0);

    /// <summary>
    /// A call with these rows: it reads the study's record, before each further row once more, and each base and weather once.
    /// </summary>
    public static Requests OfCall(IReadOnlyList<EstimatedRow> rows)
    {
        var sum = new Requests(0, rows.Count, 0, 0);
        foreach (var of in rows.DistinctBy(row => row.Base)) sum += of.OfBase;
        foreach (var with in rows.DistinctBy(row => (row.Base, row.Weather))) sum += with.OfWeather;
        return sum;
    }

    /// <summary>A row that takes as an earlier run did.</summary>
    public Requests OfRow(EstimatedRow row, RowExample example)
    {
        // Its record is looked for and claimed; it is claimed, fenced and committed.
        var sum = new Requests(3, 2 + row.Companions, 0, 0);
        foreach (var bytes in example.FileBytes) sum += OfFile(bytes);
        // Of what lies there already the condition is looked at when it is begun, and of all when it is completed.
        foreach (var bytes in example.AheadBytes) sum += OfParts(bytes, looks: row.HasFolder ? 2 : 1);
        // Uploads without an answer are looked for where a file is large, behind a look at the claim, and what an earlier run has left
        // where one was.
        if (example.AheadBytes.Count > 0 || example.FileBytes.Any(bytes => bytes >= LeastInParts)) sum += new Requests(0, 1, 1, 0);
        if (row.HasFolder) sum += new Requests(0, 0, 1, 0);
        if (!_progress.TryGetValue(example.SimulatedSeconds, out var progress))
            _progress[example.SimulatedSeconds] = progress = OfProgress(example.SimulatedSeconds);
        return sum + progress;
    }

    private static Requests OfFile(long bytes) => bytes <= LargestAtOnce
        ? new(1, 0, 0, 0)
        : OfParts(bytes, looks: 1);

    private static Requests OfParts(long bytes, int looks) => new(2 + ((bytes + PartBytes - 1) / PartBytes), looks, 0, 0);

    /// <summary>While EnergyPlus runs the claim is looked at, and progress is told, which goes in the end.</summary>
    private Requests OfProgress(double seconds)
    {
        if (settings.ProgressInterval <= TimeSpan.Zero) return default;
        var (looks, told, passed) = (0L, 0L, 0.0);
        foreach (var (wait, tells) in ClaimWatch.Looks(settings))
        {
            passed += wait.TotalSeconds;
            if (passed > seconds) break;
            looks++;
            if (tells) told++;
        }
        return new(told, looks, 0, Math.Min(1, told));
    }
}
