using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Collect;

/// <summary>The file that a table of runs is kept in, CSV or Parquet by its name. It is replaced whole, or not at all.</summary>
internal sealed class TableFile
{
    private readonly bool _isParquet;
    private readonly string _name;
    private readonly string _folder;

    private TableFile(string path, bool isParquet)
    {
        var full = System.IO.Path.GetFullPath(path);
        (Path, _isParquet, _name) = (path, isParquet, System.IO.Path.GetFileName(full));
        _folder = System.IO.Path.GetDirectoryName(full)!;
    }

    /// <summary>As the user gave it.</summary>
    public string Path { get; }

    // Holds nothing that would have to be let go.
    private IAsyncFileSystem Disk => new AsyncLocalFileSystem(_folder);

    /// <summary>The file; null when its name tells no form.</summary>
    public static TableFile? Of(string path)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return new(path, isParquet: false);
        return path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? new(path, isParquet: true) : null;
    }

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => Disk.ExistsAsync(_name, cancellationToken);

    /// <summary>The table that it holds; null when it holds something else.</summary>
    public async Task<RunTable?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var content = await Disk.OpenReadAsync(_name, cancellationToken);
        return _isParquet
            ? await RunTable.ReadParquetAsync(content, cancellationToken)
            : await RunTable.ReadCsvAsync(content, cancellationToken);
    }

    /// <summary>Opens it for a new content, which is stored when it is completed; that it cannot be written is seen now.</summary>
    public Task<StorageWriteStream> OpenAsync(CancellationToken cancellationToken)
    {
        StoppedWrites.Remove(_folder);
        return Disk.OpenWriteAsync(_name, cancellationToken: cancellationToken);
    }

    public async Task WriteAsync(RunTable table, StorageWriteStream content, CancellationToken cancellationToken)
    {
        await (_isParquet ? table.WriteParquetAsync(content, cancellationToken) : table.WriteCsvAsync(content, cancellationToken));
        await content.CompleteAsync(cancellationToken);
    }
}
