using IdfKit.Runs;

namespace IdfKit.Drops.Inputs;

/// <summary>How large a model may be: it is held in memory, of which the function keeps 96 MB for itself.</summary>
internal static class ModelRoom
{
    public const long MostBytes = 24 * Megabyte;

    private const long Megabyte = 1_000_000;

    /// <param name="url">The model, as people know it.</param>
    /// <param name="bytes">How large it is; null: nobody has said.</param>
    public static Rejection? WhyTooLarge(string url, long? bytes)
    {
        if (bytes is null or <= MostBytes) return null;
        var megabytes = (bytes.Value + Megabyte - 1) / Megabyte;
        return new(RunReason.TooLarge, DropSentences.ModelTooLarge(url, megabytes, MostBytes / Megabyte));
    }
}
