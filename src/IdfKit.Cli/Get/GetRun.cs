using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Get;

/// <summary>Fetches the files of one run: those that its record lists, each with its checksum, and the record last.</summary>
internal sealed class GetRun(Place place, LocalFolder target, GetOptions options, GetCounts counts)
{
    private readonly GlobPattern[] _patterns = [.. options.Files.Select(pattern => new GlobPattern(pattern))];

    /// <param name="folder">Of the run, in the place.</param>
    /// <param name="run">What is kept of it where it goes; empty: nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">A file cannot be read, or is not what the record says.</exception>
    public async Task FetchAsync(string folder, string run, CancellationToken cancellationToken)
    {
        var recordPath = StoragePath.Join(folder, RunRecordFile.Name);
        var json = await place.ReadAsync(recordPath, cancellationToken);
        var record = json is null ? null : RunRecordFile.FromJson(json);
        if (record is null || record.Status == RunStatus.Running)
        {
            counts.Trouble(CliSentences.NothingToGet(place.Shown(folder), isRunning: record is not null));
            return;
        }
        foreach (var file in record.Files.Where(file => IsWanted(file.Path)))
        {
            var from = StoragePath.Join(folder, file.Path);
            if (target.PathOf(run, file.Path) is { } path) await FetchAsync(from, file, path, cancellationToken);
            else counts.Trouble(CliSentences.LeadsOut(file.Path, place.Shown(folder)));
        }
        if (target.PathOf(run, RunRecordFile.Name) is not { } own || _patterns.Length > 0 && !IsWanted(RunRecordFile.Name)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        if (!File.Exists(own) || !(await File.ReadAllBytesAsync(own, cancellationToken)).AsSpan().SequenceEqual(json))
            await WriteAsync(own, json!, cancellationToken);
    }

    private bool IsWanted(string path) => _patterns.Length == 0 || _patterns.Any(pattern => pattern.IsMatch(path));

    private async Task FetchAsync(string from, RunFile file, string path, CancellationToken cancellationToken)
    {
        if (await LocalFolder.HoldsAsync(path, file, cancellationToken))
        {
            counts.Left();
            return;
        }
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var arriving = Path.Combine(folder, $".idfkit-{Guid.NewGuid():N}");
        try
        {
            await place.Files.DownloadAsync(from, arriving, progress: null, cancellationToken);
            if (await LocalFolder.HashAsync(arriving, cancellationToken) != file.Sha256)
            {
                counts.Trouble(CliSentences.WrongChecksum(place.Shown(from)));
                return;
            }
            File.Move(arriving, path, overwrite: true);
            counts.Fetched(file.SizeBytes);
            if (file.ContentEncoding is { } encoding) counts.Note(CliSentences.IsEncoded(file.Path, encoding));
        }
        catch (StorageException gone) when (gone.Kind is StorageErrorKind.NotFound)
        {
            counts.Trouble(CliSentences.FileIsGone(place.Shown(from)));
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        await using var disk = new AsyncLocalFileSystem(Path.GetDirectoryName(path)!);
        await disk.WriteBytesAsync(Path.GetFileName(path), content, cancellationToken);
    }
}
