using IdfKit.Drops;
using System.Globalization;
using Spectre.Console;

using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Cli.Show;

/// <summary>A run on a few lines: how it ended, and the figures that a modeller asks for first.</summary>
internal static class ResultTable
{
    private const string NotReported = "not reported";

    /// <param name="record">The run.</param>
    /// <param name="summary">Its figures; null: it has none.</param>
    /// <param name="unended">What is said of a run that has not ended.</param>
    public static Table Of(RunRecord record, EnergySummary? summary, string unended)
    {
        var table = new Table { Border = TableBorder.Minimal, ShowHeaders = false };
        table.AddColumns(new TableColumn("") { NoWrap = true }, new TableColumn(""));
        Row("Model", record.Input.Bucket.Length == 0 ? record.Input.Key : S3Url.Of(record.Input.Bucket, record.Input.Key));
        Row("Status", Status(record, unended));
        if (record.Engine is { } engine) Row("EnergyPlus", engine.Version + (engine.Build is { } build ? $" ({build})" : ""));
        // Before a run has ended nobody knows whether it finds weather, and of what did not simulate it does not matter.
        if (record.Weather is { } weather) Row("Weather", weather.Key);
        else if (record.Status == RunStatus.Completed) Row("Weather", "none: design days only");
        if (record.TimingsMs is { Total: { } total, Simulate: { } simulate })
            Row("Time", Text(total / 1000.0, "0.0",
                $"s, of which EnergyPlus {(simulate / 1000.0).ToString("0.0", CultureInfo.InvariantCulture)} s"));
        if (summary is not null || record.Status == RunStatus.Completed) Figures(summary ?? new EnergySummary());
        if (record.Diagnostics is { } diagnostics)
            Row("Warnings",
                string.Create(CultureInfo.InvariantCulture, $"{diagnostics.Warnings:#,0} (severe errors: {diagnostics.Severe:#,0})"));
        return table;

        void Row(string name, string value) => table.AddRow(new Text(name), new Text(CliSentences.Clean(value)));

        void Figures(EnergySummary summary)
        {
            Row("Site energy", Text(summary.SiteEnergyGj, "#,0.00", "GJ"));
            Row("Energy use intensity", Text(summary.SiteEuiMjM2, "#,0.0", "MJ/m²"));
            Row("Heating", Text(EndUse(summary, "heating"), "#,0.00", "GJ"));
            Row("Cooling", Text(EndUse(summary, "cooling"), "#,0.00", "GJ"));
            Row("Unmet hours, heating", Text(summary.UnmetHours?.Heating, "#,0.0", "h"));
            Row("Unmet hours, cooling", Text(summary.UnmetHours?.Cooling, "#,0.0", "h"));
        }
    }

    private static string Status(RunRecord record, string unended) => record switch
    {
        { Status: RunStatus.Completed } => "completed",
        { Status: RunStatus.Running } => unended,
        { Reason: { } reason } => $"{Snake(record.Status)} ({reason})",
        _ => Snake(record.Status),
    };

    private static double? EndUse(EnergySummary summary, string use) =>
        summary.EndUsesGj is { } uses && uses.TryGetValue(use, out var fuels) ? fuels.Values.Sum() : null;

    private static string Text(double? value, string format, string unit) =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + " " + unit : NotReported;

    private static string Snake(RunStatus status) => status == RunStatus.TimedOut ? "timed out" : status.ToString().ToLowerInvariant();
}
