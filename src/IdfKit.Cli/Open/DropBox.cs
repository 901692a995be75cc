using System.Collections.Concurrent;
using System.Text.RegularExpressions;

using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>
/// What was dropped on the page, in a temporary folder of this machine, until it is checked and put. Each drop has a folder of its own,
/// which goes when the drop is done with, or with this.
/// </summary>
internal sealed partial class DropBox(OpenedPlace opened) : IAsyncDisposable
{
    private const int MostFiles = 20_000;
    private const string OfWeather = ".weather"; // no drop is called so

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idfkit-open-");
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _drops = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _weather = new(StringComparer.Ordinal);

    /// <summary>A folder that nobody else may read, and that goes with this.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Takes a file of a drop.</summary>
    /// <param name="drop">The drop, a name that the page made up.</param>
    /// <param name="path">What is kept of the file's path; with <c>/</c>.</param>
    /// <param name="isAlone">Whether it was dropped by itself, and not with its folder.</param>
    /// <param name="content">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">It cannot be called so, or there is one of this name.</exception>
    public async Task TakeAsync(string drop, string path, bool isAlone, Stream content, CancellationToken cancellationToken)
    {
        CheckName(drop);
        if (!opened.Place.IsBucket) throw new CommandException(CliSentences.NoBucket(opened.Place.Given));
        if (!StoragePath.IsValid(path)) throw new CommandException(CliSentences.CannotBeDropped(path));
        var files = _drops.GetOrAdd(drop, _ => new(StringComparer.Ordinal));
        if (files.Count >= MostFiles) throw new CommandException(CliSentences.TooManyDropped(MostFiles));
        if (!files.TryAdd(path, isAlone)) throw new CommandException(CliSentences.SameName(path, path));
        await using var disk = new AsyncLocalFileSystem(FolderOf(drop));
        await disk.WriteAsync(path, content, cancellationToken: cancellationToken);
    }

    /// <summary>Takes the weather of all models of a drop.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="name">The file's.</param>
    /// <param name="content">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">It cannot be called so.</exception>
    public async Task TakeWeatherAsync(string drop, string name, Stream content, CancellationToken cancellationToken)
    {
        CheckName(drop);
        if (!StoragePath.IsValid(name) || name.Contains('/', StringComparison.Ordinal))
            throw new CommandException(CliSentences.CannotBeDropped(name));
        await using var disk = new AsyncLocalFileSystem(FolderOf(drop + OfWeather));
        await disk.WriteAsync(name, content, cancellationToken: cancellationToken);
        _weather[drop] = Path.Combine(FolderOf(drop + OfWeather), name);
    }

    /// <exception cref="CommandException">There is no such drop.</exception>
    public Drop Find(string drop)
    {
        CheckName(drop);
        if (!_drops.TryGetValue(drop, out var files)) throw new CommandException(CliSentences.NothingDropped);
        var alone = files.Where(file => file.Value).Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        return new(FolderOf(drop), alone, _weather.GetValueOrDefault(drop));
    }

    public void Forget(string drop)
    {
        CheckName(drop);
        _weather.TryRemove(drop, out _);
        _drops.TryRemove(drop, out _);
        foreach (var folder in (string[])[Path.Combine(Folder, drop), Path.Combine(Folder, drop + OfWeather)])
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private string FolderOf(string drop) => Directory.CreateDirectory(Path.Combine(Folder, drop)).FullName;

    private static void CheckName(string drop)
    {
        if (!Name().IsMatch(drop)) throw new CommandException(CliSentences.NothingDropped);
    }

    [GeneratedRegex("^[a-z0-9]{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>What was dropped at once.</summary>
/// <param name="Folder">Where it lies meanwhile.</param>
/// <param name="Alone">The files that were dropped by themselves, and not with their folder.</param>
/// <param name="Weather">The weather of all models, a file of this machine; null: each has its own.</param>
internal sealed record Drop(string Folder, IReadOnlySet<string> Alone, string? Weather);
