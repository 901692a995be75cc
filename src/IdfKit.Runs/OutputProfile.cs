namespace IdfKit.Runs;

/// <summary>Which of a run's files are kept.</summary>
public enum OutputProfile
{
    /// <summary>All that EnergyPlus writes.</summary>
    All,

    /// <summary>What people and tables need: the record, what is made of the results, the error file and the report of tables.</summary>
    Lean,

    /// <summary>The same and the database.</summary>
    Essential,
}
