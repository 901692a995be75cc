namespace IdfKit.Cli.Places;

/// <summary>Whether somebody serves a folder as a bucket, so that what is put there is run.</summary>
internal static class Served
{
    /// <summary>Null: it lies elsewhere, and nobody can tell.</summary>
    public static bool? Is(Place place)
    {
        if (place.LocalRoot is not { } root) return null;
        try
        {
            var path = Path.Combine(root, ".idfkit", "lock");
            if (new FileInfo(path).LinkTarget is not null || new DirectoryInfo(Path.GetDirectoryName(path)!).LinkTarget is not null)
                return false; // no server has made that
            // Whoever serves it holds this file; to share it for a moment tells that nobody does.
            using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
