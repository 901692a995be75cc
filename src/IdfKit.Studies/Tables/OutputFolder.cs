using IdfKit.Simulation;
using IdfKit.Storage;

namespace IdfKit.Studies.Tables;

/// <summary>Where the results of a study are.</summary>
internal static class OutputFolder
{
    /// <summary>The folder as its file system takes it.</summary>
    public static (IAsyncFileSystem Files, string Path) Of(Study study, string outputDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputDirectory);
        var place = StoredPlace.Of(outputDirectory, study.Place.LocalPath is null ? study.Place.FileSystem : null);
        return (place.FileSystem, place.Path);
    }
}
