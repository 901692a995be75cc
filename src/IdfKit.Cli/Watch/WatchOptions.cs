namespace IdfKit.Cli.Watch;

/// <summary>How a place is watched.</summary>
internal sealed record WatchOptions
{
    /// <summary>Between two looks; longer where a look takes long.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A JSON object for each change instead of lines.</summary>
    public bool IsJson { get; init; }

    /// <summary>
    /// The folders of results that are watched, each with the run that was there before and does not count; null: all that are there.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Only { get; init; }
}
