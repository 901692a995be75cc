using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>Where the files that a model names are looked for.</summary>
/// <param name="FileSystem">Where the model lies.</param>
/// <param name="Folder">The model's folder there; empty: the root.</param>
/// <param name="Show">How people know a path of it: <c>s3://bucket/key</c>, or a full path of this machine.</param>
internal sealed record CompanionSource(IAsyncFileSystem FileSystem, string Folder, Func<string, string> Show)
{
    /// <summary>The folder that no path leaves, for models of others; empty: the whole file system.</summary>
    public string Boundary { get; init; } = "";

    /// <summary>Whether the model is of this machine, so that a full path that is there is read where it is.</summary>
    public bool IsThisMachine { get; init; }

    /// <summary>EnergyPlus's own folder of data; null: none.</summary>
    public string? DataSets { get; init; }

    /// <summary>Whether a file that arrives later starts the model by itself.</summary>
    public bool WaitsForFiles { get; init; }
}
