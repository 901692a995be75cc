using Amazon.Runtime;

using IdfKit.Drops;
using IdfKit.Runs.Tables;
using IdfKit.Storage;

namespace IdfKit.Cli.Places;

/// <summary>
/// PLACE of a command line, opened: the files of a bucket, or of a folder that is one or not, and which part of them was named. The part
/// is the same below the prefixes of inputs and of outputs: <c>s3://bucket/p</c>, <c>s3://bucket/inputs/p</c> and
/// <c>s3://bucket/outputs/p</c> mean one.
/// </summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly string _shownRoot;
    private readonly RunSettings _settings;
    private string? _runs;

    internal Place(IAsyncFileSystem files, string folder, string shownRoot, string given, RunSettings settings)
    {
        (Files, Folder, _shownRoot, Given, _settings) = (files, folder, shownRoot, given, settings);
        Layout = new(settings.InputPrefix, settings.OutputPrefix, sameBucket: true);
    }

    /// <summary>All that is there.</summary>
    public IAsyncFileSystem Files { get; }

    /// <summary>What was named of it; empty: all.</summary>
    public string Folder { get; }

    /// <summary>As it was typed.</summary>
    public string Given { get; }

    public OutputLayout Layout { get; }

    /// <summary>Whether models can be put here: it is a bucket, or a folder that is one.</summary>
    public bool IsBucket { get; init; }

    /// <summary>The folder of this machine; null: it lies elsewhere.</summary>
    public string? LocalRoot { get; init; }

    /// <summary>Where models are put.</summary>
    public string Inputs => StoragePath.Join(Trimmed(_settings.InputPrefix), Part).TrimEnd('/');

    /// <summary>Where the results of what is put there go.</summary>
    public string Outputs => StoragePath.Join(Trimmed(_settings.OutputPrefix), Part).TrimEnd('/');

    /// <summary>The prefix of all results, without its slash.</summary>
    public string AllOutputs => Trimmed(_settings.OutputPrefix);

    /// <summary>The prefix of all models, without its slash.</summary>
    public string AllInputs => Trimmed(_settings.InputPrefix);

    private string Part => Below(_settings.OutputPrefix) ?? Below(_settings.InputPrefix) ?? Folder;

    /// <summary>Sees that a folder of this machine has not been removed meanwhile: an empty one would look like it.</summary>
    /// <exception cref="CommandException">It has.</exception>
    public void MustBeThere()
    {
        if (LocalRoot is { } root && !Directory.Exists(root)) throw new CommandException(CliSentences.PlaceIsGone(Given));
    }

    public ValueTask DisposeAsync() => Files.DisposeAsync();

    /// <summary>The folder of a run by its name below <see cref="Outputs"/>.</summary>
    public string At(string run) => run.Length == 0 ? Outputs : StoragePath.Join(Outputs, run);

    /// <summary>A file for people, such that it can be typed again.</summary>
    public string Shown(string path) => CliSentences.Clean(path.Length == 0 ? _shownRoot : $"{_shownRoot.TrimEnd('/')}/{path}");

    /// <summary>A model's name for people: its key without the prefix of all models.</summary>
    public string NameOf(string key) => key.StartsWith(_settings.InputPrefix, StringComparison.Ordinal) && key != _settings.InputPrefix
        ? key[_settings.InputPrefix.Length..]
        : key;

    /// <summary>
    /// The folder of the runs that were named: what lies there as it is typed, else at that place below the prefix of outputs. At most
    /// one request.
    /// </summary>
    public async Task<string> FindRunsAsync(CancellationToken cancellationToken) => _runs ??= await SearchAsync(cancellationToken);

    /// <summary>A file's content; null when there is none.</summary>
    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => Files.ReadBytesOrNullAsync(path, cancellationToken);

    /// <summary>The content of a small file, such as a record; empty when it is larger than any; null when there is none.</summary>
    public async Task<byte[]?> ReadSmallAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await Files.OpenReadAsync(path, cancellationToken);
            using var content = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                content.Write(buffer, 0, count);
                if (content.Length > RecordRow.LargestBytes) return [];
            }
            return content.ToArray();
        }
        catch (StorageException none) when (IsOfFile(none)) { return null; }
    }

    /// <summary>Whether it is a file that is not there, and not its bucket.</summary>
    public static bool IsOfFile(StorageException absent) =>
        absent is { Kind: StorageErrorKind.NotFound, InnerException: not AmazonServiceException { ErrorCode: "NoSuchBucket" } };

    /// <summary>What is known of a file; null when there is none, as under a name that a record gives and no file can have.</summary>
    public async Task<FileEntry?> LookAsync(string path, CancellationToken cancellationToken)
    {
        try { return await Files.StatAsync(path, cancellationToken); }
        catch (StorageException none) when (none.Kind is StorageErrorKind.NotFound or StorageErrorKind.InvalidPath) { return null; }
    }

    private async Task<string> SearchAsync(CancellationToken cancellationToken)
    {
        if (!IsBucket) return Folder;
        if (Folder.Length == 0) return Trimmed(_settings.OutputPrefix);
        if (Below(_settings.OutputPrefix) is not null && _settings.OutputPrefix.Length > 0) return Folder;
        var key = ObjectKey.FromText(Folder);
        if (Below(_settings.InputPrefix) is not null && _settings.InputPrefix.Length > 0)
            return OutputLayout.IsModelOrBundle(key) ? Layout.FolderOf(key) : Outputs;
        await foreach (var _ in Files.ListFolderAsync(Folder, new ListOptions { Limit = 1 }, cancellationToken)) return Folder;
        return Outputs;
    }

    /// <summary>What of the part that was named lies below a prefix; null: it does not.</summary>
    private string? Below(string prefix) =>
        (Folder + "/").StartsWith(prefix, StringComparison.Ordinal) ? Trimmed((Folder + "/")[prefix.Length..]) : null;

    private static string Trimmed(string prefix) => prefix.TrimEnd('/');
}
