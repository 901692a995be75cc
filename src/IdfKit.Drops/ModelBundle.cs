using IdfKit.Drops.Inputs;

namespace IdfKit.Drops;

/// <summary>A <c>.zip</c> with one model and what that needs, as it may be dropped.</summary>
public static class ModelBundle
{
    /// <summary>Whether a file is one by its name.</summary>
    public static bool IsBundle(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Objects.FileKind.IsBundle(ObjectKey.FromText(Path.GetFileName(path)));
    }

    /// <summary>Unpacks one by the rules of a drop: paths stay inside, links are refused, sizes are bounded.</summary>
    /// <param name="archive">The file on local disk.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="folder">The folder that it is unpacked into, which is made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The full path of the one model in it; or why it is refused, as a sentence.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static async Task<(string? Model, string? Refusal)> UnpackAsync(
        string archive, string name, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.GetFullPath(folder);
        Directory.CreateDirectory(full);
        var (model, rejection) = await Bundle.UnpackAsync(archive, name, full, cancellationToken).ConfigureAwait(false);
        return (model is null ? null : Path.Combine(full, model), rejection?.Message);
    }
}
