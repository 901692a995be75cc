namespace IdfKit.Cli.Open;

/// <summary>What <c>idfkit open</c> was asked for.</summary>
internal sealed record OpenOptions
{
    /// <summary>As it was typed.</summary>
    public required string Place { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the page is shown by the system's browser at once.</summary>
    public bool OpensBrowser { get; init; }

    /// <summary>Whether models in the place are run here, as <c>idfkit dev</c> does.</summary>
    public bool Serves { get; init; }
}
