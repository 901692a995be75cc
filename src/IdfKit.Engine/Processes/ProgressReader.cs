using System.Globalization;

namespace IdfKit.Engine;

/// <summary>Turns the lines that EnergyPlus prints into progress (checked with 25.2; it flushes every line).</summary>
internal sealed class ProgressReader(IProgress<EngineProgress> progress, Func<TimeSpan> elapsed)
{
    private EnginePhase _phase = EnginePhase.Initializing;
    private string? _environment;
    private DateOnly? _firstDay;

    public void Read(string line)
    {
        if (DayOf(line, "Starting Simulation at ") is var (firstDay, environment))
        {
            _environment = environment;
            _firstDay = ParseDay(firstDay);
            Report(EnginePhase.Simulating, _firstDay is null ? null : 0, firstDay);
        }
        else if (DayOf(line, "Continuing Simulation at ") is var (day, _))
        {
            Report(EnginePhase.Simulating, PercentAt(day), day);
        }
        else if (Begins(line, "Warming up"))
        {
            _environment = null;
            Report(EnginePhase.Warmup, null, null);
        }
        else if (Begins(line, "EnergyPlus Starting") || Begins(line, "Initializing") || Begins(line, "Performing") || Begins(line, "Calculating"))
        {
            if (_phase is EnginePhase.Initializing or EnginePhase.Warmup) Report(EnginePhase.Initializing, null, null);
        }
        else if (Begins(line, "Writing ") || Begins(line, "EnergyPlus Run Time="))
        {
            _environment = null;
            Report(EnginePhase.PostProcessing, null, null);
        }
    }

    public void Complete() => Report(EnginePhase.Complete, 100, null);

    private void Report(EnginePhase phase, double? percent, string? day)
    {
        _phase = phase;
        progress.Report(new(phase, percent, _environment, day, elapsed()));
    }

    /// <summary>"Starting Simulation at 01/21 for CHICAGO ANN HTG" → the day and the environment.</summary>
    private static (string Day, string Environment)? DayOf(string line, string start)
    {
        if (!Begins(line, start)) return null;
        var end = line.IndexOf(" for ", start.Length, StringComparison.Ordinal);
        return end < 0 ? null : (line[start.Length..end], line[(end + 5)..].Trim());
    }

    /// <summary>Run periods have a year in their days; a design day is one day and has none.</summary>
    private static DateOnly? ParseDay(string day) =>
        DateOnly.TryParseExact(day, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;

    private double? PercentAt(string day)
    {
        if (_firstDay is not { } first || ParseDay(day) is not { } now) return null;
        var last = new DateOnly(first.Year, 12, 31);
        return now < first || now > last ? null : Math.Round(100.0 * (now.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber + 1), 1);
    }

    private static bool Begins(string line, string start) => line.StartsWith(start, StringComparison.Ordinal);
}
