namespace IdfKit.Engine.Results.Series;

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
