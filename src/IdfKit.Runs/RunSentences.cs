namespace IdfKit.Runs;

/// <summary>What a modeller reads about a run: one line each.</summary>
internal static class RunSentences
{
    public static string UnsafeObject(string risk, int more) =>
        $"The model was refused because it could run code or reach other files: {risk.TrimEnd('.')}{(more > 0 ? $" (and {more} more)" : "")}; "
        + "remove it, or ask the owner of the function to set IDFKIT_ALLOW_UNSAFE_OBJECTS for models that are trusted.";
}
