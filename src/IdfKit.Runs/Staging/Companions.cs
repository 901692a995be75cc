using System.Text;

using IdfKit.Engine;

namespace IdfKit.Runs.Staging;

/// <summary>Brings the files that a model names to where EnergyPlus will look for them.</summary>
internal sealed class Companions(CompanionSource source)
{
    private const int Concurrency = 8;
    private const int MostAwaited = 20; // each is a note in the bucket; when they have come, the next are awaited

    private readonly CompanionFolders _folders = new(source.FileSystem);

    /// <summary>
    /// Whether a risk of a model is met by fetching its files here: a path of another machine is never read there, and none leads out.
    /// </summary>
    public static bool Answers(ModelRiskKind risk) => risk is ModelRiskKind.AbsolutePath or ModelRiskKind.EscapingPath;

    /// <summary>Fetches every file, several at once: one GET each where the model says exactly what is there.</summary>
    /// <param name="model">The model as staged.</param>
    /// <param name="modelPath">The staged copy; written anew where its own paths cannot lead to a file here.</param>
    /// <param name="inputs">The folder that holds it; EnergyPlus runs in it, or below it where paths begin with <c>../</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Storage.StorageException">The file system failed, but for files that are missing or denied.</exception>
    public async Task<CompanionResult> FetchAsync(Model model, string modelPath, string inputs, CancellationToken cancellationToken)
    {
        var references = model.ReferencedFiles;
        var workingDirectory = WorkingDirectoryFor(references, inputs);
        if (references.Count == 0) return new() { WorkingDirectory = workingDirectory };

        var search = new CompanionSearch(source, _folders, workingDirectory, needsPlainNames: NeedsPlainNames(model));
        var finds = await FindAllAsync(search, references, cancellationToken).ConfigureAwait(false);
        if (finds.Any(find => find.IsMissing)) return new() { WorkingDirectory = workingDirectory, Rejection = Refuse(finds) };

        var changes = finds.Where(find => find.Rewritten is not null).ToDictionary(find => find.Reference.Path, find => find.Rewritten!);
        if (changes.Count > 0 && !StagedPaths.Rewrite(model, modelPath, changes))
        {
            var message = RunSentences.PathNotRewritten(references.First(reference => changes.ContainsKey(reference.Path)));
            return new() { WorkingDirectory = workingDirectory, Rejection = new(RunReason.MissingFile, message) };
        }
        return new()
        {
            WorkingDirectory = workingDirectory,
            Files = [.. finds.Select(find => new StagedCompanion(find.Reference, find.LocalPath, find.Path))],
            Notices = [.. finds.Select(NoticeOf).OfType<string>()],
            IsModelRewritten = changes.Count > 0,
        };
    }

    /// <summary>
    /// Paths that begin with <c>../</c> must lead into the run's own folder, and no companion onto the model or its weather.
    /// </summary>
    private string WorkingDirectoryFor(IReadOnlyList<FileReference> references, string inputs)
    {
        var distinct = references.Select(reference => reference.Path).Distinct().Select(CompanionPath.Of);
        // What leads out is refused, and no folder can be as deep as it may want.
        var paths = distinct.Where(path => !path.IsRooted && path.From(source.Folder, source.Boundary) is not null).ToList();
        var levels = paths.Select(path => path.LevelsAbove).DefaultIfEmpty(0).Max();
        while (paths.Any(path => LiesOnInput(path, inputs, levels))) levels++;
        var folder = inputs;
        for (var level = 0; level < levels; level++) folder = Path.Combine(folder, "below");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static bool LiesOnInput(CompanionPath path, string inputs, int levels)
    {
        if (!path.Name.StartsWith("in.", StringComparison.OrdinalIgnoreCase)) return false;
        var local = path.From(string.Join('/', Enumerable.Repeat("below", levels)), "");
        return local is not null && !local.Contains('/') && File.Exists(Path.Combine(inputs, local));
    }

    private static bool NeedsPlainNames(Model model) =>
        !model.Text.IsFilesText && model.ReferencedFiles.Any(reference => !Ascii.IsValid(reference.Path));

    private static async Task<CompanionFind[]> FindAllAsync(
        CompanionSearch search, IReadOnlyList<FileReference> references, CancellationToken cancellationToken)
    {
        var distinct = references.DistinctBy(reference => reference.Path).ToList();
        var finds = new CompanionFind[distinct.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, distinct.Count, options, async (at, token) =>
            finds[at] = await search.FindAsync(distinct[at], token).ConfigureAwait(false)).ConfigureAwait(false);
        return finds;
    }

    private static string? NoticeOf(CompanionFind find)
    {
        if (find.IsOfEnergyPlus) return RunSentences.FoundInEnergyPlus(find.Reference);
        return find.FoundAs is { } taken ? RunSentences.FoundOtherwise(find.Reference, taken) : null;
    }

    private Rejection Refuse(CompanionFind[] finds)
    {
        var missing = finds.Where(find => find.IsMissing).ToList();
        var first = missing.Find(find => find.LeadsOut) ?? missing[0];
        if (first.LeadsOut && source.Boundary.Length > 0) return new(RunReason.UnsafeObject, RunSentences.PathLeadsOut(first.Reference));
        var message = first switch
        {
            { LeadsOut: true } => RunSentences.PathLeadsOut(first.Reference),
            { MissingPath: null } => RunSentences.PathIsNoFile(first.Reference),
            { IsDenied: true } => RunSentences.CompanionDenied(
                first.Reference, source.Show(first.MissingPath), source.WaitsForFiles),
            _ => MissingSentence(first, missing.Count - 1),
        };
        var awaited = missing.Select(find => find.MissingPath).OfType<string>().Distinct().Take(MostAwaited);
        return new(RunReason.MissingFile, message) { Missing = [.. awaited] };
    }

    private string MissingSentence(CompanionFind find, int others)
    {
        var near = find.Near().Select(RelativeToModel).ToList();
        var path = CompanionPath.Of(find.Reference.Path);
        return path.IsRooted
            ? RunSentences.RootedCompanionMissing(find.Reference, path.Name, near)
            : RunSentences.CompanionMissing(find.Reference, source.Show(find.MissingPath!), near, others, source.WaitsForFiles);
    }

    private string RelativeToModel(string path)
    {
        var folder = source.Folder.Length == 0 ? "" : source.Folder + "/";
        return path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..] : path;
    }
}
