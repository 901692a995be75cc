using IdfKit.Engine;
using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Report;

/// <summary>The four figures that people ask for first; what is not known is left out.</summary>
internal static class KeyFigures
{
    private const double KBtuPerSquareFootOfMJ = 0.0880551; // in a MJ/m²
    private const double HoursAllowed = 300; // by ASHRAE 90.1, Appendix G

    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        var summary = facts.Summary ?? new();
        var (heating, cooling) = (summary.UnmetHours?.OccupiedHeating, summary.UnmetHours?.OccupiedCooling);
        var peak = Peak(facts);
        if ((summary.SiteEuiMjM2 ?? summary.SiteEnergyGj ?? heating ?? cooling ?? peak?.Watts) is null) return;

        html.Write("""<dl class="kpi">""");
        if (summary is { SiteEuiMjM2: { } perArea, SiteEuiKwhM2: { } intensity }) WriteIntensity(html, perArea, intensity);
        if (summary is { SiteEnergyGj: { } energy, SiteEnergyKwh: { } hours }) WriteEnergy(html, summary, energy, hours);
        if (peak is var (watts, at)) WritePeak(html, watts, at, summary.TotalAreaM2);
        if (heating is not null || cooling is not null) WriteUnmet(html, heating ?? 0, cooling ?? 0);
        html.Write("</dl>\n");
        if (facts.Record.Segments is { } segments) html.Write($"""<p class="note">{SideBySide(segments)}</p>""").Write("\n");
    }

    private static string SideBySide(RunSegments segments) => segments.Seams is { Count: > 0 } seams
        ? RunSentences.InPartsOfYear(
            segments.Count, seams.Max(seam => seam.WorstMeterPercentOfYear), seams.Max(seam => seam.ZoneAirMaxK),
            segments.Apart ?? [])
        : RunSentences.InSegments(segments.Count, string.Join(", ", segments.Names));

    /// <summary>The electric peak of the tables, else of the hours.</summary>
    public static (double Watts, string? At)? Peak(ReportFacts facts)
    {
        if (facts.Summary?.Peaks.FirstOrDefault(peak => peak.Fuel == "electricity") is { } told)
            return (told.Watts, told.At is { } at ? ReportWords.PeakTime(at) : null);
        return facts.Electricity is { } power && new PowerDays(power).Highest is var (watts, day, hour)
            ? (watts, ReportWords.Hour(day, hour))
            : null;
    }

    private static void WriteIntensity(HtmlWriter html, double perArea, double intensity)
    {
        html.Write($"<div><dt>Energy use intensity, site</dt><dd>{NumberText.Short(intensity)} kWh/m²");
        var inchPound = NumberText.Short(perArea * KBtuPerSquareFootOfMJ);
        html.Write($"<small>{NumberText.Short(perArea)} MJ/m² · {inchPound} kBtu/ft²</small></dd></div>");
    }

    private static void WriteEnergy(HtmlWriter html, EnergySummary summary, double energy, double hours)
    {
        var (value, unit) = hours < 10_000 ? (hours, "kWh") : (hours / 1000, "MWh");
        html.Write($"<div><dt>Site energy</dt><dd>{NumberText.Short(value)} {unit}<small>{NumberText.Short(energy)} GJ");
        if (summary.TotalAreaM2 is { } area) html.Write($" on {NumberText.Short(area)} m²");
        if (summary.SourceEnergyGj is { } source) html.Write($" (source: {NumberText.Short(source)} GJ)");
        html.Write("</small></dd></div>");
    }

    private static void WritePeak(HtmlWriter html, double watts, string? at, double? area)
    {
        html.Write($"<div><dt>Electric peak</dt><dd>{NumberText.Short(watts / 1000)} kW<small>{at}");
        if (at is not null && area > 0) html.Write(", ");
        if (area > 0) html.Write($"{NumberText.Short(watts / area.Value)} W/m²");
        html.Write("</small></dd></div>");
    }

    private static void WriteUnmet(HtmlWriter html, double heating, double cooling)
    {
        var look = heating + cooling > HoursAllowed ? "high" : "";
        html.Write($"""<div><dt>Setpoints not met while occupied</dt><dd class="{look}">{NumberText.Fixed(heating + cooling)} h""");
        html.Write($"<small>heating {NumberText.Fixed(heating)}, cooling {NumberText.Fixed(cooling)}; ");
        html.Write("ASHRAE 90.1 allows 300</small></dd></div>");
    }
}
