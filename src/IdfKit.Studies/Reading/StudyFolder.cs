using IdfKit.Simulation;
using IdfKit.Storage;
using IdfKit.Studies.Variants;

namespace IdfKit.Studies.Reading;

/// <summary>The folder in which a study's file lies, with the models and the weather beside it.</summary>
internal sealed class StudyFolder(StoredPlace file)
{
    private static readonly string[] ModelExtensions = [".idf", ".epjson", BundleExtension];

    private const string BundleExtension = ".zip";

    private List<string>? _names;

    public IAsyncFileSystem Files => file.FileSystem;

    /// <summary>The first bytes of the study's file, at most so many.</summary>
    public async Task<byte[]> ReadStudyAsync(int most, CancellationToken cancellationToken)
    {
        var stream = await Files.OpenReadAsync(file.Path, cancellationToken).ConfigureAwait(false);
        await using var reading = stream.ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (read.Length < most && await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            read.Write(buffer, 0, count);
        return read.ToArray();
    }

    /// <summary>The bytes of a file.</summary>
    public Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken) => Files.ReadBytesAsync(path, cancellationToken);

    /// <summary>The models in this folder that have a name without their extension; all when it is null.</summary>
    public async Task<IReadOnlyList<string>> ModelsAsync(string? stem, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. names.Where(name => ModelExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
                .Where(name => stem is null || Path.GetFileNameWithoutExtension(name) == stem),
        ];
    }

    /// <summary>
    /// A file as a row names it: relative to the study's folder, by any of the two slashes. Null: such a file cannot be there.
    /// </summary>
    public string? Resolve(string name) => Resolve(file.Folder, name);

    /// <summary>The same from any folder.</summary>
    public static string? Resolve(string folder, string name)
    {
        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in name.Replace('\\', '/').Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment is not "..") segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            else return null;
        }
        var path = string.Join('/', segments);
        return StoragePath.IsValid(path) ? path : null;
    }

    /// <summary>Whether a file is there; not where it cannot be, such as one with a name too long for a disk.</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await Files.ExistsAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.InvalidPath)
        {
            return false;
        }
    }

    /// <summary>The weather of a model for which nobody names one; null: there is none, or there are several.</summary>
    public async Task<string?> WeatherBesideAsync(string model, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken).ConfigureAwait(false);
        var weather = names.Where(name => Path.GetExtension(name).Equals(".epw", StringComparison.OrdinalIgnoreCase)).ToList();
        var stem = Path.GetFileNameWithoutExtension(model[(model.LastIndexOf('/') + 1)..]);
        var own = weather.Find(name => Path.GetFileNameWithoutExtension(name) == stem) ?? (weather is [var only] ? only : null);
        return own is null ? null : StoragePath.Join(file.Folder, own);
    }

    /// <summary>Whether a base is a zip with a model and what that needs.</summary>
    public static bool IsBundle(string path) => path.EndsWith(BundleExtension, StringComparison.OrdinalIgnoreCase);

    public async Task<BaseModel> OpenAsync(string path, CancellationToken cancellationToken) =>
        new(path, await ReadAsync(path, cancellationToken).ConfigureAwait(false));

    /// <summary>A base that has been unpacked to this machine's disk.</summary>
    public static async Task<BaseModel> OpenUnpackedAsync(string path, string model, CancellationToken cancellationToken) =>
        new(path, await System.IO.File.ReadAllBytesAsync(model, cancellationToken).ConfigureAwait(false)) { Unpacked = model };

    /// <summary>The weather that came in a bundle: that of the model's name beside it, else the only one; null: none, or several.</summary>
    public static string? WeatherUnpacked(string model)
    {
        var beside = System.IO.Path.GetDirectoryName(model)!;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };
        var found = Directory.GetFiles(beside, "*.epw", options);
        var own = System.IO.Path.ChangeExtension(model, ".epw");
        return Array.Find(found, path => path == own) ?? (found is [var only] ? only : null);
    }

    private async Task<List<string>> NamesAsync(CancellationToken cancellationToken)
    {
        if (_names is not null) return _names;
        List<string> names = [];
        await foreach (var path in Files.GlobAsync(file.Folder, "*", cancellationToken).ConfigureAwait(false))
            names.Add(path[(path.LastIndexOf('/') + 1)..]);
        return _names = names;
    }
}
