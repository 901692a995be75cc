using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine.Folders;
using IdfKit.Engine.Preparation;

namespace IdfKit.Runs.Staging;

/// <summary>The folder of one run on local disk: inputs, results, and nothing else; gone when disposed.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>What the folder of parts is called.</summary>
    public const string PartsName = "parts";

    private const string NamePrefix = "idfkit-run-";

    private static readonly string[] Prefixes = [NamePrefix, ScratchFolder.NamePrefix];

    private const long RoomBytes = 4L << 20;

    private readonly List<ResultFile> _made = [];

    private Workspace(string path)
    {
        Path = path;
        Directory.CreateDirectory(Inputs);
        Directory.CreateDirectory(Outputs);
    }

    public string Path { get; }

    /// <summary>The model, its weather and the files that it names; EnergyPlus's working directory.</summary>
    public string Inputs => System.IO.Path.Combine(Path, "in");

    /// <summary>The staged weather, when there is any.</summary>
    public string Weather => System.IO.Path.Combine(Inputs, "in.epw");

    /// <summary>What is uploaded.</summary>
    public string Outputs => System.IO.Path.Combine(Path, "out");

    /// <summary>
    /// Where parts of a run are simulated: among the outputs, so that what is written there counts for how early the deadline has to stop
    /// it. Who makes it removes it.
    /// </summary>
    public string Parts => System.IO.Path.Combine(Outputs, PartsName);

    /// <summary>The results that are ours, such as <c>summary.json</c>; they lie out of EnergyPlus's reach.</summary>
    public IReadOnlyList<ResultFile> Made => _made;

    /// <summary>Where a record is read to.</summary>
    public string ScratchRecord => System.IO.Path.Combine(Path, "claim.json");

    /// <summary>Where an archive is made or read.</summary>
    public string Scratch => System.IO.Path.Combine(Path, "archive.zip");

    /// <summary>What an archive is unpacked to.</summary>
    public string Bundle => System.IO.Path.Combine(Path, "bundle");

    public static Workspace Create(string workDirectory, string runId) =>
        new(System.IO.Path.Combine(
            workDirectory, string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{Environment.ProcessId}-{runId}")));

    /// <summary>
    /// Removes what processes that no longer live have left behind, this one's own crashed predecessor with the same id
    /// included.
    /// </summary>
    /// <returns>The names of the folders that could not be removed; they are in nobody's way.</returns>
    public static IReadOnlyList<string> RemoveAbandoned(string workDirectory) =>
        FolderRemoval.RemoveFoldersIn(workDirectory, IsAbandoned);

    private string Room => System.IO.Path.Combine(Path, "room");

    /// <summary>Takes a little of the disk, so that EnergyPlus cannot fill it up to where nothing could be said of the run.</summary>
    public void KeepRoom()
    {
        var whole = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = RoomBytes };
        try { new FileStream(Room, whole).Dispose(); }
        // of a disk that is full already there is no room to keep, which the run itself will find
        catch (IOException) { return; }
    }

    /// <summary>Gives it back.</summary>
    public void GiveRoom() => File.Delete(Room);

    /// <summary>Makes a result of ours, where no child has put anything under its name. What fails is none.</summary>
    /// <param name="name">As it is uploaded.</param>
    /// <param name="write">Writes it; the stream can be sought in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="contentEncoding">Of what is written: <c>gzip</c>; null: none.</param>
    public async Task MakeAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken, string? contentEncoding = null)
    {
        var path = System.IO.Path.Combine(Path, "made-" + Guid.NewGuid().ToString("N"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        var file = new FileStream(path, options);
        try
        {
            long length;
            await using (file.ConfigureAwait(false))
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                length = file.Length;
            }
            _made.Add(new(path, name, length) { ContentEncoding = contentEncoding });
        }
        catch
        {
            _ = FolderRemoval.TryRemove(path); // of a disk that is full the rest of the run needs the room
            throw;
        }
    }

    /// <summary>Makes a result of ours of bytes.</summary>
    /// <param name="name">As it is uploaded.</param>
    /// <param name="content">All of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task MakeAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        MakeAsync(name, (file, token) => file.WriteAsync(content, token).AsTask(), cancellationToken);

    /// <summary>Takes a result of ours back, so that another can be made under its name.</summary>
    public void Forget(string name) => _made.RemoveAll(made => made.Path == name);

    /// <summary>What cannot be removed is left to <see cref="RemoveAbandoned"/> of a later process: the run itself has ended.</summary>
    public void Dispose() => _ = FolderRemoval.TryRemove(Path);

    private static bool IsAbandoned(string name) =>
        Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
        && int.TryParse(name[prefix.Length..].Split('-')[0], CultureInfo.InvariantCulture, out var owner) && !IsAlive(owner);

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException) { return false; } // no process has this id
    }
}
