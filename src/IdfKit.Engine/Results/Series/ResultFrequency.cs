namespace IdfKit.Engine;

/// <summary>How often a variable or meter was reported. The names are those that <see cref="OutputRequest.Frequency"/> takes.</summary>
public enum ResultFrequency
{
    /// <summary>At every step of the zone or system, which may be uneven ("Each Call").</summary>
    Detailed,

    /// <summary>At every step of the zones.</summary>
    Timestep,

    /// <summary>Once an hour.</summary>
    Hourly,

    /// <summary>Once a day.</summary>
    Daily,

    /// <summary>Once a month.</summary>
    Monthly,

    /// <summary>Once in each environment.</summary>
    RunPeriod,

    /// <summary>Once a year.</summary>
    Annual,
}

/// <summary>EnergyPlus's several spellings of how often.</summary>
internal static class FrequencyNames
{
    /// <summary>The frequency; null for a word that is none.</summary>
    public static ResultFrequency? Parse(ReadOnlySpan<char> text)
    {
        Span<char> word = stackalloc char[24];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter is ' ' or '-' or '_') continue;
            if (length == word.Length) return null;
            word[length++] = char.ToLowerInvariant(letter);
        }
        return word[..length] switch
        {
            "eachcall" or "detailed" or "hvacsystemtimestep" => ResultFrequency.Detailed,
            "timestep" or "zonetimestep" => ResultFrequency.Timestep,
            "hourly" => ResultFrequency.Hourly,
            "daily" => ResultFrequency.Daily,
            "monthly" => ResultFrequency.Monthly,
            "runperiod" or "environment" => ResultFrequency.RunPeriod,
            "annual" or "yearly" => ResultFrequency.Annual,
            _ => null,
        };
    }
}
