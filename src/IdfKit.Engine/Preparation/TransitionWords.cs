using System.Text;

namespace IdfKit.Engine.Preparation;

/// <summary>What a Transition program said of a model.</summary>
/// <param name="Said">One line: warnings, errors and what was left out; where there is none of these, the end of what was printed.</param>
/// <param name="Fatal">The fatal error that it reported, which does not keep it from writing a model; null when there was none.</param>
internal sealed record TransitionWords(string Said, string? Fatal)
{
    private const int Longest = 600, LongestFile = 256 * 1024;
    private const string Audit = "Transition.audit";

    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    public static TransitionWords From(ScratchFolder scratch, string printed, string copy, string modelName)
    {
        var errors = Directory.EnumerateFiles(scratch.Root, "*.VCpErr", AnyCase).SelectMany(path => Lines(Text(path))).Where(IsMessage);
        string[] lines = [.. Lines(printed), .. errors, .. Lines(Text(scratch[Audit])).Where(IsOfAnObject)];
        string[] shown = [.. lines.Select(line => line.Replace(copy, modelName, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)];
        string[] telling = [.. shown.Where(line => IsMessage(line) || IsOfAnObject(line))];
        var said = telling.Length > 0 ? Start(telling) : End(shown);
        return new(said, shown.Where(IsFatal).Select(Words).FirstOrDefault());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Text(string path)
    {
        if (!File.Exists(path)) return "";
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(file.Length, LongestFile)];
        return Encoding.Latin1.GetString(start, 0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
    }

    /// <summary>"** Warning ** …", "** Severe  ** …", "**   ~~~   ** …" and "**  Fatal  ** …".</summary>
    private static bool IsMessage(string line) =>
        line.StartsWith("**", StringComparison.Ordinal) && line.IndexOf("**", 2, StringComparison.Ordinal) > 0;

    private static bool IsFatal(string line) =>
        IsMessage(line) && line[2..].TrimStart().StartsWith("Fatal", StringComparison.OrdinalIgnoreCase);

    /// <summary>The audit's lines on classes that one of the two versions does not have; their objects are left as comments.</summary>
    private static bool IsOfAnObject(string line) => line.StartsWith("Object=", StringComparison.Ordinal);

    private static string Words(string line) => line[(line.IndexOf("**", 2, StringComparison.Ordinal) + 2)..].Trim();

    private static string Start(string[] lines) => OneLine.Of(string.Join(" | ", lines), Longest);

    private static string End(string[] lines)
    {
        var text = OneLine.Of(string.Join(" | ", lines), LongestFile);
        return text.Length <= Longest ? text : "…" + text[^(Longest - 1)..].TrimStart();
    }
}
