using System.Globalization;

using IdfKit.Runs;

namespace IdfKit.Cli.Get;

/// <summary>
/// What earlier calls have fetched into a folder, as the record there and a hidden list say: such a file may be replaced, any other is
/// somebody's. The list is written where the record does not tell: of a call for some files, or of one that did not get all.
/// </summary>
internal sealed class FetchedFiles
{
    private const string ListName = ".idfkit-get";

    private readonly string? _list;
    private readonly Dictionary<string, (long Size, string Sha256)> _files = new(StringComparer.Ordinal);

    private FetchedFiles(string? list, RunRecord? record)
    {
        _list = list;
        IsRecord = record is not null;
        foreach (var file in record?.Files ?? []) _files[file.Path] = (file.SizeBytes, file.Sha256);
    }

    /// <summary>Whether what is called like a record is one.</summary>
    public bool IsRecord { get; }

    /// <summary>Whether a file is not there, or not as the record has it.</summary>
    public bool Lacks { get; set; }

    /// <param name="path">Of the record; null: there is no place for one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FetchedFiles> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        var list = path is null ? null : Path.Combine(Path.GetDirectoryName(path)!, ListName);
        var record = File.Exists(path) ? RunRecordFile.FromJson(await File.ReadAllBytesAsync(path, cancellationToken)) : null;
        var fetched = new FetchedFiles(list, record);
        if (File.Exists(list))
            foreach (var line in await File.ReadAllLinesAsync(list, cancellationToken))
                fetched.Take(line);
        return fetched;
    }

    /// <summary>Whether a file is just as it was fetched.</summary>
    public async Task<bool> HasAsync(string name, string path, CancellationToken cancellationToken) =>
        _files.TryGetValue(name, out var file) && await LocalFolder.HoldsAsync(path, file.Size, file.Sha256, cancellationToken);

    private void Take(string line)
    {
        if (line.Split(' ', 3) is not [var sha256, var size, var name]) return;
        if (long.TryParse(size, CultureInfo.InvariantCulture, out var bytes)) _files[name] = (bytes, sha256);
    }

    /// <summary>Notes a file that is there now.</summary>
    public void Add(RunFile file) => _files[file.Path] = (file.SizeBytes, file.Sha256);

    /// <summary>Writes the list, where there is anything.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_files.Count == 0 || _list is null || !Directory.Exists(Path.GetDirectoryName(_list))) return;
        var lines = _files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Value.Sha256} {file.Value.Size} {file.Key}"));
        await File.WriteAllLinesAsync(_list, lines, cancellationToken);
    }
}
