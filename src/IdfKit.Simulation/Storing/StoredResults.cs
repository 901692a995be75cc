using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Storing;

/// <summary>What an earlier run has left where results are to go.</summary>
internal sealed class StoredResults
{
    private readonly StoredPlace _place;
    private readonly byte[]? _json;
    private readonly Dictionary<string, string> _sha256 = new(StringComparer.Ordinal);
    private Dictionary<string, FileEntry>? _entries;

    private StoredResults(StoredPlace place, byte[]? json)
    {
        (_place, _json) = (place, json);
        Record = json is null ? null : RunRecordFile.FromJson(json);
        foreach (var file in Record?.Files ?? []) _sha256[file.Path] = file.Sha256;
    }

    /// <summary>Its record; null when there is none.</summary>
    public RunRecord? Record { get; }

    /// <summary>One GET.</summary>
    public static async Task<StoredResults> ReadAsync(StoredPlace place, CancellationToken cancellationToken) =>
        new(place, await place.FileSystem.ReadBytesOrNullAsync(place.At(RunRecordFile.Name), cancellationToken).ConfigureAwait(false));

    /// <summary>Whether the record is this one, byte for byte.</summary>
    public bool HasRecord(ReadOnlySpan<byte> json) => _json is not null && json.SequenceEqual(_json);

    /// <summary>Looks at what lies there, for <see cref="Has"/>. One listing, once.</summary>
    public async Task ListAsync(CancellationToken cancellationToken)
    {
        if (_entries is not null) return;
        var entries = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        var skipped = _place.Path.Length == 0 ? 0 : _place.Path.Length + 1;
        await foreach (var entry in _place.FileSystem.ListAsync(_place.Path, cancellationToken).ConfigureAwait(false))
            entries[entry.Path[skipped..]] = entry;
        _entries = entries;
    }

    /// <summary>
    /// Whether a file lies there with this content: the record says so, its size is right, and nobody has written it
    /// after the record.
    /// </summary>
    public bool Has(RunFile file) =>
        _entries is not null && _entries.TryGetValue(file.Path, out var entry) && _entries.TryGetValue(RunRecordFile.Name, out var record)
        && _sha256.GetValueOrDefault(file.Path) == file.Sha256 && entry.SizeBytes == file.SizeBytes
        && !(entry.Modified > record.Modified);
}
