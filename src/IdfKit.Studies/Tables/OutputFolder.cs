using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Storage;

namespace IdfKit.Studies.Tables;

/// <summary>Where the results of a study are.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Path">The folder as that file system takes it.</param>
internal sealed record OutputFolder(IAsyncFileSystem Files, string Path)
{
    /// <summary>The records as they were collected last: only those that have changed since are read.</summary>
    public const string EarlierName = ".plan/runs.parquet";

    private const int MostRecordBytes = 4 << 20;

    // A row whose record was not read would be taken for one that has not run.
    private static readonly RunTableOptions AllOrNone = new() { EndsWithFirstFailure = true };

    public static OutputFolder Of(Study study, string outputDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputDirectory);
        var place = StoredPlace.Of(outputDirectory, study.Place.LocalPath is null ? study.Place.FileSystem : null);
        return new(place.FileSystem, place.Path);
    }

    /// <summary>A file of the folder.</summary>
    public string At(string name) => StoragePath.Join(Path, name);

    /// <summary>The record that lies there; null when there is none, or none that this version reads.</summary>
    public async Task<StudyRecord?> ReadRecordAsync(CancellationToken cancellationToken) =>
        await TryReadAsync(StudyRecordFile.Name, cancellationToken).ConfigureAwait(false) is { Length: <= MostRecordBytes } json
            ? StudyRecordFile.FromJson(json)
            : null;

    /// <summary>The runs that there are: those of rows that are gone, too.</summary>
    public async Task<RunTable> RunsAsync(CancellationToken cancellationToken)
    {
        var earlier = await EarlierAsync(cancellationToken).ConfigureAwait(false);
        return await RunTable.CollectAsync(At(StudyRecordFile.RunsName), Files, earlier, AllOrNone, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<RunTable?> EarlierAsync(CancellationToken cancellationToken)
    {
        if (await TryReadAsync(EarlierName, cancellationToken).ConfigureAwait(false) is not { } bytes) return null;
        using var stream = new MemoryStream(bytes, writable: false);
        return await RunTable.ReadParquetAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All of a file; null when it is not there.</summary>
    public async Task<byte[]?> TryReadAsync(string name, CancellationToken cancellationToken)
    {
        try { return await Files.ReadBytesAsync(At(name), cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound) { return null; }
    }

    /// <summary>Makes a file on local disk and stores it: it may be larger than is held.</summary>
    public async Task StoreAsync(string name, string contentType, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose,
        };
        var file = new FileStream(System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()), options);
        await using var made = file.ConfigureAwait(false);
        await write(file).ConfigureAwait(false);
        file.Position = 0;
        await Files.WriteAsync(At(name), file, new() { ContentType = contentType }, cancellationToken).ConfigureAwait(false);
    }
}
