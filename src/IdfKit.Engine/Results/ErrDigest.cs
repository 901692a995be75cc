using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Results;

/// <summary>
/// An <c>.err</c> file in what a record has room for: counts, the first errors, and the kinds of messages. Read in one pass that holds no
/// more than that, however many messages there are.
/// </summary>
internal sealed class ErrDigest
{
    private const int MostErrors = 10;
    private const int LongestText = 1000;
    private const int MostLinesOfMessage = 20;

    private readonly MessageGroups _groups = new();
    private readonly List<string> _firstErrors = [];
    private long _warnings;
    private long _severe;
    private long _errors;

    private ErrDigest()
    {
    }

    /// <summary>Warnings counted.</summary>
    public long Warnings { get; private set; }

    /// <summary>Severe errors counted.</summary>
    public long Severe { get; private set; }

    /// <summary>The first severe error, its lines apart; null when there is none.</summary>
    public string? FirstSevere { get; private set; }

    /// <summary>The fatal error; null when there is none.</summary>
    public string? Fatal { get; private set; }

    /// <summary>The warning that the weather is of another place than the model; null when there is none.</summary>
    public string? OtherPlace { get; private set; }

    /// <summary>Whether a message says that the C++ library was refused memory.</summary>
    public bool TellsOfRefusedMemory { get; private set; }

    /// <summary>Whether EnergyPlus says that it completed.</summary>
    public bool CompletedSuccessfully { get; private set; }

    /// <summary>The first severe and fatal messages, each on one line.</summary>
    public IReadOnlyList<string> FirstErrors => _firstErrors;

    /// <summary>How many severe and fatal messages the file has, recurring ones once.</summary>
    public long ErrorMessages => _errors;

    /// <summary>The kinds of messages that a modeller should see first, in that order.</summary>
    public IReadOnlyList<GroupedMessage> Groups { get; private set; } = [];

    /// <summary>How many kinds of messages there are; of more than 2,000 the rest is not told apart.</summary>
    public int Kinds => _groups.Count;

    /// <summary>Reads to the stream's end; any text gives a digest.</summary>
    public static ErrDigest Read(Stream stream)
    {
        var digest = new ErrDigest();
        var parser = new ErrParser(digest.Add, MostLinesOfMessage);
        foreach (var line in BoundedLines.Of(stream)) parser.Add(line);
        parser.Finish();
        digest.Finish(parser);
        return digest;
    }

    /// <summary>Reads a file on local disk; null when there is no plain one.</summary>
    public static ErrDigest? ReadFile(string? path)
    {
        using var file = path is null ? null : ChildFolder.TryRead(path);
        return file is null ? null : Read(file);
    }

    private void Add(ErrMessage message)
    {
        if (message.Text.Contains("bad_alloc", StringComparison.Ordinal)) TellsOfRefusedMemory = true;
        if (message.Severity is ErrSeverity.Warning) AddWarning(message);
        else AddError(message);
        _groups.Add(message);
    }

    private void AddWarning(ErrMessage message)
    {
        _warnings = MessageGroups.Sum(_warnings, message.Count);
        if (message.Text.StartsWith("Weather file location will be used", StringComparison.Ordinal)) OtherPlace ??= Cut(message.Text);
    }

    private void AddError(ErrMessage message)
    {
        _errors++;
        if (message.Severity is ErrSeverity.Severe)
        {
            _severe = MessageGroups.Sum(_severe, message.Count);
            FirstSevere ??= Cut(message.Text);
        }
        else
        {
            Fatal ??= Cut(message.Text);
        }
        if (_firstErrors.Count < MostErrors) _firstErrors.Add(OneLine.Of(message.Text, LongestText));
    }

    private void Finish(ErrParser parser)
    {
        (Warnings, Severe) = parser.Totals ?? (_warnings, _severe);
        CompletedSuccessfully = parser.CompletedSuccessfully;
        if (parser.LastSevere?.Contains("bad_alloc", StringComparison.Ordinal) is true) TellsOfRefusedMemory = true;
        Groups = _groups.Told();
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
