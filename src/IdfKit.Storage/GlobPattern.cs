using IdfKit.Storage.Globs;

namespace IdfKit.Storage;

/// <summary>
/// The one meaning of a pattern on every back end: <c>?</c> is one character, <c>*</c> any number, <c>[a-c]</c> and
/// <c>[!a-c]</c> one of a set, none of them <c>/</c>; <c>**</c> crosses folders, and <c>**/</c> stands for any number
/// of folders, none included. Case matters. docs/storage-contract.md says the rest, rules L5 to L14.
/// </summary>
public sealed class GlobPattern
{
    private readonly GlobMatcher _matcher;

    /// <param name="pattern">Relative to the folder that is searched.</param>
    /// <exception cref="ArgumentException">The pattern is empty, or starts or ends with <c>/</c>.</exception>
    public GlobPattern(string pattern)
    {
        Required.Text(pattern, "the pattern");
        if (pattern[0] == '/' || pattern[^1] == '/')
            throw new ArgumentException(
                $"The pattern '{Printable.Of(pattern)}' must neither start nor end with '/'.");
        var wild = pattern.AsSpan().IndexOfAny("*?[");
        LiteralPrefix = wild < 0 ? pattern : pattern[..wild];
        Folder = LiteralPrefix.LastIndexOf('/') is var slash and >= 0 ? pattern[..slash] : "";
        IsSingleFolder = !pattern.Contains("**", StringComparison.Ordinal) && !pattern.AsSpan(Folder.Length).TrimStart('/').Contains('/');
        _matcher = new GlobMatcher(pattern);
    }

    /// <summary>What every match starts with; may end inside a name.</summary>
    public string LiteralPrefix { get; }

    /// <summary>The deepest folder that holds all matches; empty for the searched folder itself.</summary>
    public string Folder { get; }

    /// <summary>Whether all matches lie directly in <see cref="Folder"/>.</summary>
    public bool IsSingleFolder { get; }

    /// <summary>Whether <paramref name="relativePath"/>, relative to the searched folder, matches as a whole.</summary>
    public bool IsMatch(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        return relativePath.StartsWith(LiteralPrefix, StringComparison.Ordinal) && _matcher.IsMatch(relativePath);
    }

    /// <summary>
    /// Whether no path below <paramref name="folder"/> can match, since none starts as the pattern does: then there is
    /// nothing to ask the storage.
    /// </summary>
    internal bool MatchesNothing(string folder)
    {
        var start = StoragePath.Join(folder, LiteralPrefix);
        return start.Length > 0 && !StoragePath.IsValid(start) && !StoragePath.IsValid(start + "x");
    }
}
