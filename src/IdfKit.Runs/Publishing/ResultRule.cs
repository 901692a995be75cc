using System.Text;

using IdfKit.Engine.Results;
using IdfKit.Storage;

namespace IdfKit.Runs.Publishing;

/// <summary>Which of the files that a run has left are its results, by their names.</summary>
/// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="globs">What is to be kept, and may then have any name; null keeps all that EnergyPlus writes.</param>
internal sealed class ResultRule(string prefix, IReadOnlyList<string>? globs)
{
    /// <summary>The most bytes of a name: of 500 files a record then tells in 256 KB.</summary>
    public const int LongestName = 128;

    private static readonly string[] Ours =
        [RunRecordFile.Name, RunRecordFile.SummaryName, RunRecordFile.ProgressName, RunRecordFile.ReportName];

    /// <summary>Whatever has a name that a path can have.</summary>
    public static ResultRule Everything { get; } =
        new("", null) { AllowsAnyName = true, TakesOurs = true, MostBytes = StoragePath.MaxBytes, MostFiles = int.MaxValue };

    private readonly GlobPattern[]? _globs = globs is null ? null : [.. globs.Select(glob => new GlobPattern(glob))];

    /// <summary>Whether names other than EnergyPlus's own are kept: a program runs models that it trusts, and these write files.</summary>
    public bool AllowsAnyName { get; init; }

    /// <summary>The most bytes of a name here.</summary>
    public int MostBytes { get; init; } = LongestName;

    /// <summary>The most files of a run. EnergyPlus leaves some fifty.</summary>
    public int MostFiles { get; init; } = 500;

    /// <summary>Whether also the names are taken that only this library writes.</summary>
    public bool TakesOurs { get; init; }

    /// <summary>Whether folders are looked into that EnergyPlus does not make itself.</summary>
    public bool LooksIntoFolders => AllowsAnyName || _globs is not null;

    /// <summary>Whether a file can be a result at all.</summary>
    /// <param name="path">Beneath the run's folder; null: its name is no text.</param>
    public bool IsFit(string? path) => path is not null && Encoding.UTF8.GetByteCount(path) <= MostBytes
        && !path.Any(letter => char.IsControl(letter) || letter is '\\') && StoragePath.IsValid(path);

    /// <summary>Whether the name is one of those that only this library writes, in whatever folder.</summary>
    public bool IsOurs(string path) =>
        !TakesOurs && Ours.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether EnergyPlus gives that name.</summary>
    public bool IsKnown(string path) => path == RunMigration.FileName || KnownOutputs.IsOne(path, prefix);

    /// <summary>Whether EnergyPlus makes that folder.</summary>
    public bool IsKnownFolder(string path) => KnownOutputs.IsFolder(path, prefix);

    /// <summary>Whether a file of that name, which is none of ours, is to be kept.</summary>
    public bool Keeps(string path) => _globs is null ? AllowsAnyName || IsKnown(path) : _globs.Any(glob => glob.IsMatch(path));

    /// <summary>Whether nobody asked for it, so that nothing has to be said of it.</summary>
    public bool IsUnwanted(string path) => _globs is not null && !_globs.Any(glob => glob.IsMatch(path));
}
