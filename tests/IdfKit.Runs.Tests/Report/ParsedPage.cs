using System.Xml;
using System.Xml.Linq;

namespace IdfKit.Runs.Tests.Report;

/// <summary>A page of ours as a strict reader sees it: it is well-formed XML.</summary>
internal sealed class ParsedPage
{
    public ParsedPage(string html)
    {
        Html = html;
        using var text = new StringReader(html);
        using var reader = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = true });
        Root = XDocument.Load(reader).Root!;
    }

    public string Html { get; }

    public XElement Root { get; }

    /// <summary>All that is read, but not the style.</summary>
    public string Text => string.Join(" ", Root.Element("body")!.DescendantNodes().OfType<XText>().Select(text => text.Value.Trim()));

    public IEnumerable<string> Headings => All("h2").Select(heading => heading.Value);

    public IEnumerable<XElement> All(string name) => Root.Descendants(name);

    public IEnumerable<string> Links => All("a").Select(link => link.Attribute("href")!.Value);

    /// <summary>Names of elements, and of attributes with those that have them: <c>a@href</c>.</summary>
    public IEnumerable<string> Kinds => Root.DescendantsAndSelf().SelectMany(KindsOf).Distinct();

    /// <summary>What stands behind a heading, up to the next.</summary>
    public IEnumerable<XElement> Section(string heading) =>
        All("h2").Single(found => found.Value.StartsWith(heading, StringComparison.Ordinal))
            .ElementsAfterSelf()
            .TakeWhile(element => element.Name != "h2");

    private static IEnumerable<string> KindsOf(XElement element) =>
        element.Attributes().Select(attribute => $"{element.Name}@{attribute.Name}").Prepend($"{element.Name}");
}
