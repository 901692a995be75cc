namespace IdfKit.Engine.Results;

/// <summary>What one of a run's files, or what it printed, says of its end.</summary>
internal enum EndSign
{
    /// <summary>Nothing: it is not there, empty, or stops before the end.</summary>
    None,

    /// <summary>EnergyPlus came to its end.</summary>
    Completed,

    /// <summary>EnergyPlus gave up, and said so.</summary>
    GaveUp,
}
