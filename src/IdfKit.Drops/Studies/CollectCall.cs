namespace IdfKit.Drops.Studies;

/// <summary>Asks for the table of a study.</summary>
/// <param name="Collect">Where its results are: <c>s3://bucket/folder/</c>.</param>
internal sealed record CollectCall(string Collect)
{
    /// <summary>The plan that is to be collected; null: whichever lies there.</summary>
    public string? Plan { get; init; }

    public string? Execution { get; init; }
}

/// <summary>What a table was made of.</summary>
/// <param name="Status"><c>collected</c> or <c>superseded</c>.</param>
/// <param name="Message">One sentence.</param>
internal sealed record CollectAnswer(string Status, string Message)
{
    public required string Study { get; init; }
    public int Rows { get; init; }
    public IReadOnlyDictionary<string, int> Ended { get; init; } = new Dictionary<string, int>();
    public int NotRun { get; init; }
    public string? Table { get; init; }
    public string? Page { get; init; }

    /// <summary>What somebody may be sent of it; null where another plan's end will be told.</summary>
    public CalledMail? Mail { get; init; }
}

/// <summary>A mail.</summary>
/// <param name="Subject">At most 100 characters of ASCII, none of which ends a line: SNS takes no others.</param>
/// <param name="Text">Plain text, of several lines.</param>
internal sealed record CalledMail(string Subject, string Text);
