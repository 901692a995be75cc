using System.Text;

using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>
/// Looks for one file that a model names: just as it is written; in EnergyPlus's own data; in another spelling, where exactly one
/// file fits. A path of another machine is reduced to its end.
/// </summary>
internal sealed class CompanionSearch(CompanionSource source, CompanionFolders folders, string workingDirectory, bool needsPlainNames)
{
    public async Task<CompanionFind> FindAsync(FileReference reference, CancellationToken cancellationToken)
    {
        var path = CompanionPath.Of(reference.Path);
        if (source.IsThisMachine && path.IsRooted && File.Exists(path.Text)) return new(reference) { LocalPath = path.Text };
        if (!path.IsFile) return new(reference) { IsMissing = true };
        var candidates = CandidatesOf(path);
        if (candidates.Count == 0) return new(reference) { LeadsOut = true, IsMissing = true };

        var denied = default(string);
        foreach (var candidate in candidates)
        {
            var outcome = await FetchAsync(candidate.Path, candidate.Written, cancellationToken).ConfigureAwait(false);
            if (outcome == Outcome.Fetched) return Found(reference, path, candidate.Path, candidate.Written);
            if (outcome == Outcome.Denied) denied ??= candidate.Path;
        }
        var last = candidates[^1];
        if (DataSetsFolder.Find(source.DataSets, path.InDataSets) is { } data) return OfEnergyPlus(reference, path, data, last.Written);

        IEnumerable<string> names = await folders.InAsync(FolderOf(last.Path), cancellationToken).ConfigureAwait(false);
        var alike = names.Where(name => FileNames.AreAlike(name, last.Path)).ToList();
        if (alike.Count == 0)
        {
            names = names.Concat(await folders.BelowAsync(BaseOf(path), cancellationToken).ConfigureAwait(false));
            alike = [.. names.Distinct().Where(name => candidates.Any(candidate => FileNames.AreAlike(name, candidate.Path)))];
        }
        if (alike is [var only] && only != denied)
        {
            var outcome = await FetchAsync(only, last.Written, cancellationToken).ConfigureAwait(false);
            if (outcome == Outcome.Fetched) return Found(reference, path, only, last.Written);
            if (outcome == Outcome.Denied) denied = only;
        }
        return new(reference)
        {
            IsMissing = true,
            IsDenied = denied is not null,
            MissingPath = denied ?? last.Path,
            Alike = alike,
            Among = names,
        };
    }

    /// <summary>Where the file may lie, and under which path EnergyPlus is to find it.</summary>
    private List<(string Path, string Written)> CandidatesOf(CompanionPath path)
    {
        var written = path.IsRooted ? path.Tails : [path.Text];
        return
        [
            .. from tail in written
               let stored = CompanionPath.Of(tail).From(source.Folder, source.Boundary)
               where stored is not null
               select (stored, tail),
        ];
    }

    private CompanionFind Found(FileReference reference, CompanionPath path, string stored, string written)
    {
        var isOther = path.IsRooted || !stored.EndsWith(path.Name, StringComparison.Ordinal);
        return Staged(reference, path, written) with { Path = stored, FoundAs = isOther ? source.Show(stored) : null };
    }

    private CompanionFind OfEnergyPlus(FileReference reference, CompanionPath path, string data, string written)
    {
        var local = LocalPathOf(written);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.Copy(data, local, overwrite: true);
        return Staged(reference, path, written) with { IsOfEnergyPlus = true };
    }

    /// <summary>What the model must say for EnergyPlus to find the file: the written path where that serves.</summary>
    private CompanionFind Staged(FileReference reference, CompanionPath path, string written) => new(reference)
    {
        LocalPath = LocalPathOf(written),
        Rewritten = path.IsRooted || path.IsQuoted || needsPlainNames && !Ascii.IsValid(written) ? PlainName(written) : null,
    };

    private async Task<Outcome> FetchAsync(string stored, string written, CancellationToken cancellationToken)
    {
        var local = LocalPathOf(written);
        foreach (var folder in CompanionPath.Of(written).PassedThrough) Directory.CreateDirectory(Path.Combine(workingDirectory, folder));
        try
        {
            await source.FileSystem.DownloadAsync(stored, local, progress: null, cancellationToken).ConfigureAwait(false);
            return Outcome.Fetched;
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return Outcome.Missing; }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return Outcome.Denied; }
    }

    private string LocalPathOf(string written) => Path.GetFullPath(Path.Combine(workingDirectory, PlainName(written)));

    // A name in Latin-1 would be looked for by bytes that no name of a file here can have.
    private string PlainName(string written) =>
        needsPlainNames ? new([.. written.Select(character => char.IsAscii(character) ? character : '_')]) : written;

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var end ? path[..end] : "";

    /// <summary>The folder that holds all that a path of any spelling may mean.</summary>
    private string BaseOf(CompanionPath path)
    {
        var up = path.IsRooted ? 0 : path.LevelsAbove;
        var segments = source.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('/', segments.SkipLast(up));
    }

    private enum Outcome
    {
        Fetched,
        Missing,
        Denied,
    }
}

/// <summary>What became of one path.</summary>
/// <param name="Reference">Where the model names it.</param>
internal sealed record CompanionFind(FileReference Reference)
{
    public string LocalPath { get; init; } = "";
    public string? Path { get; init; }

    /// <summary>What to write into the model instead; null: what it says will do.</summary>
    public string? Rewritten { get; init; }

    /// <summary>What was taken, in words, where that is not what the model says.</summary>
    public string? FoundAs { get; init; }

    /// <summary>Whether it is of EnergyPlus's own data.</summary>
    public bool IsOfEnergyPlus { get; init; }

    public bool IsMissing { get; init; }
    public bool IsDenied { get; init; }

    /// <summary>Whether the path leads out of the folder that it may be in.</summary>
    public bool LeadsOut { get; init; }

    /// <summary>Where the file would be looked for first.</summary>
    public string? MissingPath { get; init; }

    /// <summary>Files that differ in capitals or accents alone.</summary>
    public IReadOnlyList<string> Alike { get; init; } = [];

    /// <summary>All that is there.</summary>
    public IEnumerable<string> Among { get; init; } = [];

    /// <summary>What is there and nearly has its name: every name is compared, so this is asked of the one that is told of.</summary>
    public IReadOnlyList<string> Near() => Alike.Count > 1 ? Alike : NearMiss.Of(CompanionPath.Of(Reference.Path).Name, Among);
}
