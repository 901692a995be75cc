using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdfKit.Cli.Submit;

/// <summary>The job file of a model: the one that lies beside it, with what the command line says put in.</summary>
internal static class JobText
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false,
    };

    public static string PathFor(string model) => model[..^Path.GetExtension(model).Length] + ".job.json";

    /// <param name="own">The file beside the model; null: none.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="weather">What to call the weather; null: nothing is said of it.</param>
    /// <returns>The file; the one beside the model as it is where nothing is to be said, or where it cannot be read.</returns>
    public static byte[]? Of(byte[]? own, SubmitOptions options, string? weather)
    {
        if (!options.NeedsJobFile) return own;
        if (ObjectOf(own) is not { } job) return own; // the check says what is wrong with it
        if (weather is not null) job["weather"] = weather;
        if (options.Annual) (job["annual"], job["design_day"]) = (true, false);
        if (options.Label is not null) job["label"] = options.Label;
        if (options.Tags.Count > 0) job["tags"] = TagsOf(job, options.Tags);
        return Encoding.UTF8.GetBytes(job.ToJsonString());
    }

    private static JsonObject TagsOf(JsonObject job, IReadOnlyList<string> tags)
    {
        var all = job["tags"] is JsonObject given ? (JsonObject)given.DeepClone() : [];
        foreach (var tag in tags.Select(tag => tag.Split('=', 2))) all[tag[0]] = tag[1];
        return all;
    }

    private static JsonObject? ObjectOf(byte[]? own)
    {
        if (own is null) return [];
        try { return JsonNode.Parse(own.AsSpan(), null, Lenient) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
