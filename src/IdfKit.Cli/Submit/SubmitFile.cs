using IdfKit.Storage.Files;

namespace IdfKit.Cli.Submit;

/// <summary>A file that is to be in the bucket.</summary>
/// <param name="Key">Where.</param>
/// <param name="Path">Of this machine; null: it is made here.</param>
/// <param name="Content">What was made; null: it is read from <paramref name="Path"/>.</param>
/// <param name="SizeBytes">How large.</param>
internal sealed record SubmitFile(string Key, string? Path, byte[]? Content, long SizeBytes)
{
    public static SubmitFile Of(string key, string path) => new(key, path, null, new FileInfo(path).Length);

    public static SubmitFile Of(string key, byte[] content) => new(key, null, content, content.Length);

    public Stream Open() => Content is { } made
        ? new MemoryStream(made, writable: false)
        : new FileStream(RegularFile.Open(Path!), FileAccess.Read);
}

/// <summary>A model that is to be run, with the files that it needs there before.</summary>
/// <param name="File">The model.</param>
/// <param name="Companions">Weather, files that it names, its job file.</param>
internal sealed record SubmitModel(SubmitFile File, IReadOnlyList<SubmitFile> Companions);

/// <summary>What becomes of a file.</summary>
internal enum SubmitAction
{
    /// <summary>It is not there yet.</summary>
    Put,
    /// <summary>Another content is there.</summary>
    Replace,
    /// <summary>It is there with the same content, and what it needs has changed: it is put again, so that it is run.</summary>
    Again,
    /// <summary>It is there with the same content.</summary>
    Leave,
}
