using System.Globalization;

namespace IdfKit.Engine.Running;

/// <summary>Turns the lines that EnergyPlus prints into progress (checked with 25.2; it flushes every line).</summary>
internal sealed class ProgressReader(IProgress<EngineProgress> progress, Func<TimeSpan> elapsed, string modelPath)
{
    private readonly RunPeriods _periods = new(modelPath);
    private EnginePhase _phase = EnginePhase.Initializing;
    private string? _environment;
    private (DateOnly First, DateOnly Last)? _days;

    public void Read(string line)
    {
        if (DayOf(line, "Starting Simulation at ") is var (firstDay, environment))
        {
            _environment = environment;
            _days = ParseDay(firstDay) is { } first ? (first, _periods.LastDay(environment, first)) : null;
            Report(EnginePhase.Simulating, PercentAt(firstDay), firstDay);
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
        else if (Begins(line, "Writing ") || Begins(line, "EnergyPlus Run Time="))
        {
            _environment = null;
            Report(EnginePhase.PostProcessing, null, null);
        }
        else if (_phase is EnginePhase.Initializing or EnginePhase.Warmup && StartsSetup(line))
        {
            Report(EnginePhase.Initializing, null, null);
        }
    }

    public void Complete() => Report(EnginePhase.Complete, 100, null);

    private void Report(EnginePhase phase, double? percent, string? day)
    {
        _phase = phase;
        progress.Report(new(phase, percent, _environment, day, elapsed()));
    }

    private static bool StartsSetup(string line) =>
        Begins(line, "EnergyPlus Starting") || Begins(line, "Initializing") || Begins(line, "Performing") || Begins(line, "Calculating");

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
        if (_days is not var (first, last) || ParseDay(day) is not { } now || now < first || now > last) return null;
        return Math.Round(100.0 * (now.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber + 1), 1);
    }

    private static bool Begins(string line, string start) => line.StartsWith(start, StringComparison.Ordinal);
}
