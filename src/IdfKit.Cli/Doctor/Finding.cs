namespace IdfKit.Cli.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    Good,
    Note,
    Warning,
    Unseen,
    Problem,
}

/// <summary>One fact about this machine, a bucket or a stack, as one line.</summary>
internal sealed record Finding(FindingLevel Level, string Text)
{
    public static Finding Good(string text) => new(FindingLevel.Good, text);

    public static Finding Note(string text) => new(FindingLevel.Note, text);

    /// <summary>Works, and costs or fails later.</summary>
    public static Finding Warning(string text) => new(FindingLevel.Warning, text);

    /// <summary>Neither good nor bad: it was not allowed or not possible to look.</summary>
    public static Finding Unseen(string text) => new(FindingLevel.Unseen, text);

    public static Finding Problem(string text) => new(FindingLevel.Problem, text);

    /// <summary>How the line begins.</summary>
    public string Word => Level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Note => "note",
        FindingLevel.Warning => "warning",
        FindingLevel.Unseen => "unseen",
        _ => "PROBLEM",
    };

    /// <summary>One line whatever the text holds.</summary>
    public string Line
    {
        get
        {
            var lines = Text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var line = string.Join(' ', lines);
            return CliSentences.Clean(string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter)));
        }
    }

    /// <summary>Aligned.</summary>
    public override string ToString() => $"  {Word,-8} {Line}";
}
