using System.Text.RegularExpressions;

using IdfKit.Engine.Preparation;

namespace IdfKit.Engine.Parts.Year;

/// <summary>Tells in a segment's files what is there only because of what was added: <see cref="YearOutputs.Missing"/>.</summary>
/// <param name="model">The model, without what was added.</param>
internal sealed partial class AddedOutputs(Model model)
{
    private readonly ReportedMeters _reported = new(model, []);

    private readonly AskedVariables _asked = new(model);
    private readonly HashSet<string> _ofDays = new(YearOutputs.OfDays, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many objects of the model ask for a meter.</summary>
    private readonly Dictionary<string, int> _meters = model.ObjectsOf(YearOutputs.MetersAlone)
        .CountBy(item => ReportedMeters.WithoutUnit(item.Field(0, "key_name")?.Trim() ?? ""), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    // It counts from one change of its mode to the next, which may be a season.
    private const string Counting = "Hybrid Ventilation Control ", Elapsed = " Elapsed Time";

    /// <summary>Whether a series has in it what was before the days that count.</summary>
    public static bool IsOfAll(ResultVariable variable) => variable.Frequency is ResultFrequency.RunPeriod or ResultFrequency.Annual
        || (variable.Name.Contains(Counting, StringComparison.OrdinalIgnoreCase)
            && variable.Name.EndsWith(Elapsed, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the model did not ask for a series.</summary>
    public bool Has(ResultVariable variable) => variable switch
    {
        { IsMeter: true } => variable.Frequency is ResultFrequency.Daily && !_reported.Has(variable.Name, YearOutputs.Daily),
        { Frequency: ResultFrequency.Daily } => _ofDays.Contains(variable.Name) && !IsAsked(variable),
        { Frequency: ResultFrequency.Hourly } => string.Equals(variable.Name, YearOutputs.Air, StringComparison.OrdinalIgnoreCase)
            && !IsAsked(variable),
        _ => false,
    };

    /// <summary>
    /// Tells of the messages of one segment whether they say that there is no such meter, more often than objects of the model ask for it.
    /// </summary>
    public Func<string, bool> Messages()
    {
        var left = new Dictionary<string, int>(_meters, StringComparer.OrdinalIgnoreCase);
        return message => NoMeter().Match(message) is { Success: true } found && !Takes(left, found.Groups[1].Value);
    }

    private bool IsAsked(ResultVariable variable) => _asked.Has(variable.Name, variable.Frequency, variable.Key);

    private static bool Takes(Dictionary<string, int> left, string meter)
    {
        if (left.GetValueOrDefault(meter) == 0) return false;
        left[meter]--;
        return true;
    }

    // Of a model in epJSON it says key_name.
    [GeneratedRegex("""Output:Meter:MeterFileOnly: invalid (?:(?:Key )?Name|key_name)="([A-Za-z0-9#]+:[A-Za-z0-9#]+)" - not found\.$""")]
    private static partial Regex NoMeter();
}
