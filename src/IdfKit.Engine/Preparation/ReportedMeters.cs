namespace IdfKit.Engine.Preparation;

/// <summary>
/// The meters that a run reports anyway. EnergyPlus warns of a meter that is asked for twice, by the same name or by a
/// star which stands for any end of a name.
/// </summary>
internal sealed class ReportedMeters
{
    private const int LettersOfFrequency = 4; // EnergyPlus looks at no more

    private static readonly string[] Classes = ["Output:Meter", "Output:Meter:MeterFileOnly"];

    private readonly HashSet<(string Name, string Frequency)> _names = [];
    private readonly HashSet<(string Start, string Frequency)> _starts = [];

    /// <param name="model">Its own requests.</param>
    /// <param name="meters">Those that are added to them.</param>
    public ReportedMeters(Model model, IReadOnlyList<OutputRequest> meters)
    {
        foreach (var item in Classes.SelectMany(model.ObjectsOf))
            Add(item.Field(0, "key_name") ?? "", item.Field(1, "reporting_frequency") ?? "Hourly");
        foreach (var meter in meters) Add(meter.Name, meter.Frequency);
    }

    public bool Has(string name, string frequency)
    {
        var (upper, letters) = (name.ToUpperInvariant(), Letters(frequency));
        return _names.Contains((upper, letters))
            || _starts.Any(start => start.Frequency == letters && upper.StartsWith(start.Start, StringComparison.Ordinal));
    }

    /// <summary>A name as EnergyPlus looks it up; blanks before the unit stay.</summary>
    public static string WithoutUnit(string name) => name.IndexOf('[', StringComparison.Ordinal) is >= 0 and var unit ? name[..unit] : name;

    private void Add(string name, string frequency)
    {
        var upper = WithoutUnit(name).ToUpperInvariant();
        var star = upper.IndexOf('*', StringComparison.Ordinal);
        _ = star < 0 ? _names.Add((upper, Letters(frequency))) : _starts.Add((upper[..star], Letters(frequency)));
    }

    private static string Letters(string frequency)
    {
        var upper = frequency.Trim().ToUpperInvariant();
        return upper.Length <= LettersOfFrequency ? upper : upper[..LettersOfFrequency];
    }
}
