using System.Globalization;
using Amazon.S3.Model;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage.S3;

/// <summary>
/// Metadata that this library adds to conditional writes and to uploads by parts, and never shows: who wrote, so that a
/// write whose answer was lost is recognised, and in parts of which size, so that a download can check their MD5s.
/// </summary>
internal sealed record WriteMark(string Writer, long PartBytes)
{
    public const string Name = MetadataRules.ReservedKey;

    private const string HeaderStart = "x-amz-meta-";

    public static WriteMark New(long partBytes) => new(Guid.NewGuid().ToString("N"), partBytes);

    public static WriteMark? Of(MetadataCollection? metadata) =>
        metadata?[Name] is { } text
            && text.Split(' ') is [var writer, var bytes]
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var partBytes)
            ? new WriteMark(writer, partBytes)
            : null;

    /// <summary>Adds the mark, unless the caller's own metadata leaves no room for it: Amazon counts both together.</summary>
    /// <returns>Whether there was room.</returns>
    public bool AddTo(MetadataCollection metadata)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Writer} {PartBytes}");
        var taken = metadata.Keys.Sum(key => key.Length - HeaderStart.Length + metadata[key].Length);
        if (taken + Name.Length + text.Length > MetadataRules.MostBytes) return false;
        metadata[Name] = text;
        return true;
    }
}
