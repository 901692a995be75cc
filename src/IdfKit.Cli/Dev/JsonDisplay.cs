using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Cli.Dev;

/// <summary>A JSON object in a line for each change of a run, and for what is no run.</summary>
internal sealed class JsonDisplay(TextWriter output, TimeProvider time) : IRunDisplay
{
    private readonly Lock _gate = new();

    public Task ShowAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);

    public void Ready(Uri bucket, Uri lambda) => Write(new(time.GetUtcNow(), "ready", null) { Bucket = bucket, Lambda = lambda });

    public void RunChanged(Run run) => Write(new(time.GetUtcNow(), "run", run.Message)
    {
        Model = run.Input,
        Folder = run.Folder,
        Status = run.Status,
        Reason = run.Reason,
        Phase = run.IsOver ? null : run.Phase,
        Percent = run.IsOver ? null : run.Percent,
        Seconds = run.Seconds,
    });

    public void Trouble(string sentence) => Write(new(time.GetUtcNow(), "trouble", sentence));

    public void Ignored(string sentence) => Write(new(time.GetUtcNow(), "ignored", sentence));

    public void Ended(IReadOnlyList<Run> runs) => Write(new(time.GetUtcNow(), "ended", null)
    {
        Counts = runs.CountBy(run => run.IsOver ? run.Status : "interrupted").ToDictionary(StringComparer.Ordinal),
    });

    private void Write(DevLine line)
    {
        lock (_gate) output.WriteLine(JsonSerializer.Serialize(line, DevJson.Readable.DevLine));
    }
}

/// <summary>What has happened.</summary>
/// <param name="At">When.</param>
/// <param name="Event"><c>ready</c>, <c>run</c>, <c>trouble</c>, <c>ignored</c> or <c>ended</c>.</param>
/// <param name="Message">One sentence; null: nothing is to be said.</param>
internal sealed record DevLine(DateTimeOffset At, string Event, string? Message)
{
    public string Schema { get; init; } = "idfkit.dev/1";

    public Uri? Bucket { get; init; }

    public Uri? Lambda { get; init; }

    public string? Model { get; init; }

    public string? Folder { get; init; }

    public string? Status { get; init; }

    public string? Reason { get; init; }

    public string? Phase { get; init; }

    public double? Percent { get; init; }

    public double? Seconds { get; init; }

    public IReadOnlyDictionary<string, int>? Counts { get; init; }
}

/// <summary>How it is written: snake_case, a line each without what is not there, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DevLine))]
internal sealed partial class DevJson : JsonSerializerContext
{
    public static DevJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
