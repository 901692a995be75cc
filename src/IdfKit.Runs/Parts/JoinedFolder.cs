using IdfKit.Engine.Folders;
using IdfKit.Runs.Staging;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Where the files of parts are joined: nobody looks for results there, so that none is seen half made, and what cannot be joined leaves
/// none. It goes with the folder of the parts.
/// </summary>
internal sealed class JoinedFolder
{
    private const string Name = "joined";

    private readonly Workspace _workspace;

    /// <exception cref="IOException">It cannot be made.</exception>
    public JoinedFolder(Workspace workspace)
    {
        _workspace = workspace;
        Directory.CreateDirectory(Path);
    }

    public string Path => System.IO.Path.Combine(_workspace.Parts, Name);

    /// <summary>Makes results of what was joined: all files, or none.</summary>
    /// <exception cref="IOException">One cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void MoveToOutputs()
    {
        List<string> moved = [];
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path))
            {
                var into = System.IO.Path.Combine(_workspace.Outputs, System.IO.Path.GetFileName(file));
                File.Move(file, into, overwrite: true);
                moved.Add(into);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (var path in moved) _ = FolderRemoval.TryRemove(path);
            throw;
        }
    }
}
