using System.Text.Json;

namespace IdfKit.Engine.Results;

/// <summary>
/// What EnergyPlus's most frequent messages mean. It is data, <c>messages.json</c>: the beginnings of messages are those of EnergyPlus 8 to
/// 25.2, the explanations are ours.
/// </summary>
internal sealed class MessageCatalogue
{
    private static readonly Lazy<MessageCatalogue> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, string[]> _classes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MessageKind> _kinds = [];

    private MessageCatalogue(JsonElement json)
    {
        foreach (var word in json.GetProperty("classes").EnumerateObject())
            _classes.Add(word.Name, [.. word.Value.EnumerateArray().Select(name => name.GetString()!)]);
        foreach (var kind in json.GetProperty("messages").EnumerateArray()) _kinds.Add(MessageKind.Read(kind));
    }

    /// <summary>The one in this library; read when it is first asked for.</summary>
    public static MessageCatalogue Instance => Embedded.Value;

    /// <summary>All kinds, in the order in which they are compared.</summary>
    public IReadOnlyList<MessageKind> Kinds => _kinds;

    /// <summary>The kind of a message, its lines apart, and the object that it names; null when it is none of them.</summary>
    public (MessageKind Kind, (string ClassName, string Name)? Subject)? Find(string message)
    {
        foreach (var kind in _kinds)
            foreach (var template in kind.Templates)
                if (template.Matches(message, out var subject)) return (kind, subject);
        return null;
    }

    /// <summary>
    /// The classes that EnergyPlus's messages mean by a word such as "pump" or "surface"; a name that ends with <c>*</c> is that of all
    /// classes that start so. Of any other word there are none.
    /// </summary>
    public IReadOnlyList<string> ClassesOf(string word) => _classes.TryGetValue(word, out var classes) ? classes : [];

    private static MessageCatalogue ReadEmbedded()
    {
        using var stream = typeof(MessageCatalogue).Assembly.GetManifestResourceStream("messages.json")!;
        using var json = JsonDocument.Parse(stream);
        return new(json.RootElement);
    }
}
