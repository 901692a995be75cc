using System.Text;

namespace IdfKit.Engine.Parts;

/// <summary>The lines of a part's text, byte for byte; and the way back.</summary>
internal static class PartLines
{
    /// <summary>Of the texts of all parts together: they are held at once, in five times as much memory.</summary>
    public const int Largest = 16 << 20;

    /// <exception cref="PartsUnlikeException">There is more of it than any run writes.</exception>
    public static List<string> Of(FileStream file, string name)
    {
        if (file.Length > Largest) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        List<string> lines = [.. Encoding.Latin1.GetString(bytes).Split('\n')];
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    public static void Write(FileStream file, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(file, Encoding.Latin1, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines) writer.WriteLine(line);
    }
}
