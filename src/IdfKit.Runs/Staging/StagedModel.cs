using IdfKit.Engine;
using IdfKit.Engine.Models;

namespace IdfKit.Runs.Staging;

/// <summary>The copy of a model that EnergyPlus is given: read, and made such that EnergyPlus reads the same.</summary>
/// <param name="Model">What it holds.</param>
/// <param name="Path">Where it is now.</param>
/// <param name="Notices">What was done to it, a sentence each.</param>
internal sealed record StagedModel(Model Model, string Path, IReadOnlyList<string> Notices)
{
    /// <summary>The name of the copy: EnergyPlus goes by the extension.</summary>
    public static string NameFor(string extension) =>
        extension.Equals(".epJSON", StringComparison.OrdinalIgnoreCase) ? "in.epJSON" : "in.idf";

    /// <summary>Reads a model as a run does, with a comma for its last semicolon. The stream is read to its end and not closed.</summary>
    /// <exception cref="ModelSyntaxException">It is no model.</exception>
    public static Model Look(Stream model) => Model.Read(model, name: null, closesEnd: true);

    /// <summary>Reads the copy at <paramref name="path"/>, writes it as UTF-8 where it is not, and names it by what it holds.</summary>
    /// <param name="path">The copy.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <exception cref="ModelSyntaxException">It is no model; the message is one sentence that names it.</exception>
    public static StagedModel Read(string path, string name)
    {
        var text = StagedText.Read(path, name, closesEnd: true);
        if (text.WrittenAs is TextEncoding.Utf16) throw new ModelSyntaxException(1, 1, RunSentences.Utf16Model(name));
        text.Rewrite(path);
        var rightPath = System.IO.Path.ChangeExtension(path, text.Extension);
        if (rightPath != path) File.Move(path, rightPath);
        return new(text.Model, rightPath, text.Notices);
    }
}
