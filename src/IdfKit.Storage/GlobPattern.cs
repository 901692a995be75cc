using System.Text;
using System.Text.RegularExpressions;

namespace IdfKit.Storage;

/// <summary>
/// The one meaning of a pattern on every back end: <c>?</c> is one character, <c>*</c> any number, <c>[a-c]</c> and
/// <c>[!a-c]</c> one of a set, none of them <c>/</c>; <c>**</c> crosses folders, and <c>**/</c> stands for any number
/// of folders, none included. Case matters.
/// </summary>
public sealed class GlobPattern
{
    private readonly Regex _regex;

    /// <param name="pattern">Relative to the folder that is searched.</param>
    /// <exception cref="ArgumentException">The pattern is empty, or starts or ends with <c>/</c>.</exception>
    public GlobPattern(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        if (pattern[0] == '/' || pattern[^1] == '/')
            throw new ArgumentException($"The pattern '{pattern}' must neither start nor end with '/'.", nameof(pattern));
        var wild = pattern.AsSpan().IndexOfAny("*?[");
        LiteralPrefix = wild < 0 ? pattern : pattern[..wild];
        Folder = LiteralPrefix.LastIndexOf('/') is var slash and >= 0 ? pattern[..slash] : "";
        IsSingleFolder = !pattern.Contains("**", StringComparison.Ordinal) && !pattern.AsSpan(Folder.Length).TrimStart('/').Contains('/');
        _regex = new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    /// <summary>What every match starts with; may end inside a name.</summary>
    public string LiteralPrefix { get; }

    /// <summary>The deepest folder that holds all matches; empty for the searched folder itself.</summary>
    public string Folder { get; }

    /// <summary>Whether all matches lie directly in <see cref="Folder"/>.</summary>
    public bool IsSingleFolder { get; }

    /// <summary>Whether <paramref name="relativePath"/>, relative to the searched folder, matches as a whole.</summary>
    public bool IsMatch(string relativePath) => _regex.IsMatch(relativePath);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                while (i + 1 < pattern.Length && pattern[i + 1] == '*') i++;
                var startsSegment = i < 2 || pattern[..(i + 1)].TrimEnd('*') is "" or [.., '/'];
                if (startsSegment && i + 1 < pattern.Length && pattern[i + 1] == '/') { regex.Append("(?:.*/)?"); i++; }
                else regex.Append(".*");
            }
            else if (pattern[i] == '*') regex.Append("[^/]*");
            else if (pattern[i] == '?') regex.Append(@"(?:[^/\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])");
            else if (pattern[i] == '[' && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is var end && end > 0)
                i = AppendSet(regex, pattern, i, end);
            else regex.Append(Regex.Escape(pattern[i].ToString()));
        }
        return regex.Append(@"\z").ToString();
    }

    private static int AppendSet(StringBuilder regex, string pattern, int start, int end)
    {
        var negated = pattern[start + 1] is '!';
        if (negated && end == start + 2) end = pattern.IndexOf(']', end + 1) is var next && next > 0 ? next : end;
        var set = pattern[(start + (negated ? 2 : 1))..end];
        regex.Append(negated ? "[^/" : "[");
        foreach (var c in set) regex.Append(c is '-' ? "-" : c is '\\' or ']' or '[' or '^' ? "\\" + c : c.ToString());
        regex.Append(']');
        return end;
    }
}
