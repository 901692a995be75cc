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
        var json = await place.ReadSmallAsync(recordPath, cancellationToken);
        var record = json is null ? null : RunRecordFile.FromJson(json);
        if (record is null || record.Status == RunStatus.Running)
        {
            counts.Trouble(CliSentences.NothingToGet(place.Shown(folder), isRunning: record is not null));
            return;
        }
        var own = target.PathOf(run, RunRecordFile.Name);
        if (own is not null) StoppedWrites.Remove(Path.GetDirectoryName(own)!);
        var fetched = await FetchedFiles.ReadAsync(own, cancellationToken);
        var isWhole = true;
        foreach (var file in record.Files.Where(file => IsWanted(file.Path)))
        {
            var from = StoragePath.Join(folder, file.Path);
            if (target.PathOf(run, file.Path) is { } path) isWhole &= await FetchAsync(from, file, path, fetched, cancellationToken);
            else counts.Trouble(CliSentences.LeadsOut(file.Path, place.Shown(folder)));
        }
        if (own is null) return;
        if (_patterns.Length > 0 || fetched.Lacks) await fetched.WriteAsync(cancellationToken);
        // A record says what lies beside it: not of files that were left as they are.
        if (!isWhole || _patterns.Length > 0 && !IsWanted(RunRecordFile.Name)) return;
        await WriteRecordAsync(own, json!, fetched, cancellationToken);
    }

    private bool IsWanted(string path) => _patterns.Length == 0 || _patterns.Any(pattern => pattern.IsMatch(path));

    /// <summary>False: another file is in the way, and was left.</summary>
    private async Task<bool> FetchAsync(
        string from, RunFile file, string path, FetchedFiles fetched, CancellationToken cancellationToken)
    {
        if (await LocalFolder.HoldsAsync(path, file.SizeBytes, file.Sha256, cancellationToken))
        {
            counts.Left();
            fetched.Add(file);
            return true;
        }
        if (!options.Overwrites && File.Exists(path) && !await fetched.HasAsync(file.Path, path, cancellationToken))
        {
            counts.Trouble(CliSentences.IsInTheWay(path));
            return false;
        }
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var arriving = StoppedWrites.NewIn(folder);
        try
        {
            await place.Files.DownloadAsync(from, arriving, progress: null, cancellationToken);
            if (await LocalFolder.HashAsync(arriving, cancellationToken) != file.Sha256)
            {
                counts.Trouble(CliSentences.WrongChecksum(place.Shown(from)));
                fetched.Lacks = true;
                return true;
            }
            File.Move(arriving, path, overwrite: true);
            counts.Fetched(file.SizeBytes);
            fetched.Add(file);
            if (file.ContentEncoding is { } encoding) counts.Note(CliSentences.IsEncoded(file.Path, encoding));
        }
        catch (StorageException gone) when (gone.Kind is StorageErrorKind.NotFound)
        {
            counts.Trouble(CliSentences.FileIsGone(place.Shown(from)));
            fetched.Lacks = true;
        }
        finally
        {
            File.Delete(arriving);
        }
        return true;
    }

    private async Task WriteRecordAsync(string path, byte[] json, FetchedFiles fetched, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            if ((await File.ReadAllBytesAsync(path, cancellationToken)).AsSpan().SequenceEqual(json)) return;
            if (!options.Overwrites && !fetched.IsRecord)
            {
                counts.Trouble(CliSentences.IsInTheWay(path));
                return;
            }
        }
        await using var disk = new AsyncLocalFileSystem(Path.GetDirectoryName(path)!);
        await disk.WriteBytesAsync(Path.GetFileName(path), json, cancellationToken);
    }
}
