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
