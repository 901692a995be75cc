using IdfKit.LocalCloud;

namespace IdfKit.Cli.Places;

/// <summary>Whether somebody serves a folder as a bucket, so that what is put there is run.</summary>
internal static class Served
{
    /// <summary>Null: it lies elsewhere, and nobody can tell.</summary>
    public static bool? Is(Place place) => place.LocalRoot is { } root ? LocalBucketServer.IsServed(root) : null;
}
