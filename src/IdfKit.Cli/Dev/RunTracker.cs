using System.Text;
using System.Text.Json;
using IdfKit.LocalCloud;

namespace IdfKit.Cli.Dev;

/// <summary>Follows the runs by the <c>run.json</c> and <c>progress.json</c> that the function writes.</summary>
internal sealed class RunTracker(string outputPrefix)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Run> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Run> _over = new(StringComparer.Ordinal);
    private int _completed;

    /// <summary>Every change of a run. Called from several threads.</summary>
    public event EventHandler<Run>? Changed;

    public IReadOnlyList<Run> Active
    {
        get { lock (_gate) return [.. _active.Values]; }
    }

    public IReadOnlyList<Run> Over
    {
        get { lock (_gate) return [.. _over.Values.OrderBy(run => run.Folder, StringComparer.Ordinal)]; }
    }

    /// <summary>How many there are, which costs nothing however many that is.</summary>
    public RunCounts Counts
    {
        get { lock (_gate) return new(_completed, _over.Count - _completed, _active.Count); }
    }

    public void Written(ObjectWrite write)
    {
        if (!write.Key.StartsWith(outputPrefix, StringComparison.Ordinal)) return;
        var isRecord = write.Key.EndsWith("/run.json", StringComparison.Ordinal);
        if (!isRecord && !write.Key.EndsWith("/progress.json", StringComparison.Ordinal)) return;
        if (Read(write.Path) is not { } document) return;
        using (document)
        {
            Run run;
            lock (_gate)
            {
                var folder = write.Key[..(write.Key.LastIndexOf('/') + 1)];
                var known = _active.GetValueOrDefault(folder) ?? _over.GetValueOrDefault(folder);
                run = isRecord
                    ? FromRecord(folder, document.RootElement, known)
                    : WithProgress(known ?? new Run(folder, folder, "running"), document.RootElement);
                // Progress that was under way when the record was committed does not bring the run back.
                if (!isRecord && known is { IsOver: true }) return;
                Keep(run);
            }
            Changed?.Invoke(this, run);
        }
    }

    private void Keep(Run run)
    {
        _active.Remove(run.Folder);
        if (_over.Remove(run.Folder, out var before) && before.IsCompleted) _completed--;
        if (run.IsCompleted) _completed++;
        if (run.IsOver) _over[run.Folder] = run;
        else _active[run.Folder] = run;
    }

    private static Run FromRecord(string folder, JsonElement record, Run? known)
    {
        var run = new Run(folder, InputOf(record) ?? folder, Text(record, "status") ?? "running")
        {
            Id = Text(record, "run_id"),
            Reason = Text(record, "reason"),
            Message = Text(record, "message"),
            Seconds = Number(record, "timings_ms", "total") / 1000,
            IsWithoutWeather = record.ValueKind == JsonValueKind.Object && record.TryGetProperty("weather", out var weather)
                && weather.ValueKind == JsonValueKind.Null,
        };
        // The function marks its claim once more when it has simulated and begins to upload.
        return !run.IsOver && known is { IsOver: false, Phase: not null } && known.Id == run.Id ? run with { Phase = "uploading" } : run;
    }

    /// <summary>The model; a row of a study by the study and its name, since all its rows have one model.</summary>
    private static string? InputOf(JsonElement record) =>
        Text(record, "study", "key") is { } study && Text(record, "study", "name") is { } row
            ? $"{study} {row}"
            : Text(record, "input", "key");

    private static Run WithProgress(Run run, JsonElement progress) => run with
    {
        Phase = Text(progress, "phase"),
        Percent = Number(progress, "percent"),
        SimulatedEnvironment = Text(progress, "environment"),
        Seconds = Number(progress, "elapsed_seconds"),
    };

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path) =>
        Find(element, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static double? Number(JsonElement element, params ReadOnlySpan<string> path) =>
        Find(element, path) is { ValueKind: JsonValueKind.Number } found && double.IsFinite(found.GetDouble())
            ? found.GetDouble()
            : null;

    private static JsonElement? Find(JsonElement element, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element;
    }

    private static JsonDocument? Read(string path)
    {
        try
        {
            var json = File.ReadAllBytes(path).AsMemory();
            return JsonDocument.Parse(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // Removed or replaced since; what follows brings its own event.
            return null;
        }
    }
}

/// <summary>How many runs there are.</summary>
/// <param name="Completed">That completed.</param>
/// <param name="Others">That are over and did not.</param>
/// <param name="Active">That are not over.</param>
internal readonly record struct RunCounts(int Completed, int Others, int Active)
{
    public int Over => Completed + Others;
}
