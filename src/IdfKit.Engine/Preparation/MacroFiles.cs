using System.Text;

using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>What a model that is written with macro lines (<c>##</c>) is made of.</summary>
internal static class MacroFiles
{
    private const string Command = "##";

    /// <summary>
    /// The files that a model includes, directly or through others, each once and relative to the model's folder, whether they are there
    /// or not; those that are not there are not read any further. A <c>##fileprefix</c> is counted in.
    /// </summary>
    /// <exception cref="EnergyPlusException">PreprocessorFailed: an absolute path, or one that leaves the model's folder.</exception>
    public static IReadOnlyList<FileReference> IncludedBy(string modelPath)
    {
        var full = Path.GetFullPath(modelPath);
        var found = new MacroIncludes(Path.GetDirectoryName(full)!);
        found.Read(full);
        return found.Files;
    }

    internal static IEnumerable<MacroLine> Lines(string path) =>
        File.ReadLines(path, Encoding.Latin1)
            .Select((line, index) => (Text: line.TrimStart(' ', '\t', '\u00ef', '\u00bb', '\u00bf'), Number: index + 1))
            .Where(line => line.Text.StartsWith(Command, StringComparison.Ordinal)).Select(line => MacroLine.Parse(line.Text, line.Number));
}
