using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>Brings the files that a model names to the folder that EnergyPlus runs in.</summary>
internal static class ReferencedFiles
{
    /// <summary>Fetches every file into <paramref name="workingDirectory"/>, each once, under the path that the model writes.</summary>
    /// <param name="fileSystem">Where the model lies.</param>
    /// <param name="folder">The folder of the model there; empty: the root.</param>
    /// <param name="references">What the model names.</param>
    /// <param name="workingDirectory">Where EnergyPlus will run.</param>
    /// <param name="mayBeRooted">Whether absolute paths name files of this machine, which EnergyPlus reads where they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The first file that could not be had; null when all are there.</returns>
    public static async Task<UnfetchedFile?> FetchAsync(
        IAsyncFileSystem fileSystem, string folder, IReadOnlyList<FileReference> references, string workingDirectory, bool mayBeRooted, CancellationToken cancellationToken)
    {
        foreach (var reference in references)
        {
            var relative = Relative(reference);
            if (IsRooted(relative))
            {
                if (mayBeRooted) continue;
                return new(reference, null);
            }
            var local = Path.GetFullPath(Path.Combine(workingDirectory, relative));
            if (File.Exists(local)) continue; // named twice
            if (PathOf(folder, relative) is not { } path) return new(reference, null);
            try { await fileSystem.DownloadAsync(path, local, progress: null, cancellationToken).ConfigureAwait(false); }
            catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return new(reference, path); }
        }
        return null;
    }

    /// <summary>How many folders above the model's own its references reach.</summary>
    public static int LevelsAbove(IReadOnlyList<FileReference> references) =>
        references.Select(Relative).Where(path => !IsRooted(path)).Select(LevelsAbove).DefaultIfEmpty(0).Max();

    /// <summary>The path that a reference means, with <c>/</c>: models come from Windows, too.</summary>
    public static string Relative(FileReference reference) => reference.Path.Trim().Replace('\\', '/');

    public static bool IsRooted(string path) => path is ['/', ..] or [_, ':', ..];

    private static int LevelsAbove(string path)
    {
        var (depth, lowest) = (0, 0);
        foreach (var segment in path.Split('/'))
        {
            depth += segment switch { ".." => -1, "" or "." => 0, _ => 1 };
            lowest = Math.Min(lowest, depth);
        }
        return -lowest;
    }

    private static string? PathOf(string folder, string relative)
    {
        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in relative.Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment is not "..") segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            else return null;
        }
        var path = string.Join('/', segments);
        return StoragePath.IsValid(path) ? path : null;
    }
}

/// <summary>A file that a model names and that could not be fetched.</summary>
/// <param name="Reference">Where the model names it.</param>
/// <param name="Path">Where it was looked for; null when the name cannot mean a file there.</param>
internal sealed record UnfetchedFile(FileReference Reference, string? Path)
{
    /// <summary>The first half of a sentence about it.</summary>
    public string Named => $"{Reference.ClassName} '{Reference.ObjectName}' (line {Reference.Line}) names the file '{Reference.Path}'";
}
