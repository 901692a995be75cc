using IdfKit.Runs;

namespace IdfKit.Simulation.Caching;

/// <summary>
/// <c>entry.json</c> of a cached run: its record, and where its files are. It is written last, and names an archive of
/// its own.
/// </summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Archive">The name of the zip file beside it.</param>
/// <param name="Record">The record of the run; the checksums in it are those of the files in the archive.</param>
internal sealed record CacheEntry(string Schema, string Archive, RunRecord Record)
{
    public const string CurrentSchema = "idfkit.cache/1";
    public const string Name = "entry.json";
}
