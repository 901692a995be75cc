namespace IdfKit.Runs;

/// <summary>What job files and settings call each <see cref="Parallelism"/>.</summary>
internal static class ParallelismNames
{
    private static readonly string[] Known = ["off", "periods", "year"]; // as the enumeration has them

    public static IReadOnlyList<string> All => Known;

    public static string NameOf(Parallelism parallel) => Known[(int)parallel];

    /// <summary>Null when there is none of that name.</summary>
    public static Parallelism? Parse(string name) => Array.IndexOf(Known, name) is >= 0 and var index ? (Parallelism)index : null;
}
