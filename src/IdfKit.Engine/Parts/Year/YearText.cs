using System.Globalization;

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

    /// <param name="model">The staged copy, expanded, with one run period.</param>
    /// <param name="plan">Its year.</param>
    /// <param name="index">Which of the segments.</param>
    /// <param name="added">What each reports besides: <see cref="YearOutputs.Missing"/>.</param>
    public static byte[] Of(Model model, YearPlan plan, int index, IReadOnlyList<AddedObject> added)
    {
        var edits = new TextEdits();
        ModelAppender.Append(model, model.Text.Length, edits, added);
        var reporting = Read(edits.AppliedTo(model.Text.Span));
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

    private static byte[] Idf(Model model, string[] values)
    {
        var run = model.ObjectsOf("RunPeriod")[0];
        IEnumerable<string> fields = [run.TextOf(0), .. values, .. run.Texts.Skip(1 + values.Length)];
        var edits = new TextEdits();
        PartText.Put(model.Text, run, "RunPeriod," + string.Join(',', fields) + ";", edits);
        return edits.AppliedTo(model.Text.Span);
    }

    private static byte[] EpJson(Model model, string[] values)
    {
        var root = PartText.RootOf(model);
        var run = PartText.ClassOf(root, "RunPeriod")!.First().Value!.AsObject();
        foreach (var (key, value) in Keys.Zip(values))
        {
            foreach (var old in run.Select(field => field.Key).Where(name => PartText.Is(name, key)).ToList()) run.Remove(old);
            run[key] = int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value;
        }
        return PartText.BytesOf(root);
    }

    private static Model Read(byte[] text)
    {
        using var stream = new MemoryStream(text);
        return Model.Read(stream);
    }
}
