using System.Buffers;
using System.IO.Compression;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// A dropped <c>.zip</c>: one model with its weather, its job file and the files that it names. It may come from anybody, so nothing in it is believed:
/// names are paths inside the folder, links are refused, and sizes are counted while they are unpacked.
/// </summary>
internal static class Bundle
{
    public const string Extension = ".zip";

    private const int MostEntries = 1_000, BufferBytes = 64 * 1024;
    private const long MostBytes = 1L << 30, MostRatio = 200, RatioCountsFrom = 10L << 20;
    private const int UnixFileType = 0xF000, UnixLink = 0xA000;

    /// <summary>Unpacks into <paramref name="folder"/>.</summary>
    /// <returns>The path of the one model inside, with <c>/</c>; or why the bundle is refused.</returns>
    public static async Task<(string? Model, Rejection? Rejection)> UnpackAsync(string archive, string name, string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            if (zip.Entries.Count > MostEntries) return Refuse(name, $"it has {zip.Entries.Count} entries, and {MostEntries} are the most");
            var left = MostBytes;
            var archiveBytes = new FileInfo(archive).Length;
            var models = new List<string>();
            foreach (var entry in zip.Entries)
            {
                var path = entry.FullName.Replace('\\', '/');
                if (path.EndsWith('/')) continue;
                if (WhyRefused(entry, path) is { } why) return Refuse(name, why);
                if (path.StartsWith("__MACOSX/", StringComparison.Ordinal)) continue; // what macOS adds; no one asked for it
                var target = Path.GetFullPath(Path.Combine(folder, path));
                if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return Refuse(name, $"'{path}' leaves its folder");
                if (File.Exists(target)) return Refuse(name, $"'{path}' is in it twice");
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                left -= await CopyAsync(entry, target, left, cancellationToken).ConfigureAwait(false);
                var total = MostBytes - left;
                if (left < 0 || total > RatioCountsFrom && total > MostRatio * archiveBytes)
                    return (null, new(RunReason.TooLarge, $"The bundle '{name}' unpacks to more than {(left < 0 ? $"{MostBytes >> 20} MB" : $"{MostRatio} times its size")}; drop its files without the bundle."));
                if (FileKind.IsModel(ObjectKey.FromText(path))) models.Add(path);
            }
            return models switch
            {
                [var only] => (only, null),
                [] => Refuse(name, "it holds no model (.idf or .epJSON)"),
                _ => Refuse(name, $"it holds {models.Count} models ({string.Join(", ", models.Take(3))}{(models.Count > 3 ? ", …" : "")}), and must hold one"),
            };
        }
        catch (InvalidDataException e) { return Refuse(name, $"it cannot be unpacked ({e.Message.TrimEnd('.')})"); }
    }

    private static string? WhyRefused(ZipArchiveEntry entry, string path)
    {
        if (!StoragePath.IsValid(path)) return $"'{path}' is no path inside it";
        if ((entry.ExternalAttributes >> 16 & UnixFileType) == UnixLink) return $"'{path}' is a link";
        return entry.IsEncrypted ? $"'{path}' is encrypted" : null;
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

    private static (string?, Rejection) Refuse(string name, string why) => (null, new(RunReason.BadBundle, $"The bundle '{name}' cannot be run: {why}."));
}
