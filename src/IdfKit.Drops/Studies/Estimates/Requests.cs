using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies.Estimates;

/// <summary>Requests to a bucket, by kind.</summary>
internal readonly record struct Requests(long Puts, long Gets, long Lists, long Deletes)
{
    /// <summary>What the current work has asked for so far; none where nobody counts.</summary>
    public static Requests SoFar => RequestCounts.Current is { } counts
        ? new(counts.Puts, counts.Gets, counts.Lists, counts.Deletes)
        : default;

    public static Requests operator +(Requests one, Requests other) =>
        new(one.Puts + other.Puts, one.Gets + other.Gets, one.Lists + other.Lists, one.Deletes + other.Deletes);

    public static Requests operator -(Requests one, Requests other) =>
        new(one.Puts - other.Puts, one.Gets - other.Gets, one.Lists - other.Lists, one.Deletes - other.Deletes);

    public StudyRequests ForRecord() => new(Puts, Gets, Lists, Deletes);
}
