using IdfKit.Engine;
using IdfKit.Engine.Parts;

namespace IdfKit.Runs.Parts;

/// <summary>What came of a run in parts.</summary>
/// <param name="Run">How it ended; null: it is to be run whole.</param>
/// <param name="Segments">For the record; null where nothing was joined.</param>
/// <param name="Summaries">Of which the summary is added up, where parts were joined.</param>
/// <param name="Notice">What the record says of it; empty: nothing.</param>
internal sealed record PartsEnded(EngineRun? Run, RunSegments? Segments, IReadOnlyList<EnergySummary> Summaries, string Notice)
{
    /// <summary>The run ended before its parts were joined: there are no series.</summary>
    public bool HasNoSeries { get; init; }

    /// <summary>What parts have taken of processors whose results are not used.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>The model is to be run whole.</summary>
    /// <param name="notice">What the record says of it; empty: nothing.</param>
    /// <param name="parts">Whose results are not used; null: none has run.</param>
    public static PartsEnded Whole(string notice = "", EndedParts? parts = null) =>
        new(null, null, [], notice) { Spent = parts?.Run.CpuTime ?? default };

    /// <summary>The run ended as one part did, or as the deadline ended all; nothing is joined.</summary>
    public static PartsEnded As(EngineRun run) => new(run, null, [], "");
}
