namespace IdfKit.Cli.Watch;

/// <summary>A model that was put, or a run of one.</summary>
/// <param name="Name">For people: the model without the prefix of all.</param>
/// <param name="Folder">Of its results, relative to those of the place.</param>
/// <param name="Status">As its record says; <see cref="Waiting"/> and <see cref="Interrupted"/> besides.</param>
internal sealed record WatchedRun(string Name, string Folder, string Status)
{
    /// <summary>It was put and has not begun yet.</summary>
    public const string Waiting = "waiting";

    public const string Running = "running";

    public const string Completed = "completed";

    /// <summary>Its record says that it runs, and its time has run out: nobody works on it.</summary>
    public const string Interrupted = "interrupted";

    public string? RunId { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public double? Seconds { get; init; }

    public double? SiteEuiKwhM2 { get; init; }

    public bool IsOpen => Status is Waiting or Running;

    public bool IsFailure => !IsOpen && Status != Completed;
}
