using System.Globalization;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Results;

/// <summary>
/// The periods that a run has simulated, from its <c>.eio</c> file:
/// <c>Environment,RUN PERIOD 1,WeatherFileRunPeriod,01/01/2017,12/31/2017,Sunday,365,…</c> (EnergyPlus 8.9 to 25.2).
/// </summary>
internal sealed class EioPeriods
{
    private const int HoursPerDay = 24;
    private const int MostPeriods = 1_000; // far more than any model has: the file may say anything

    private readonly List<SummaryPeriod> _found = [];

    /// <summary>The periods so far.</summary>
    public IReadOnlyList<SummaryPeriod> Found => _found;

    /// <summary>The periods of the weather file, design days left out; null when there is no such plain file.</summary>
    public static IReadOnlyList<SummaryPeriod>? Read(ChildFolder folder, string name)
    {
        using var file = folder.TryReadFile(name);
        return file is null ? null : Read(file);
    }

    /// <summary>The periods of the weather file, design days left out.</summary>
    public static IReadOnlyList<SummaryPeriod> Read(Stream file)
    {
        var periods = new EioPeriods();
        foreach (var line in BoundedLines.Of(file))
            if (!periods.Add(line)) break;
        return periods.Found;
    }

    /// <summary>Takes a line; false when there is room for no more periods.</summary>
    public bool Add(string line)
    {
        if (_found.Count == MostPeriods) return false;
        if (line.StartsWith("Environment,", StringComparison.Ordinal) && Parse(line) is { } period && !_found.Contains(period))
            _found.Add(period);
        return true;
    }

    private static SummaryPeriod? Parse(string line)
    {
        var fields = line.Split(',');
        var kind = Array.FindIndex(fields, field => field.Trim() is "WeatherFileRunPeriod" or "WeatherRunPeriod");
        if (kind < 2 || fields.Length < kind + 5) return null;
        if (!double.TryParse(fields[kind + 4], NumberStyles.Float, CultureInfo.InvariantCulture, out var days)) return null;
        var name = string.Join(',', fields[1..kind]).Trim(); // a name may have a comma
        return new(name, Day(fields[kind + 1].Trim()), Day(fields[kind + 2].Trim()), days * HoursPerDay);
    }

    /// <summary>"01/31/2017" as 2017-01-31, "01/31" as 01-31; anything else as it is.</summary>
    private static string Day(string text) => text.Split('/') switch
    {
        [var month, var day, var year] => $"{year}-{month}-{day}",
        [var month, var day] => $"{month}-{day}",
        _ => text,
    };
}
