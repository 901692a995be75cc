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
            Report(EnginePhase.Simulating, firstDay);
        }
        else if (DayOf(line, "Continuing Simulation at ") is var (day, _))
        {
            Report(EnginePhase.Simulating, day);
        }
        else if (Begins(line, "Warming up"))
        {
            _environment = null;
            Report(EnginePhase.Warmup, warmupDay: WarmupDay(line));
        }
        else if (Begins(line, "Writing ") || Begins(line, "EnergyPlus Run Time="))
        {
            _environment = null;
            Report(EnginePhase.PostProcessing);
        }
        else if (_phase is EnginePhase.Initializing or EnginePhase.Warmup && StartsSetup(line))
        {
            Report(EnginePhase.Initializing);
        }
    }

    public void Complete() => progress.Report(new(_phase = EnginePhase.Complete, 100, _environment, null, elapsed()));

    private void Report(EnginePhase phase, string? day = null, int? warmupDay = null)
    {
        _phase = phase;
        var days = day is null ? null : DaysAt(day);
        var percent = days is var (done, all) ? Math.Round(100.0 * done / all, 1) : default(double?);
        progress.Report(new(phase, percent, _environment, day, elapsed())
        {
            WarmupDay = warmupDay,
            DaysSimulated = days?.Done,
            DaysInAll = days?.All,
        });
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

    private (int Done, int All)? DaysAt(string day)
    {
        if (_days is not var (first, last) || ParseDay(day) is not { } now || now < first || now > last) return null;
        return (now.DayNumber - first.DayNumber, last.DayNumber - first.DayNumber + 1);
    }

    /// <summary>"Warming up {3}"; null when the line says no number.</summary>
    private static int? WarmupDay(string line)
    {
        var number = line.AsSpan()["Warming up".Length..].Trim().TrimStart('{').TrimEnd('}');
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : null;
    }

    private static bool Begins(string line, string start) => line.StartsWith(start, StringComparison.Ordinal);
}
