namespace IdfKit.Engine;

/// <summary>How a run ended. Every ending is a value; output files are kept whatever it is.</summary>
public enum RunOutcome
{
    /// <summary>EnergyPlus finished, with or without warnings and severe errors.</summary>
    Completed,

    /// <summary>EnergyPlus gave up with a fatal error, and says why in its <c>.err</c> file.</summary>
    Failed,

    /// <summary>It was stopped at its deadline.</summary>
    TimedOut,

    /// <summary>It ended by a signal, or without a word about how: neither its files nor its last words tell.</summary>
    Crashed,

    /// <summary>It was never started, because the model must not or cannot be run. Given by the layers above the runner.</summary>
    Rejected,
}
