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
            // Whoever serves it holds this file; to share it for a moment tells that nobody does.
            using var free = new FileStream(Path.Combine(root, ".idfkit", "lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
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
