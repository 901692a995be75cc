using System.Text.Json;

using IdfKit.Drops.Studies;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// The three calls by which studies are run, whoever makes them: <c>plan</c>, <c>rows</c> and <c>collect</c>, as JSON.
/// <c>docs/studies.md</c> describes them.
/// </summary>
public sealed class StudyCalls
{
    private readonly StudyParts _parts;

    /// <param name="settings">Prefixes, limits, what is allowed.</param>
    /// <param name="buckets">Where studies come from and results go.</param>
    /// <param name="engines">The EnergyPlus installations that run them; their owner disposes them.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public StudyCalls(RunSettings settings, IBucketSource buckets, Engines engines, TimeProvider? time = null)
        : this(new StudyParts(settings, buckets, engines, time ?? TimeProvider.System))
    {
    }

    internal StudyCalls(StudyParts parts) => _parts = parts;

    /// <summary>Which call a JSON object is; null: none.</summary>
    public static StudyCallKind? KindOf(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object) return null;
        try
        {
            if (call.TryGetProperty("rows", out _)) return StudyCallKind.Rows; // it names its plan, too
            if (call.TryGetProperty("collect", out _)) return StudyCallKind.Collect;
            return call.TryGetProperty("plan", out _) ? StudyCallKind.Plan : null;
        }
        catch (InvalidOperationException) { return null; } // a member's name is no text, such as "\ud800"
    }

    /// <summary>Answers a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="delivery">The invocation.</param>
    /// <param name="progress">Is told of each row that has come to its end; null: nobody listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer, as UTF-8 JSON.</returns>
    /// <exception cref="StudyCallException">It is none of the three calls, or names what cannot be.</exception>
    /// <exception cref="StorageException">A bucket failed: the world's fault, to be retried.</exception>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started: the world's fault.</exception>
    /// <exception cref="RunDeferredException">It is to be made again.</exception>
    public async Task<byte[]> AnswerAsync(
        JsonElement call, Delivery delivery, IProgress<RunResult>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var json = CallJson.Readable;
        switch (KindOf(call))
        {
            case StudyCallKind.Plan:
                var planner = new StudyPlanner(_parts) { MemoryMegabytes = delivery.MemoryMegabytes };
                var plan = await planner.PlanAsync(Read(call, json.PlanCall), cancellationToken).ConfigureAwait(false);
                return JsonSerializer.SerializeToUtf8Bytes(plan, json.PlanAnswer);
            case StudyCallKind.Rows:
                var rows = await new StudyRows(_parts, delivery) { Progress = progress }.RunAsync(
                    Read(call, json.RowsCall), delivery.Rows?.Count ?? 1, cancellationToken).ConfigureAwait(false);
                return JsonSerializer.SerializeToUtf8Bytes(rows, json.RowsAnswer);
            case StudyCallKind.Collect:
                var collector = new StudyCollector(_parts) { MemoryMegabytes = delivery.MemoryMegabytes };
                var collected = await collector.CollectAsync(
                    Read(call, json.CollectCall), cancellationToken).ConfigureAwait(false);
                return JsonSerializer.SerializeToUtf8Bytes(collected, json.CollectAnswer);
            default:
                throw new StudyCallException(DropSentences.NoCall);
        }
    }

    /// <summary>Plans, runs and collects a dropped study, which no state machine runs.</summary>
    internal Task<RunResult> RunAsync(
        DroppedObject drop, Delivery delivery, IProgress<RunResult>? progress, CancellationToken cancellationToken) =>
        new StudyByItself(_parts, delivery).RunAsync(drop, progress, cancellationToken);

    internal Task<RunResult> GiveUpAsync(DroppedObject drop, GivenUp why, Delivery delivery, CancellationToken cancellationToken) =>
        new StudyByItself(_parts, delivery).GiveUpAsync(drop, why, cancellationToken);

    private static T Read<T>(JsonElement call, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> kind)
    {
        try
        {
            var missing = kind.Properties.Where(member => member.IsRequired && !call.TryGetProperty(member.Name, out _));
            if (missing.FirstOrDefault() is { } lacked) throw new StudyCallException(DropSentences.CallLacks(lacked.Name));
            return call.Deserialize(kind)!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StudyCallException(DropSentences.BadCall((e as JsonException)?.Path));
        }
    }
}

/// <summary>A call by which studies are run.</summary>
public enum StudyCallKind
{
    /// <summary>Reads a study and says which rows are to be run.</summary>
    Plan,
    /// <summary>Runs rows.</summary>
    Rows,
    /// <summary>Makes the table.</summary>
    Collect,
}
