using System.Text.RegularExpressions;

using IdfKit.Engine.Preparation;

namespace IdfKit.Engine.Parts.Year;

/// <summary>Tells in a segment's files what is there only because of what was added: <see cref="YearOutputs.Missing"/>.</summary>
/// <param name="model">The model, without what was added.</param>
internal sealed partial class AddedOutputs(Model model)
{
    private readonly ReportedMeters _reported = new(model, []);

    private readonly HashSet<string> _asked = new(
        model.ObjectsOf(YearOutputs.MetersAlone).Select(item => item.Field(0, "key_name")?.Trim() ?? ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the model did not ask for a series.</summary>
    public bool Has(ResultVariable variable) => variable switch
    {
        { IsMeter: true } => variable.Frequency is ResultFrequency.Daily && !_reported.Has(variable.Name, YearOutputs.Daily),
        { Frequency: ResultFrequency.Daily } => YearOutputs.OfDays.Contains(variable.Name, StringComparer.OrdinalIgnoreCase)
            && !YearOutputs.IsAsked(model, variable.Name, YearOutputs.Daily, variable.Key),
        { Frequency: ResultFrequency.Hourly } => string.Equals(variable.Name, YearOutputs.Air, StringComparison.OrdinalIgnoreCase)
            && !YearOutputs.IsAsked(model, variable.Name, "Hourly", variable.Key),
        _ => false,
    };

    /// <summary>
    /// Tells of a message whether it says that there is no such meter, for which the model did not ask; or says so once more: the meter is
    /// then asked for twice.
    /// </summary>
    public Func<string, bool> Messages()
    {
        var said = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return message => NoMeter().Match(message) is { Success: true } found
            && (!_asked.Contains(found.Groups[1].Value) || !said.Add(found.Groups[1].Value));
    }

    [GeneratedRegex("""Output:Meter:MeterFileOnly: invalid (?:Key )?Name="([A-Za-z0-9#]+:[A-Za-z0-9#]+)" - not found\.$""")]
    private static partial Regex NoMeter();
}
