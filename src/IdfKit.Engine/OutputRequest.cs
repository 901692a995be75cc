using System.Buffers;

namespace IdfKit.Engine;

/// <summary>An output variable or meter that a run shall report.</summary>
/// <param name="Name">As in the run's <c>.rdd</c> or <c>.mdd</c>.</param>
/// <param name="Key">The zone, surface or other object; <c>*</c> is all of them. Meters have none.</param>
/// <param name="Frequency">Detailed, Timestep, Hourly, Daily, Monthly, RunPeriod or Annual.</param>
public sealed record OutputRequest(string Name, string Key = "*", string Frequency = "Hourly")
{
    private static readonly SearchValues<char> FieldEnds = SearchValues.Create(",;!\r\n\0");

    /// <summary>As in the run's <c>.rdd</c> or <c>.mdd</c>.</summary>
    public string Name { get; init => field = OneField(value, nameof(Name)); } = OneField(Name, nameof(Name));

    /// <summary>The zone, surface or other object; <c>*</c> is all of them.</summary>
    public string Key { get; init => field = OneField(value, nameof(Key)); } = OneField(Key, nameof(Key));

    /// <summary>How often.</summary>
    public string Frequency { get; init => field = OneField(value, nameof(Frequency)); } = OneField(Frequency, nameof(Frequency));

    /// <summary>Keeps a value that would end its field, and so write another object into the model, out of it.</summary>
    private static string OneField(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        if (value.AsSpan().IndexOfAny(FieldEnds) >= 0)
            throw new ArgumentException(
                $"The {name} of an output request, \"{value}\", has a comma, semicolon, exclamation mark or line end.", name);
        return value.Trim();
    }
}
