using System.Globalization;
using FaultProxies;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests.Usage;

/// <summary>The requests of a run up to its last write of its record, as a proxy saw them.</summary>
internal sealed class SeenRequests
{
    private readonly IReadOnlyList<ProxiedCall> _calls;

    /// <param name="calls">All that came through while the run was made.</param>
    /// <param name="record">The path of its record, such as <c>outputs/office/run.json</c>.</param>
    public SeenRequests(IReadOnlyList<ProxiedCall> calls, string record)
    {
        Commit = calls.Last(call => call.Method == "PUT" && call.Target.EndsWith(record, StringComparison.Ordinal));
        _calls = [.. calls.Where(call => call.Number <= Commit.Number)];
    }

    /// <summary>That last write.</summary>
    public ProxiedCall Commit { get; }

    /// <summary>As AWS counts them: copies and the beginning and the end of an upload by parts store, too.</summary>
    public IReadOnlyList<ProxiedCall> Puts => [.. _calls.Where(call => call.Kind == "puts")];

    /// <summary>How many there were of each kind.</summary>
    public string Counts => string.Join(", ", Kinds.Select(kind => $"{kind} {_calls.Count(call => call.Kind == kind)}"));

    /// <summary>What went out in requests that the server did, less the record's last form.</summary>
    public long BytesOut => _calls.Where(call => call is { Method: "PUT" } && call != Commit).Sum(LengthOf);

    private static readonly string[] Kinds = ["puts", "gets", "lists", "deletes"];

    /// <summary>The same of what the record says.</summary>
    public static string CountsOf(RunUsage usage) =>
        $"puts {usage.Puts}, gets {usage.Gets}, lists {usage.Lists}, deletes {usage.Deletes}";

    private static long LengthOf(ProxiedCall call) =>
        long.TryParse(call.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
}
