using System.Xml.Linq;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>One way on which a bucket announces new objects: its own notification, or a rule of EventBridge.</summary>
internal sealed record EventRoute(string Name, string Target, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    private const string Created = "s3:ObjectCreated:";

    private static readonly string[] Targets = ["CloudFunction", "Queue", "Topic"];

    public bool Covers(string prefix) => IsOfCreation && prefix.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Announces some of what is below a prefix, not all.</summary>
    public bool CoversPartOf(string prefix) =>
        IsOfCreation && Prefix.Length > prefix.Length && Prefix.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>What is put in one piece, or in parts, or copied: S3 calls each by a name of its own.</summary>
    public bool IsOfAllCreation => Events.Contains(Created + "*");

    private bool IsOfCreation => Events.Any(name => name.StartsWith(Created, StringComparison.Ordinal));

    /// <summary>What the bucket's notification configuration says.</summary>
    public static IReadOnlyList<EventRoute> Of(XElement configuration) => [.. configuration.Elements()
        .Where(element => element.Element("Event") is not null)
        .Select(element => new EventRoute(
            $"the bucket's notification {element.Element("Id")?.Value}".TrimEnd(),
            Targets.Select(name => element.Element(name)?.Value).FirstOrDefault(arn => arn is not null) ?? "",
            [.. element.Elements("Event").Select(name => name.Value)],
            FilterOf(element, "prefix"), FilterOf(element, "suffix")))];

    private static string FilterOf(XElement element, string name) => element.Descendants("FilterRule")
        .FirstOrDefault(rule => string.Equals(rule.Element("Name")?.Value, name, StringComparison.OrdinalIgnoreCase))
        ?.Element("Value")?.Value ?? "";
}
