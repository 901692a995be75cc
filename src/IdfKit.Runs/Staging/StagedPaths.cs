using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;

namespace IdfKit.Runs.Staging;

/// <summary>Writes other paths into the staged copy of a model, where the model's own cannot lead to what was staged.</summary>
internal static class StagedPaths
{
    /// <summary>Replaces paths where the model names them. The copy is UTF-8 then, in its comments too.</summary>
    /// <param name="model">What the copy holds.</param>
    /// <param name="modelPath">The staged copy.</param>
    /// <param name="written">What to write, by the path that the model names.</param>
    /// <returns>Whether every one could be replaced; if not, nothing was.</returns>
    public static bool Rewrite(Model model, string modelPath, IReadOnlyDictionary<string, string> written)
    {
        var edits = new TextEdits();
        foreach (var (path, start, end) in FileReferences.PlacesOf(model))
        {
            if (!written.TryGetValue(path, out var other)) continue;
            if (start == end) return false;
            edits.Replace(start, end, model.Format is ModelFormat.EpJson ? Quoted(other) : other);
        }
        edits.WriteTo(modelPath, model.Text.Span);
        return true;
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
