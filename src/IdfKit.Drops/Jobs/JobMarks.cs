using System.Text.RegularExpressions;

namespace IdfKit.Drops.Jobs;

/// <summary>
/// The label and the tags of a job file, which are put on every result:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.
/// </summary>
internal static partial class JobMarks
{
    private const int MostLabelCharacters = 256, MostTags = 10, MostNameCharacters = 128, MostValueCharacters = 256;
    private const int MostTagBytes = 4_096; // as they are sent: S3 takes 8 KB of headers in all

    internal static string ReadLabel(ref JobJson json)
    {
        var label = json.Text("label");
        if (label.Length > MostLabelCharacters) throw new JobFileFault(DropSentences.LongLabel(label.Length, MostLabelCharacters));
        if (label.Any(char.IsControl)) throw new JobFileFault(DropSentences.LabelWithLineEnd(json.Line));
        return label;
    }

    internal static IReadOnlyDictionary<string, string> ReadTags(ref JobJson json)
    {
        json.Object("tags");
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json.NextMember() is { } name)
        {
            var line = json.Line;
            if (!IsName(name)) throw new JobFileFault(DropSentences.BadTagName(name, line));
            json.Advance();
            var value = json.Text("tags." + name);
            if (!IsValue(value)) throw new JobFileFault(DropSentences.BadTagValue(name, line));
            if (!tags.TryAdd(name, value)) throw new JobFileFault(DropSentences.JobFieldTwice("tags." + name, line));
        }
        if (tags.Count > MostTags) throw new JobFileFault(DropSentences.TooManyTags(tags.Count, MostTags));
        if (tags.Sum(tag => SentLength(tag.Key) + SentLength(tag.Value) + 2) > MostTagBytes)
            throw new JobFileFault(DropSentences.LongTags());
        return tags;
    }

    /// <summary>Whether S3 takes all of these tags.</summary>
    internal static bool MayBePut(IReadOnlyDictionary<string, string> tags) => tags.Count <= MostTags
        && tags.All(tag => IsName(tag.Key) && IsValue(tag.Value))
        && tags.Sum(tag => SentLength(tag.Key) + SentLength(tag.Value) + 2) <= MostTagBytes;

    private static bool IsName(string name) =>
        TagText().IsMatch(name) && name.Length <= MostNameCharacters && !name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static bool IsValue(string value) =>
        value.Length <= MostValueCharacters && (value.Length == 0 || TagText().IsMatch(value));

    private static int SentLength(string text) => Uri.EscapeDataString(text).Length;

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]+\z")]
    private static partial Regex TagText();
}
