namespace IdfKit.Cli.Dev;

/// <summary>Shows runs as they go.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows until cancelled; what has happened by then is shown before it returns.</summary>
    Task ShowAsync(CancellationToken cancellationToken);

    void RunChanged(Run run);

    /// <summary>A sentence about what is no run: a failed invocation, a crash.</summary>
    void Trouble(string sentence);

    /// <summary>A sentence about a file that is not run where it was put, and that may be meant so.</summary>
    void Ignored(string sentence);
}
