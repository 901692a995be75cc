namespace IdfKit.Cli.Submit;

/// <summary>What <c>idfkit submit</c> was asked for.</summary>
internal sealed record SubmitOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    public required string To { get; init; }

    public string? Weather { get; init; }

    public bool Annual { get; init; }

    public string? Label { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What those who asked call it.</summary>
    public SubmitWords Words { get; init; } = SubmitWords.OfCommand;

    public bool SkipsRefused { get; init; }

    public bool IsDry { get; init; }

    public bool Watches { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Whether a job file has to say how the models are run.</summary>
    public bool NeedsJobFile => Weather is not null || Annual || Label is not null || Tags.Count > 0;
}
