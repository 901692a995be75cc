namespace IdfKit.Cli.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    Good,
    Note,
    Problem,
}

/// <summary>One fact about this machine, as one line.</summary>
internal sealed record Finding(FindingLevel Level, string Text)
{
    public static Finding Good(string text) => new(FindingLevel.Good, text);

    public static Finding Note(string text) => new(FindingLevel.Note, text);

    public static Finding Problem(string text) => new(FindingLevel.Problem, text);

    /// <summary>Aligned, on one line whatever the text holds.</summary>
    public override string ToString()
    {
        var word = Level switch { FindingLevel.Good => "ok", FindingLevel.Note => "note", _ => "PROBLEM" };
        var lines = Text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"  {word,-8} {string.Join(' ', lines)}";
    }
}
