using System.Globalization;

using IdfKit.Cli.Terminal;
using IdfKit.Engine;

namespace IdfKit.Cli.Compare;

/// <summary>Two runs side by side, as lines.</summary>
internal static class ComparisonText
{
    private const int MostObjects = 50;

    public static void Write(TextWriter output, Comparison comparison)
    {
        output.WriteLine($"A  {CliSentences.Clean(comparison.A)}");
        output.WriteLine($"B  {CliSentences.Clean(comparison.B)}");
        foreach (var ending in comparison.Endings) output.WriteLine(ending);
        output.WriteLine();
        var figures = new TextTable("FIGURE", " A", " B", " B-A", " %", "UNIT");
        foreach (var figure in comparison.Figures)
            figures.Add(figure.Name, Number(figure.A), Number(figure.B), Signed(figure.Difference), Percent(figure.Percent), figure.Unit);
        figures.Write(output, Screen.Width, kept: 3);
        output.WriteLine();
        foreach (var setting in comparison.Settings)
            output.WriteLine($"{setting.Name}: {CliSentences.Said(setting.A)} -> {CliSentences.Said(setting.B)}");
        foreach (var note in comparison.Notes) output.WriteLine(CliSentences.Clean(note));
        if (comparison.Objects is { } objects) WriteObjects(output, objects, comparison.HasMoreObjects);
    }

    private static void WriteObjects(TextWriter output, IReadOnlyList<ModelDifference> objects, bool hasMore)
    {
        output.WriteLine(CliSentences.ObjectsDiffer(objects.Count, hasMore));
        foreach (var one in objects.Take(MostObjects)) output.WriteLine("  " + CliSentences.Difference(one));
        if (objects.Count > MostObjects) output.WriteLine("  " + CliSentences.MoreDifferences(objects.Count - MostObjects, hasMore));
    }

    internal static string Number(double? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "";

    internal static string Signed(double? value) => value?.ToString("+#,0.##;-#,0.##;0", CultureInfo.InvariantCulture) ?? "";

    internal static string Percent(double? value) => value?.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) ?? "";
}
