using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdfKit.Engine.Preparation;

/// <summary>An object that preparation adds, as IDF and as epJSON.</summary>
internal sealed class AddedObject
{
    private AddedObject(string className, string idf, string json) => (ClassName, Idf, Json) = (className, idf, json);

    public AddedObject(string className, params (string Key, string Value)[] fields)
        : this(
            className,
            className + "," + string.Join(",", fields.Select(field => field.Value)) + ";",
            "{" + string.Join(", ", fields.Select(field => Quote(field.Key) + ": " + Quote(field.Value))) + "}")
    {
    }

    public string ClassName { get; }

    /// <summary>One line of IDF.</summary>
    public string Idf { get; }

    /// <summary>The object's fields as JSON.</summary>
    public string Json { get; }

    /// <summary>An object that is a list: in epJSON an array of objects with one key.</summary>
    public static AddedObject List(string className, string arrayKey, string itemKey, IReadOnlyList<string> items) => new(
        className,
        className + "," + string.Join(",", items) + ";",
        "{" + Quote(arrayKey) + ": [" + string.Join(", ", items.Select(item => "{" + Quote(itemKey) + ": " + Quote(item) + "}")) + "]}");

    internal static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
}
