using System.Text;

using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>
/// A path as a modeller writes it, on Windows or Unix: EnergyPlus 25.2 takes <c>\</c> for <c>/</c>, and blanks around it do not
/// count.
/// </summary>
internal sealed class CompanionPath
{
    private const int LongestNameBytes = 255; // of every file system that we stage on
    private const int MostTails = 3;

    private readonly string[] _segments;

    private CompanionPath(string text, bool isQuoted, bool isRooted)
    {
        (Text, IsQuoted, IsRooted) = (text, isQuoted, isRooted);
        _segments = [.. text.Split('/').Where(segment => segment is not ("" or "."))];
    }

    /// <summary>The path with <c>/</c>.</summary>
    public string Text { get; }

    /// <summary>Whether it stands in quotes, which EnergyPlus takes for a part of the name.</summary>
    public bool IsQuoted { get; }

    /// <summary>
    /// Whether it begins at the root of some machine: <c>/home/…</c>, <c>~/…</c>, <c>C:\…</c>, <c>\\server\…</c>.
    /// </summary>
    public bool IsRooted { get; }

    /// <summary>The last part; empty when there is none.</summary>
    public string Name => _segments is [.., var name] && name != ".." && !Text.EndsWith('/') ? name : "";

    /// <summary>Whether a file can have this name at all.</summary>
    public bool IsFile => Name.Length > 0 && _segments.All(segment => segment == ".." || IsName(segment));

    /// <summary>How many folders above its own the path reaches.</summary>
    public int LevelsAbove
    {
        get
        {
            var (depth, lowest) = (0, 0);
            foreach (var segment in _segments)
            {
                depth += segment == ".." ? -1 : 1;
                lowest = Math.Min(lowest, depth);
            }
            return -lowest;
        }
    }

    /// <summary>What stands before each <c>..</c>: folders that must be there for the system to pass through.</summary>
    public IEnumerable<string> PassedThrough =>
        Enumerable.Range(1, _segments.Length - 1).Where(at => _segments[at] == "..").Select(at => string.Join('/', _segments[..at]));

    /// <summary>The ends of a path that begins at a root, longest first: where it may lie beside a model of another machine.</summary>
    public IEnumerable<string> Tails
    {
        get
        {
            var below = _segments.Skip(Array.LastIndexOf(_segments, "..") + 1).ToArray();
            if (IsDrive(below.FirstOrDefault("")) || below is ["~", ..]) below = below[1..];
            for (var length = Math.Min(MostTails, below.Length); length > 0; length--) yield return string.Join('/', below[^length..]);
        }
    }

    /// <summary>What stands behind a folder named <c>DataSets</c>, or the name alone; null for other paths with folders.</summary>
    public string? InDataSets
    {
        get
        {
            var at = Array.FindLastIndex(_segments, segment => segment.Equals("DataSets", StringComparison.OrdinalIgnoreCase));
            if (at < 0 && (_segments.Length > 1 || IsRooted)) return null;
            var below = _segments[(at + 1)..];
            return below.Length == 0 || below.Contains("..") ? null : string.Join('/', below);
        }
    }

    public static CompanionPath Of(string written)
    {
        var text = written.Trim();
        var isQuoted = text is ['"', .., '"'] or ['\'', .., '\''];
        if (isQuoted) text = text[1..^1].Trim();
        text = text.Replace('\\', '/');
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) text = "/" + text["file:".Length..].TrimStart('/');
        return new(text, isQuoted, text is ['/', ..] or "~" or ['~', '/', ..] || IsDrive(text));
    }

    /// <summary>The path from the root of a file system, for one that is relative to <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder that it starts from.</param>
    /// <param name="boundary">The folder that it may not leave; empty: the root.</param>
    /// <returns>Null when it leads out, or names nothing that can be stored.</returns>
    public string? From(string folder, string boundary)
    {
        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        var fewest = boundary.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
        foreach (var segment in _segments)
        {
            if (segment is not "..") segments.Add(segment);
            else if (segments.Count > fewest) segments.RemoveAt(segments.Count - 1);
            else return null;
        }
        var path = string.Join('/', segments);
        return StoragePath.IsValid(path) ? path : null;
    }

    private static bool IsName(string segment) => StoragePath.IsValid(segment) && Encoding.UTF8.GetByteCount(segment) <= LongestNameBytes;

    private static bool IsDrive(string text) => text is [var letter, ':', ..] && char.IsAsciiLetter(letter);
}
