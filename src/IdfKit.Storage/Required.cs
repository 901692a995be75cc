namespace IdfKit.Storage;

/// <summary>Texts that callers must give; what is missing is named by its plain word, since the value often comes from a setting.</summary>
internal static class Required
{
    /// <param name="text">As given.</param>
    /// <param name="what">With its article: <c>the local path</c>.</param>
    /// <exception cref="ArgumentNullException">It is missing.</exception>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static void Text(string? text, string what)
    {
        if (text is null) throw new ArgumentNullException(null, $"{Sentence(what)} is missing: give one.");
        if (text.Length == 0) throw new ArgumentException($"{Sentence(what)} is empty: give one.");
    }

    /// <inheritdoc cref="Text"/>
    public static void NotBlank(string? text, string what)
    {
        Text(text, what);
        if (string.IsNullOrWhiteSpace(text)) throw new ArgumentException($"{Sentence(what)} is blank: give one.");
    }

    private static string Sentence(string what) => char.ToUpperInvariant(what[0]) + what[1..];
}
