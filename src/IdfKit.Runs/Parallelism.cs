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

    /// <summary>
    /// The year of a model is simulated in parts, where processors are free and the model forgets within two weeks; series and figures are
    /// joined, tables are not made. Where neighbours are not close behind a seam, the year is simulated again whole.
    /// </summary>
    Year,
}
