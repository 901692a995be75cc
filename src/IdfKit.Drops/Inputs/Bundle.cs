using System.Buffers;
using System.IO.Compression;

using IdfKit.Drops.Objects;
using IdfKit.Runs;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// A dropped <c>.zip</c>: one model with its weather, its job file and the files that it names. It may come from anybody, so
/// nothing in it is believed: names are paths inside the folder, links are refused, and sizes are counted while they are
/// unpacked.
/// </summary>
internal static class Bundle
{
    private const int MostEntries = 1_000, BufferBytes = 64 * 1024;
    private const long MostListBytes = 1L << 20; // a kilobyte for each entry
    private const long MostBytes = 1L << 30, MostRatio = 200, RatioCountsFrom = 10L << 20;

    /// <summary>Unpacks into <paramref name="folder"/>.</summary>
    /// <returns>The path of the one model inside, with <c>/</c>; or why the bundle is refused.</returns>
    public static async Task<(string? Model, Rejection? Rejection)> UnpackAsync(
        string archive, string name, string folder, CancellationToken cancellationToken)
    {
        using var file = new ArchiveFile(archive, MostListBytes);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostEntries) return Refuse(name, DropSentences.TooManyEntries(zip.Entries.Count, MostEntries));
            file.ListIsRead();
            var left = MostBytes;
            var archiveBytes = file.Length;
            var models = new List<string>();
            foreach (var entry in zip.Entries.Select(BundleEntry.Of).OfType<BundleEntry>())
            {
                if ((entry.WhyRefused() ?? WhyInTheWay(entry.Path, folder)) is { } why) return Refuse(name, why);
                var target = Path.GetFullPath(Path.Combine(folder, entry.Path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                left -= await CopyAsync(entry.Entry, target, left, cancellationToken).ConfigureAwait(false);
                if (WhyTooLarge(left, archiveBytes) is { } size)
                    return (null, new(RunReason.TooLarge, DropSentences.BundleUnpacksTo(name, size)));
                if (FileKind.IsModel(ObjectKey.FromText(entry.Path))) models.Add(entry.Path);
            }
            return models switch
            {
                [var only] => (only, null),
                [] => Refuse(name, DropSentences.NoModelInBundle()),
                _ => Refuse(name, DropSentences.SeveralModelsInBundle(models)),
            };
        }
        catch (InvalidDataException) when (file.IsListTooLong) { return Refuse(name, DropSentences.EntryListTooLong(MostEntries)); }
        catch (InvalidDataException e) { return Refuse(name, DropSentences.DamagedBundle(e.Message)); }
    }

    /// <summary>Why an entry cannot be put beside those before it.</summary>
    private static string? WhyInTheWay(string path, string folder)
    {
        var target = Path.GetFullPath(Path.Combine(folder, path));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return DropSentences.EntryIsNoPath(path);
        if (File.Exists(target)) return DropSentences.EntryTwice(path);
        if (Directory.Exists(target)) return DropSentences.EntryIsFileAndFolder(path);
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            if (File.Exists(Path.Combine(folder, path[..end]))) return DropSentences.EntryIsFileAndFolder(path[..end]);
        return null;
    }

    private static string? WhyTooLarge(long left, long archiveBytes)
    {
        if (left < 0) return $"{MostBytes >> 20} MB";
        var total = MostBytes - left;
        return total > RatioCountsFrom && total > MostRatio * archiveBytes ? $"{MostRatio} times its size" : null;
    }

    /// <summary>Stops one buffer past what is allowed: the sizes that an archive tells may lie.</summary>
    private static async Task<long> CopyAsync(ZipArchiveEntry entry, string target, long most, CancellationToken cancellationToken)
    {
        var content = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var reading = content.ConfigureAwait(false);
        var file = new FileStream(target, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
        await using var writing = file.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var total = 0L;
            while (total <= most && await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                total += count;
            }
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (string?, Rejection) Refuse(string name, string why) =>
        (null, new(RunReason.BadBundle, DropSentences.BadBundle(name, why)));
}
