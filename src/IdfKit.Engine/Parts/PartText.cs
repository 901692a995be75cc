using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;

namespace IdfKit.Engine.Parts;

/// <summary>
/// A model's text with one of its run periods alone. In IDF every other line stays where it is, so that messages name the same lines.
/// </summary>
internal static class PartText
{
    private const string Period = "RunPeriod";
    private const string Control = "SimulationControl";
    private const string ControlKey = "run_simulation_for_sizing_periods";
    private const int ControlField = 3;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    // What the model writes in plain letters stays so.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="model">The model.</param>
    /// <param name="kept">The run period that stays.</param>
    /// <param name="simulatesSizingPeriods">Whether sizing periods are simulated where the model wants it; else they only size.</param>
    public static byte[] Of(Model model, ModelObject kept, bool simulatesSizingPeriods) =>
        model.Format is ModelFormat.Idf ? Idf(model, kept, simulatesSizingPeriods) : EpJson(model, kept, simulatesSizingPeriods);

    private static byte[] Idf(Model model, ModelObject kept, bool simulatesSizingPeriods)
    {
        var edits = new TextEdits();
        foreach (var other in model.ObjectsOf(Period))
            if (!other.Equals(kept)) Put(model.Text, other, "", edits);
        if (!simulatesSizingPeriods && model.Plan.RunsSizingPeriods)
        {
            if (model.ObjectsOf(Control) is [var control]) Put(model.Text, control, WithoutSizingPeriods(control), edits);
            else edits.Insert(model.Text.Length, (model.EndsInsideObject ? ";" : "") + $"\n{Control},No,No,No,No,Yes;\n");
        }
        return edits.AppliedTo(model.Text.Span);
    }

    private static string WithoutSizingPeriods(ModelObject control)
    {
        List<string> fields = [.. control.Fields];
        while (fields.Count <= ControlField) fields.Add("");
        fields[ControlField] = "No";
        return Control + "," + string.Join(',', fields) + ";";
    }

    /// <summary>Puts text in the place of an object, and keeps the lines that it had.</summary>
    internal static void Put(ModelText text, ModelObject item, string with, TextEdits edits)
    {
        var (start, end) = (item.Place.Offset, item.Place.Body);
        if (item.FieldCount > 0) end = item.PlaceOf(item.FieldCount - 1).End;
        if (end < text.Length) end++; // its semicolon; the last object may lack one
        var lines = text.Span[start..end].Count((byte)'\n');
        edits.Replace(start, end, with + new string('\n', lines));
    }

    private static byte[] EpJson(Model model, ModelObject kept, bool simulatesSizingPeriods)
    {
        var root = RootOf(model);
        var periods = ClassOf(root, Period)!;
        foreach (var name in periods.Select(period => period.Key).Where(name => name != kept.Name).ToList()) periods.Remove(name);
        if (!simulatesSizingPeriods && model.Plan.RunsSizingPeriods) SwitchOff(root);
        return BytesOf(root);
    }

    private static void SwitchOff(JsonObject root)
    {
        var control = ClassOf(root, Control)?.FirstOrDefault().Value?.AsObject();
        if (control is null) root[Control] = new JsonObject { [$"{Control} 1"] = control = [] };
        var key = control.Select(field => field.Key).FirstOrDefault(name => Is(name, ControlKey)) ?? ControlKey;
        control[key] = "No";
    }

    internal static JsonObject RootOf(Model model) =>
        JsonNode.Parse(model.Text.Span[model.Text.Start..], documentOptions: Lenient)!.AsObject();

    internal static byte[] BytesOf(JsonObject root)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Plain)) root.WriteTo(writer);
        return text.ToArray();
    }

    /// <summary>The objects of a class; null where there is none.</summary>
    internal static JsonObject? ClassOf(JsonObject root, string className) =>
        root.FirstOrDefault(member => Is(member.Key, className)).Value?.AsObject();

    internal static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
