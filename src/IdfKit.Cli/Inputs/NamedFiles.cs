using IdfKit.Storage;
using IdfKit.Storage.Files;

namespace IdfKit.Cli.Inputs;

/// <summary>Finds the files that a command line names: themselves, by patterns, or the models of folders.</summary>
internal static class NamedFiles
{
    private static readonly char[] Magic = ['*', '?', '['];

    /// <summary>Each file once, in the order of the arguments.</summary>
    /// <exception cref="CommandException">One names nothing, or two files would go to the same place.</exception>
    public static async Task<IReadOnlyList<NamedFile>> FindAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NamedFile>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            foreach (var file in await OfAsync(argument, cancellationToken))
            {
                if (found.TryAdd(file.Relative, file) || found[file.Relative].Path == file.Path) continue;
                throw new CommandException(CliSentences.SameName(found[file.Relative].Path, file.Path));
            }
        }
        return [.. found.Values];
    }

    /// <summary>Whether a file is there, and no pipe, socket or device: those may be waited for without end.</summary>
    public static bool IsFile(string path) => File.Exists(path) && FileKinds.Of(path) != FileKind.Special;

    private static async Task<List<NamedFile>> OfAsync(string argument, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(argument) || argument.Contains('\0', StringComparison.Ordinal))
            throw new CommandException(CliSentences.NoFile(argument));
        var full = Path.GetFullPath(argument);
        var named = new NamedFile(full, Path.GetFileName(full));
        if (File.Exists(full))
            return IsFile(full) || !named.IsModel ? [named] : throw new CommandException(CliSentences.NoFileBut(argument));
        if (Directory.Exists(full)) return ModelsOf(argument, full);
        if (argument.IndexOfAny(Magic) < 0) throw new CommandException(CliSentences.NoFile(argument));
        var files = await MatchesAsync(argument, cancellationToken);
        return files.Count > 0 ? files : throw new CommandException(CliSentences.NoMatch(argument));
    }

    private static List<NamedFile> ModelsOf(string argument, string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
        var models = Directory.EnumerateFiles(folder, "*", options)
            .Select(path => new NamedFile(path, Below(folder, path)))
            .Where(file => file.IsModel).OrderBy(file => file.Relative, StringComparer.Ordinal).ToList();
        return models.Count > 0 ? models : throw new CommandException(CliSentences.NoModelIn([argument]));
    }

    /// <summary>What is kept of a path is what stands behind the last folder before the first part that is a pattern.</summary>
    private static async Task<List<NamedFile>> MatchesAsync(string argument, CancellationToken cancellationToken)
    {
        var written = OperatingSystem.IsWindows() ? argument.Replace('\\', '/') : argument;
        var end = written.LastIndexOf('/', written.IndexOfAny(Magic));
        var (folder, pattern) = end < 0 ? (".", written) : (written[..(end + 1)], written[(end + 1)..]);
        if (!IsPattern(pattern)) throw new CommandException(CliSentences.NoPattern(argument));
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root)) return [];
        var files = new List<NamedFile>();
        await using var disk = new AsyncLocalFileSystem(root);
        await foreach (var path in disk.GlobAsync("", pattern, cancellationToken)) files.Add(new(Path.Combine(root, path), path));
        return files;
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new GlobPattern(pattern);
            return true;
        }
        catch (ArgumentException) { return false; }
    }

    private static string Below(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
