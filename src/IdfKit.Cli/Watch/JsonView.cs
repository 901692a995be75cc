using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Cli.Watch;

/// <summary>A JSON object in a line at the first look, and at each that finds a change.</summary>
internal sealed class JsonView(TextWriter output, TimeProvider time) : IWatchView
{
    private bool _hasBegun;

    public void Show(WatchState state, IReadOnlyList<WatchedRun> changed, TimeSpan? rest)
    {
        if (_hasBegun && changed.Count == 0) return;
        _hasBegun = true;
        var line = new WatchLine(time.GetUtcNow(), state.Counts, state.Open, rest?.TotalSeconds, [.. changed.Select(RunLine.Of)])
        {
            Running = [.. state.Running.Take(state.Progress.Count + 1).Select(run => new RunningLine(
                run.Name, state.Progress.GetValueOrDefault(run.Folder)?.Phase, state.Progress.GetValueOrDefault(run.Folder)?.Percent))],
        };
        output.WriteLine(JsonSerializer.Serialize(line, WatchJson.Readable.WatchLine));
    }

    public void End() => output.Flush();
}

/// <summary>How things stand.</summary>
/// <param name="At">When that was looked at.</param>
/// <param name="Counts">How many are in each state.</param>
/// <param name="Open">How many wait or run.</param>
/// <param name="RestSeconds">How long it will take; null: not known.</param>
/// <param name="Changes">What has changed since the line before.</param>
internal sealed record WatchLine(
    DateTimeOffset At, IReadOnlyDictionary<string, int> Counts, int Open, double? RestSeconds, IReadOnlyList<RunLine> Changes)
{
    public string Schema { get; init; } = "idfkit.watch/1";

    /// <summary>Some of those that run.</summary>
    public IReadOnlyList<RunningLine> Running { get; init; } = [];
}

/// <summary>A run that has changed.</summary>
internal sealed record RunLine(string Name, string Folder, string Status, string? Reason, string? Message)
{
    public double? Seconds { get; init; }

    public static RunLine Of(WatchedRun run) => new(run.Name, run.Folder, run.Status, run.Reason, run.Message) { Seconds = run.Seconds };
}

/// <summary>A run that is under way.</summary>
internal sealed record RunningLine(string Name, string? Phase, double? Percent);

/// <summary>How it is written: snake_case, a line each, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WatchLine))]
internal sealed partial class WatchJson : JsonSerializerContext
{
    public static WatchJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
