namespace IdfKit.Drops;

/// <summary>How studies are run.</summary>
public sealed record StudySettings
{
    /// <summary>
    /// Whether a dropped study is left to a state machine, which calls the function for it. Default false: the function runs small ones by
    /// itself.
    /// </summary>
    public bool ByMachine { get; init; }

    /// <summary>Most rows of a dropped study that the function plans, runs and collects by itself. Default 20.</summary>
    public int MostRowsByItself { get; init => field = AtLeast(0, value); } = 20;

    /// <summary>Most rows that one plan starts; of more it says that nothing was started. Default 10,000.</summary>
    public int MaxRows { get; init => field = AtLeast(1, value); } = 10_000;

    /// <summary>How many calls of rows are to be under way at once. Default 100.</summary>
    public int Concurrency { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>How many rows of a study that the function runs by itself are run at a time. Default 1.</summary>
    public int RowsAtOnce { get; init => field = AtLeast(1, value); } = 1;

    private static int AtLeast(int least, int value) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"It is at least {least}.");
}
