namespace IdfKit.Runs.Publishing;

/// <summary>What a run has left that is not kept, for the sentences of its record: how many of each kind, and a name.</summary>
internal sealed class LeftBehind
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LeftKind, (int Count, string? Example)> _kinds = [];

    public void Add(LeftKind kind, string? name, int count = 1)
    {
        lock (_gate)
        {
            var (before, example) = _kinds.GetValueOrDefault(kind);
            _kinds[kind] = (before + count, example ?? name);
        }
    }

    /// <summary>One for each kind that there is.</summary>
    public IReadOnlyList<string> Sentences() =>
        [.. _kinds.OrderBy(kind => kind.Key).Select(kind => Sentence(kind.Key, kind.Value.Count, kind.Value.Example))];

    private static string Sentence(LeftKind kind, int count, string? example) => kind switch
    {
        LeftKind.Unknown => RunSentences.LeftUnknown(count, example),
        LeftKind.NoFile => RunSentences.LeftNoFile(count, example),
        LeftKind.BadName => RunSentences.LeftBadName(count, example),
        LeftKind.TooLarge => RunSentences.LeftTooLarge(count, example),
        LeftKind.TooMany => RunSentences.LeftTooMany(count),
        LeftKind.TooLate => RunSentences.LeftTooLate(count, example),
        LeftKind.OthersFolder => RunSentences.LeftInOthersFolder(count, example),
        _ => RunSentences.LeftAltered(count, example),
    };
}

/// <summary>Why something is not kept.</summary>
internal enum LeftKind
{
    /// <summary>EnergyPlus does not write such a file, and nobody asked for it.</summary>
    Unknown,

    /// <summary>A link, a pipe, a socket, a device, a folder, or a file with a second name.</summary>
    NoFile,

    /// <summary>A name that no result can have.</summary>
    BadName,

    /// <summary>Larger than any result.</summary>
    TooLarge,

    /// <summary>There are more files than a run can have.</summary>
    TooMany,

    /// <summary>It could not be read, or was another one, or altered, by the time that it was stored.</summary>
    Changed,

    /// <summary>It was larger than what could be stored before the deadline.</summary>
    TooLate,

    /// <summary>Its folder is that of another model's results.</summary>
    OthersFolder,
}
