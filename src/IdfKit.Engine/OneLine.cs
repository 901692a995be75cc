using System.Text;

namespace IdfKit.Engine;

/// <summary>Text of others as part of one line: line ends, control characters and rows of blanks become one blank, what is too long is cut.</summary>
internal static class OneLine
{
    internal static string Of(string text, int longest = 200)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest + 1));
        foreach (var character in text)
        {
            if (line.Length > longest) break;
            if (!IsBlank(character)) line.Append(character);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        var whole = line.ToString().TrimEnd();
        return whole.Length <= longest ? whole : Cut(whole, longest);
    }

    private static bool IsBlank(char character) =>
        char.IsControl(character) || char.IsWhiteSpace(character) || character is '\u2028' or '\u2029' or '\uFEFF';

    private static string Cut(string line, int longest)
    {
        var end = longest - 1;
        if (end > 0 && char.IsHighSurrogate(line[end - 1])) end--;
        return line[..end].TrimEnd() + "…";
    }
}
