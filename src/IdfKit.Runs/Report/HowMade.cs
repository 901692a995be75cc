using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>How the run was made: inputs, EnergyPlus, time, memory and cost, what was asked for, and what was added to the model.</summary>
internal static class HowMade
{
    private const double DollarsPerGigabyteSecond = 0.0000166667; // AWS Lambda on x86, its list price in most regions

    public static void Write(HtmlWriter html, ReportFacts facts, int most)
    {
        html.Write("""<h2>How it was made</h2><table class="files"><tbody>""");
        foreach (var (name, value) in Rows(facts, most))
            if (!string.IsNullOrEmpty(value)) html.Write($"""<tr><th scope="row">{name}</th><td>{value}</td></tr>""");
        html.Write("</tbody></table>\n");
        WriteAdded(html, facts.Record.AddedObjects, most);
    }

    private static IEnumerable<(string Name, string? Value)> Rows(ReportFacts facts, int most)
    {
        var record = facts.Record;
        yield return ("Model", With(record.Input.Key, record.Input.ETag));
        yield return ("Weather", record.Weather is { } weather ? With(weather.Key, weather.ETag) : null);
        yield return ("Place of the weather", facts.Weather is { Kind: { } kind } place ? $"{place.Place} ({kind})" : facts.Weather?.Place);
        yield return ("Place of the model", facts.ModelPlace);
        yield return ("EnergyPlus", record.Engine is { } engine ? engine.Version + (engine.Build is { } build ? $" ({build})" : "") : null);
        yield return ("Converted", record.Migration is { } steps ? $"from version {steps.From} to {steps.To}" : null);
        yield return ("Ended", ReportWords.Moment(record.FinishedAt ?? record.StartedAt));
        yield return ("Time", Time(record));
        yield return ("Memory", record.PeakMemoryBytes is { } peak ? $"at most {NumberText.Bytes(peak)}" : null);
        yield return ("Cost", Cost(facts));
        yield return ("Asked for", Asked(record.Options));
        foreach (var (name, value) in record.Tags.Take(Math.Min(most, 10))) yield return (OneLine.Of(name, 60), OneLine.Of(value, 120));
        yield return ("Run", record.RunId);
    }

    private static string With(string key, string? tag) =>
        OneLine.Of(key, 200) + (tag is null ? "" : $" (ETag {OneLine.Of(tag, 80)})");

    private static string? Time(RunRecord record)
    {
        if (record.TimingsMs is not { } times || (times.Total ?? times.Simulate) is not { } all) return null;
        var processor = record.CpuMs is { } used ? $" ({NumberText.Seconds(used)} of processor)" : "";
        return times is { Simulate: { } simulate, Total: not null }
            ? $"{NumberText.Seconds(all)}, of which EnergyPlus {NumberText.Seconds(simulate)}{processor}"
            : NumberText.Seconds(all) + processor;
    }

    private static string? Cost(ReportFacts facts)
    {
        var times = facts.Record.TimingsMs;
        if (facts.FunctionMegabytes is not { } megabytes || (times?.Total ?? times?.Simulate) is not { } milliseconds) return null;
        return RunSentences.Costs(milliseconds / 1000.0 * megabytes / 1024 * DollarsPerGigabyteSecond, megabytes);
    }

    private static string Asked(RunOptions options)
    {
        var limit = options.TimeoutSeconds is { } seconds ? $"at most {NumberText.Short(seconds)} s" : null;
        var kept = options.Outputs?.Take(10).Select(glob => OneLine.Of(glob, 30));
        string?[] asked =
        [
            options.Annual ? "a whole year" : null,
            options.DesignDay ? "design days only" : null,
            options.ExpandObjects ? "ExpandObjects first" : null,
            options.Readvars ? "variables as .csv" : null,
            limit,
            kept is null ? null : "only the files " + string.Join(" ", kept),
        ];
        return string.Join("; ", asked.OfType<string>());
    }

    private static void WriteAdded(HtmlWriter html, IReadOnlyList<string> added, int most)
    {
        if (added.Count == 0) return;
        var shown = added.Take(Math.Min(most, 30)).ToArray();
        html.Write($"<p>{RunSentences.ObjectsAdded(added.Count)}</p><ul>");
        foreach (var text in shown) html.Write($"<li><code>{OneLine.Of(text, 160)}</code></li>");
        html.Write("</ul>\n");
        if (added.Count > shown.Length) html.Write($"""<p class="note">{RunSentences.RowsLeftOut(added.Count - shown.Length)}</p>""");
    }
}
