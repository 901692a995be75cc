using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>A result file of a run, on local disk.</summary>
/// <param name="LocalPath">Where it lies.</param>
/// <param name="Path">Relative to the run's folder, with <c>/</c>.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record ResultFile(string LocalPath, string Path, long SizeBytes)
{
    /// <summary>Its media type, by its name.</summary>
    public string ContentType => ContentTypes.Of(Path);

    /// <summary>
    /// The regular files below <paramref name="directory"/>, ordered by path. Links are left out: a result is what EnergyPlus
    /// wrote, never what something else points at.
    /// </summary>
    public static IReadOnlyList<ResultFile> In(string directory)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device
        };
        return
        [
            .. new DirectoryInfo(directory).EnumerateFiles("*", options)
                .Select(file => new ResultFile(
                    file.FullName, System.IO.Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), file.Length))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Those that are to be kept: the summary, and what a glob matches; without globs all.</summary>
    internal static IReadOnlyList<ResultFile> Kept(string directory, IReadOnlyList<string>? globs)
    {
        var files = In(directory);
        if (globs is null) return files;
        GlobPattern[] patterns = [.. globs.Select(glob => new GlobPattern(glob))];
        return [.. files.Where(file => file.Path == RunRecordFile.SummaryName || patterns.Any(pattern => pattern.IsMatch(file.Path)))];
    }
}
