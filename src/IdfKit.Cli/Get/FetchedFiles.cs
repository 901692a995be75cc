using IdfKit.Runs;

namespace IdfKit.Cli.Get;

/// <summary>
/// What an earlier call has fetched into a folder, as the record there says: such a file may be replaced, any other is somebody's.
/// </summary>
internal sealed class FetchedFiles
{
    private readonly Dictionary<string, RunFile> _files;

    private FetchedFiles(RunRecord? record)
    {
        IsRecord = record is not null;
        _files = (record?.Files ?? []).DistinctBy(file => file.Path).ToDictionary(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Whether what is called like a record is one.</summary>
    public bool IsRecord { get; }

    /// <param name="path">Of the record; null: there is no place for one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FetchedFiles> ReadAsync(string? path, CancellationToken cancellationToken) =>
        new(File.Exists(path) ? RunRecordFile.FromJson(await File.ReadAllBytesAsync(path, cancellationToken)) : null);

    /// <summary>Whether a file is just as it was fetched.</summary>
    public async Task<bool> HasAsync(string name, string path, CancellationToken cancellationToken) =>
        _files.TryGetValue(name, out var file) && await LocalFolder.HoldsAsync(path, file, cancellationToken);
}
