using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Running;

/// <summary>The files in which EnergyPlus says how it ended.</summary>
internal sealed class EndingFiles(EngineRequest request)
{
    private readonly string _end = PathOf(request, "end");
    private readonly string _errors = PathOf(request, "err");

    /// <summary>What an earlier run left must not be taken for this one's.</summary>
    public void Remove()
    {
        FolderRemoval.TryRemove(_end);
        FolderRemoval.TryRemove(_errors);
    }

    /// <summary>What they say, together with what the program printed last.</summary>
    public RunEnding Read(string printed) => RunEnding.Of(BoundedLines.Tail(_end), BoundedLines.Tail(_errors), printed);

    private static string PathOf(EngineRequest request, string extension) =>
        Path.Combine(Path.GetFullPath(request.OutputDirectory), OutputNames.Output(request.OutputPrefix, request.OutputSuffix, extension));
}
