using System.Buffers;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// The variables that a model reports itself. EnergyPlus cuts a unit in brackets off their names, and blanks before it (25.2; of meters'
/// names the unit alone: <see cref="ReportedMeters"/>).
/// </summary>
internal sealed class AskedVariables
{
    private const string Everything = "*";

    private static readonly SearchValues<char> Patterns = SearchValues.Create("*?+.[](){}|^$\\");

    private readonly Dictionary<(string Name, ResultFrequency Frequency), HashSet<string>> _keys = [];
    private readonly HashSet<string> _bySchedule = new(StringComparer.OrdinalIgnoreCase);
    // Null: we cannot read it. Segments are looked through side by side.
    private readonly ConcurrentDictionary<string, Regex?> _read = new(StringComparer.Ordinal);

    public AskedVariables(Model model)
    {
        foreach (var item in model.ObjectsOf("Output:Variable"))
        {
            var name = ReportedMeters.WithoutUnit(item.Field(1, "variable_name") ?? "").Trim();
            var frequency = FrequencyNames.Parse(item.Field(2, "reporting_frequency")) ?? ResultFrequency.Hourly;
            if (!string.IsNullOrWhiteSpace(item.Field(3, "schedule_name"))) _bySchedule.Add(name);
            var place = (name.ToUpperInvariant(), frequency);
            if (!_keys.TryGetValue(place, out var keys)) _keys[place] = keys = new(StringComparer.OrdinalIgnoreCase);
            keys.Add(item.Field(0, "key_value")?.Trim() is { Length: > 0 } key ? key : Everything);
        }
    }

    /// <summary>Whether it is reported of everything.</summary>
    public bool Has(string name, ResultFrequency frequency) => KeysOf(name, frequency)?.Contains(Everything) is true;

    /// <summary>
    /// Whether it may be reported of this. EnergyPlus takes a key for a pattern of the whole name (25.2); where we cannot read one, what
    /// the model asks for is rather kept too often.
    /// </summary>
    public bool Has(string name, ResultFrequency frequency, string key) => KeysOf(name, frequency) is { } keys
        && (keys.Contains(key) || keys.Any(asked => asked.AsSpan().ContainsAny(Patterns) && MayMatch(asked, key)));

    /// <summary>Whether it is reported at some hours alone.</summary>
    public bool HasBySchedule(string name) => _bySchedule.Contains(name);

    private bool MayMatch(string pattern, string key) =>
        pattern == Everything || _read.GetOrAdd(pattern, TryRead)?.IsMatch(key) is not false;

    private static Regex? TryRead(string pattern)
    {
        const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        try { return new($@"\A(?:{pattern})\z", Linear); }
        catch (Exception e) when (e is ArgumentException or NotSupportedException) { return null; }
    }

    private HashSet<string>? KeysOf(string name, ResultFrequency frequency) =>
        _keys.GetValueOrDefault((name.ToUpperInvariant(), frequency));
}
