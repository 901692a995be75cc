using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Engine.Preparation;

namespace IdfKit.Engine.Parts.Year;

/// <summary>A model's text with one segment of its year as its run period.</summary>
internal static class YearText
{
    // As they stand in IDF behind the name.
    private static readonly string[] Keys =
    [
        "begin_month", "begin_day_of_month", "begin_year", "end_month", "end_day_of_month", "end_year", "day_of_week_for_start_day",
    ];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="plan">Its year.</param>
    /// <param name="index">Which of the segments.</param>
    /// <param name="added">What each reports besides: <see cref="YearOutputs.Missing"/>.</param>
    public static ReadOnlyMemory<byte> Of(Model model, YearPlan plan, int index, IReadOnlyList<AddedObject> added)
    {
        var edits = new TextEdits();
        ModelAppender.Append(model, model.Text.Length, edits, added);
        using var text = new MemoryStream(model.Text.Length);
        edits.WriteTo(text, model.Text.Span);
        var reporting = Read(text.ToArray());
        var part = Read(PartText.Of(reporting, reporting.ObjectsOf("RunPeriod")[0], simulatesSizingPeriods: index == 0));
        var values = ValuesOf(plan, plan.Segments[index]);
        return part.Format is ModelFormat.Idf ? Idf(part, values) : EpJson(part, values);
    }

    private static string[] ValuesOf(YearPlan plan, YearSegment segment)
    {
        var (begin, end) = (plan.Period.DateOf(segment.First), plan.Period.DateOf(segment.Last));
        int[] dates = [begin.Month, begin.Day, plan.YearOf(segment), end.Month, end.Day, plan.EndYearOf(segment)];
        var texts = dates.Select(number => number.ToString(CultureInfo.InvariantCulture));
        return [.. texts, plan.Period.WeekdayOf(segment.First).ToString()];
    }

    private static ReadOnlyMemory<byte> Idf(Model model, string[] values)
    {
        var run = model.ObjectsOf("RunPeriod")[0];
        IEnumerable<string> fields = [run.TextOf(0), .. values, .. run.Texts.Skip(1 + values.Length)];
        var edits = new TextEdits();
        PartText.Put(model.Text, run, "RunPeriod," + string.Join(',', fields) + ";", edits);
        using var text = new MemoryStream(model.Text.Length);
        edits.WriteTo(text, model.Text.Span);
        return text.ToArray();
    }

    private static ReadOnlyMemory<byte> EpJson(Model model, string[] values)
    {
        var root = JsonNode.Parse(model.Text.Span[model.Text.Start..], documentOptions: Lenient)!.AsObject();
        var run = root.First(member => Is(member.Key, "RunPeriod")).Value!.AsObject().First().Value!.AsObject();
        foreach (var (key, value) in Keys.Zip(values))
        {
            foreach (var old in run.Select(field => field.Key).Where(name => Is(name, key)).ToList()) run.Remove(old);
            run[key] = int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value;
        }
        using var text = new MemoryStream(model.Text.Length);
        using (var writer = new Utf8JsonWriter(text)) root.WriteTo(writer);
        return text.ToArray();
    }

    private static Model Read(ReadOnlyMemory<byte> text)
    {
        using var stream = new MemoryStream(text.ToArray());
        return Model.Read(stream);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
