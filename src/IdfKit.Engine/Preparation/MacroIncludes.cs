using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>
/// Follows the includes of a macro model as EPMacro 25.2 does: <c>##fileprefix</c> is put before a path as it is, and holds for all that
/// follows, in whichever file it stands.
/// </summary>
internal sealed class MacroIncludes(string folder)
{
    private const int Deepest = 50;

    private readonly Dictionary<string, FileReference> _found = new(StringComparer.Ordinal);
    private readonly HashSet<(string Path, string Prefix)> _read = [];
    private readonly List<string> _prefixes = [""];
    private int _depth;

    public IReadOnlyList<FileReference> Files => [.. _found.Values];

    public void Read(string file)
    {
        if (_depth == Deepest || !_read.Add((file, _prefixes[^1])) || !File.Exists(file)) return;
        _depth++;
        foreach (var line in MacroFiles.Lines(file))
        {
            if (!line.ReadsFiles || line.Argument.Length == 0) continue;
            var path = line.Argument.Replace('\\', '/');
            // A prefix may stand under a condition, so that any of them may be in force.
            if (_prefixes.Any(prefix => ModelRisks.KindOf(prefix + path) is not null)) throw Outside(file, line);
            if (line.Command == "##fileprefix") _prefixes.Add(path);
            else Include(_prefixes[^1] + path, line);
        }
        _depth--;
    }

    private void Include(string path, MacroLine line)
    {
        _found.TryAdd(path, new(path, line.Command, null, line.Line));
        Read(Path.GetFullPath(Path.Combine(folder, path)));
    }

    private static EnergyPlusException Outside(string file, MacroLine line) =>
        new(EnergyPlusErrorKind.PreprocessorFailed,
            $"EPMacro was not run: line {line.Line} of {Path.GetFileName(file)} ({line.Command} "
                + $"{line.Argument}) reaches out of the model's own folder; put the file there and include it "
                + "by a relative path.");
}
