namespace IdfKit.Engine;

/// <summary>A variable or meter that a run reported.</summary>
/// <param name="Id">EnergyPlus's number for it, the same in <c>.eso</c>, <c>.mtr</c> and <c>.sql</c> of one run.</param>
/// <param name="Key">The zone, surface or other object, such as <c>CORE_ZN</c>; empty for a meter.</param>
/// <param name="Name">Such as <c>Zone Mean Air Temperature</c> or <c>Electricity:Facility</c>.</param>
/// <param name="Units">Such as <c>C</c> or <c>J</c>; empty when it has none.</param>
/// <param name="Frequency">How often.</param>
public sealed record ResultVariable(int Id, string Key, string Name, string Units, ResultFrequency Frequency)
{
    /// <summary>Whether it is a meter.</summary>
    public bool IsMeter => Key.Length == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsMeter ? "" : Key + ":")}{Name} [{Units}]({Frequency})";

    /// <summary>Whether this is what is asked for; case does not matter, and null is any.</summary>
    internal bool Is(string name, string? key, ResultFrequency? frequency) =>
        string.Equals(Name, name, StringComparison.OrdinalIgnoreCase)
        && (key is null or "*" || string.Equals(Key, key, StringComparison.OrdinalIgnoreCase))
        && (frequency is null || Frequency == frequency);
}
