using IdfKit.Engine;

namespace IdfKit.Runs.Report;

/// <summary>
/// Everything that the page of a run is made from, as plain values. What is not known is null, and the page does without it; lists may
/// be of any length, because the page shows so many as it has room for.
/// </summary>
internal sealed record ReportFacts
{
    /// <summary>The run, as it ended. Its files are not looked at: they are published after the page has been made.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>The figures; null when there are none, as for a rejected model.</summary>
    public EnergySummary? Summary { get; init; }

    /// <summary>
    /// The results that are published beside the page, in any order; <c>run.json</c> and the page itself need not be named.
    /// </summary>
    public IReadOnlyList<ReportFile> Files { get; init; } = [];

    /// <summary>The weather; null when there was none, or when its header has not been read.</summary>
    public ReportWeather? Weather { get; init; }

    /// <summary>The name of the model's <c>Site:Location</c>; null when it has none or the model has not been read.</summary>
    public string? ModelPlace { get; init; }

    /// <summary>Energy by month; null when no file tells.</summary>
    public MonthlyEnergy? Months { get; init; }

    /// <summary>The whole facility's electricity by hour; null when no file tells.</summary>
    public HourlyPower? Electricity { get; init; }

    /// <summary>The run period that <see cref="Months"/> and <see cref="Electricity"/> are of; null when there is one at most.</summary>
    public OneOfPeriods? MeteredPeriod { get; init; }

    /// <summary>The run period that <see cref="Zones"/> are of; null when there is one at most.</summary>
    public OneOfPeriods? ZonesPeriod { get; init; }

    /// <summary>Whether <see cref="Zones"/> are of the first year of a longer run period.</summary>
    public bool ZonesAreCut { get; init; }

    /// <summary>The air temperatures of zones; empty when no file tells.</summary>
    public IReadOnlyList<ZoneTemperatures> Zones { get; init; } = [];

    /// <summary>The memory that the function is paid for, in MB, for a hint at the cost; null elsewhere than in a function.</summary>
    public int? FunctionMegabytes { get; init; }
}

/// <summary>The longest run period of several.</summary>
/// <param name="Title">As the model names it.</param>
/// <param name="All">How many there are.</param>
internal sealed record OneOfPeriods(string Title, int All);

/// <summary>A result beside the page.</summary>
/// <param name="Path">Relative to the run's folder, with <c>/</c>.</param>
/// <param name="SizeBytes">Its size; null when it is not known.</param>
internal sealed record ReportFile(string Path, long? SizeBytes);

/// <summary>The weather, as the first line of its file says.</summary>
/// <param name="Place">City and state or country: <c>Chicago Ohare Intl Ap, IL</c>.</param>
/// <param name="Kind">The kind of data, such as <c>TMY3</c>; null when the file does not say.</param>
internal sealed record ReportWeather(string Place, string? Kind);

/// <summary>Energy by month: of one run period, in the order of the calendar.</summary>
/// <param name="First">Any day of the first month.</param>
/// <param name="Uses">What used it; each of them has a value for each month.</param>
internal sealed record MonthlyEnergy(DateOnly First, IReadOnlyList<MonthlyUse> Uses)
{
    /// <summary>Whether there are more months after these.</summary>
    public bool IsCut { get; init; }
}

/// <summary>The energy of one use from one fuel, by month.</summary>
/// <param name="Use">In snake case, as in <see cref="EnergySummary.EndUsesGj"/>: <c>interior_lighting</c>.</param>
/// <param name="Fuel">In snake case: <c>natural_gas</c>.</param>
/// <param name="KilowattHours">At most twelve; a period that begins or ends within a month has a part of one.</param>
internal sealed record MonthlyUse(string Use, string Fuel, IReadOnlyList<double> KilowattHours);

/// <summary>Electric power by hour, of one run period.</summary>
/// <param name="First">The day whose first hour (0 to 1 h, local standard time) the first value is of.</param>
/// <param name="Watts">The mean of each hour, without a gap; NaN where a value is missing. A year has 8,760 or 8,784.</param>
internal sealed record HourlyPower(DateOnly First, IReadOnlyList<double> Watts)
{
    /// <summary>Whether there are more hours after these.</summary>
    public bool IsCut { get; init; }
}

/// <summary>The air temperature of a zone over all hours of the run period, °C.</summary>
/// <param name="Zone">As the model or EnergyPlus names it.</param>
/// <param name="Coldest">The lowest.</param>
/// <param name="Low">What 5 % of the hours are below.</param>
/// <param name="High">What 5 % of the hours are above.</param>
/// <param name="Warmest">The highest.</param>
internal sealed record ZoneTemperatures(string Zone, double Coldest, double Low, double High, double Warmest);
