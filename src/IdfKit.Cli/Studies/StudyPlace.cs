using IdfKit.Cli.Inputs;
using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>A study's file and the folder of its results, as a user names them: on disk, or in a bucket.</summary>
internal sealed class StudyPlace : IAsyncDisposable
{
    private const string Scheme = "s3:", CsvEnding = ".study.csv", JsonEnding = ".study.json", IdfEnding = ".idf";

    private readonly string _shownRoot; // "s3://bucket/"; empty on disk
    private readonly OpenedBundles _bundles = new();

    private StudyPlace(IAsyncFileSystem? files, string file, string output, string shownRoot) =>
        (Files, File, Output, _shownRoot) = (files, file, output, shownRoot);

    /// <summary>Where both lie; null: this machine's disk.</summary>
    public IAsyncFileSystem? Files { get; }

    /// <summary>The study, as <see cref="Study.ReadAsync"/> takes it.</summary>
    public string File { get; }

    /// <summary>The folder of its results, as <see cref="StudyRunner"/> takes it.</summary>
    public string Output { get; }

    /// <summary>For people, and to be typed again.</summary>
    public string ShownFile => _shownRoot + File;

    /// <summary>The folder for people.</summary>
    public string ShownOutput => _shownRoot + Output;

    /// <summary>The name of the study's file.</summary>
    public string Name => File[(File.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>The file system of the folder, and the folder as that takes it.</summary>
    public (IAsyncFileSystem Files, string Path) Results =>
        Files is { } bucket ? (bucket, Output) : (new AsyncLocalFileSystem(Path.GetFullPath(Output)), "");

    /// <summary>A file of the results for people.</summary>
    public string Shown(string name) => ShownOutput.TrimEnd('/') + "/" + name;

    /// <summary>The place of a study by its file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">The folder of the results; null: that of its name.</param>
    /// <exception cref="AddressException">They cannot be.</exception>
    public static StudyPlace Of(string file, string? output)
    {
        if (!IsS3(file))
        {
            if (output is not null && IsS3(output)) throw new AddressException(CliSentences.ResultsElsewhere);
            return new(null, file, output is null ? FolderOf(file) : output, "");
        }
        var address = Address.Of(file);
        if (output is null) return new(address.Open(), address.Key, DefaultOutput(address.Key), address.Root);
        if (!IsS3(output) || Address.Of(output) is not { Key: var folder } place || place.Root != address.Root)
            throw new AddressException(CliSentences.ResultsElsewhere);
        return new(address.Open(), address.Key, folder.TrimEnd('/'), address.Root);
    }

    /// <summary>The place of a study by its file or by the folder of its results.</summary>
    /// <exception cref="AddressException">It cannot be one.</exception>
    /// <exception cref="CommandException">It is a folder of which nobody knows the study.</exception>
    public static async Task<StudyPlace> FindAsync(string given, string? output, CancellationToken cancellationToken)
    {
        if (IsStudy(IsS3(given) ? given.Split('?')[0] : given)) return Of(given, output);
        if (output is not null) throw new AddressException(CliSentences.FolderTwice);
        var folder = IsS3(given) ? Address.Of(given) : null;
        var files = folder?.Open();
        try
        {
            var path = folder is null ? given.TrimEnd('/', '\\') : folder.Key.TrimEnd('/');
            if (path.Length == 0) path = given; // the root
            var file = await FileOfAsync(files, path, cancellationToken) ?? throw new CommandException(CliSentences.NoStudyOf(given));
            return new(files, file, path, folder?.Root ?? "");
        }
        catch
        {
            if (files is not null) await files.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the study.</summary>
    /// <param name="weather">Of rows that name none; null: what lies beside the model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StudyException">Something is wrong in it.</exception>
    /// <exception cref="CommandException">It is not there.</exception>
    public async Task<Study> ReadAsync(string? weather, CancellationToken cancellationToken)
    {
        var options = new StudyOptions { Weather = weather, OpenBundle = (path, token) => _bundles.OpenAsync(Files, path, token) };
        try { return await Study.ReadAsync(File, options, Files, cancellationToken); }
        catch (StorageException none) when (Place.IsOfFile(none))
        {
            // Else it is a file that the study names, which the exception says.
            if (await IsThereAsync(Files, File, cancellationToken)) throw;
            throw new CommandException(CliSentences.NoStudyFile(ShownFile));
        }
    }

    public ValueTask DisposeAsync()
    {
        _bundles.Dispose();
        return Files?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Whether a name is that of a study.</summary>
    public static bool IsStudy(string name) => EndingOf(name) is not null;

    private static bool IsS3(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static string? EndingOf(string name) => Array.Find(
        [CsvEnding, JsonEnding, IdfEnding],
        ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && name.Length > ending.Length);

    // What is no study is told by its reader.
    private static string FolderOf(string file) => file[..^(EndingOf(file)?.Length ?? 0)] + ".study";

    /// <summary>At the same place below the prefix of outputs, since what is written below that of inputs starts runs.</summary>
    private static string DefaultOutput(string key)
    {
        var settings = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables()).Runs;
        var isInput = key.StartsWith(settings.InputPrefix, StringComparison.Ordinal);
        return isInput ? settings.OutputPrefix + FolderOf(key[settings.InputPrefix.Length..]) : FolderOf(key);
    }

    /// <summary>The study whose results lie in a folder: the one that its record names, or that lies beside it.</summary>
    private static async Task<string?> FileOfAsync(IAsyncFileSystem? bucket, string folder, CancellationToken cancellationToken)
    {
        string[] beside = folder.EndsWith(".study", StringComparison.OrdinalIgnoreCase)
            ? [folder + ".csv", folder + ".json", folder[..^".study".Length] + IdfEnding]
            : [];
        foreach (var file in beside.Prepend(await RecordedAsync(bucket, folder, cancellationToken)))
            if (file is not null && await IsThereAsync(bucket, file, cancellationToken)) return file;
        return null;
    }

    private static async Task<string?> RecordedAsync(IAsyncFileSystem? bucket, string folder, CancellationToken cancellationToken)
    {
        var (files, path) = bucket is null
            ? (new AsyncLocalFileSystem(Path.GetFullPath(folder)), StudyRecordFile.Name)
            : (bucket, StoragePath.Join(folder, StudyRecordFile.Name));
        try
        {
            return StudyRecordFile.FromJson(await files.ReadBytesAsync(path, cancellationToken))?.Input.Key;
        }
        catch (StorageException none) when (none.Kind is StorageErrorKind.NotFound or StorageErrorKind.InvalidPath)
        {
            return null;
        }
    }

    private static async Task<bool> IsThereAsync(IAsyncFileSystem? bucket, string file, CancellationToken cancellationToken) =>
        bucket is null ? NamedFiles.IsFile(file) : await bucket.ExistsAsync(file, cancellationToken);

    /// <summary>An address in a bucket, taken apart.</summary>
    private sealed record Address(string Root, string Key, string Settings)
    {
        /// <exception cref="AddressException">It names no file.</exception>
        public static Address Of(string text)
        {
            var query = text.IndexOf('?', StringComparison.Ordinal);
            var place = query < 0 ? text : text[..query];
            if (!S3Url.TryParse(place, out var url)) throw new AddressException(CliSentences.NoObject(text));
            return new($"s3://{url.Bucket}/", url.Key.Value, query < 0 ? "" : text[query..]);
        }

        public IAsyncFileSystem Open()
        {
            S3Environment.Check();
            try { return FileSystems.Open(Root + Settings); }
            catch (ArgumentException wrong) { throw new AddressException(wrong.Message); }
        }
    }
}
