namespace IdfKit.Runs;

/// <summary>Whether one model may be simulated by several processes at once.</summary>
public enum Parallelism
{
    /// <summary>One process simulates the model, as the plain program does.</summary>
    Off,

    /// <summary>
    /// Each run period of a model with several gets a process, where processors are free; their results are joined. Figures are those of
    /// each run period simulated alone, which can differ from those that one process gives it after the one before.
    /// </summary>
    Periods,

    /// <summary>A year in parts, too. Not there yet: the same as <see cref="Periods"/>, and the record says so.</summary>
    Year,
}
