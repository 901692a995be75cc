using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results;

/// <summary>What messages that differ only in names and numbers have in common, and which object a message is about.</summary>
internal static partial class MessagePattern
{
    private const int LongestPattern = 300;
    private const int LinesThatCount = 2;

    /// <summary>The message with its names and numbers taken out. What follows the second line tells details.</summary>
    public static string Of(string message)
    {
        var pattern = new StringBuilder();
        var lines = 0;
        foreach (var line in message.AsSpan().EnumerateLines())
        {
            if (lines++ == LinesThatCount || pattern.Length >= LongestPattern) break;
            AddTo(pattern, line[..Math.Min(line.Length, LongestPattern)]);
            pattern.Append('\n');
        }
        return pattern.ToString();
    }

    /// <summary><c>Lights "LAMPS"</c>, as the message writes them; null when it names no object.</summary>
    public static (string ClassName, string Name)? ObjectOf(string message)
    {
        var match = Named().MatchOrNone(message.Length <= LongestPattern ? message : message[..LongestPattern]);
        if (!match.Success) return null;
        var name = match.Groups["name"].Success ? match.Groups["name"].Value : match.Groups["bare"].Value;
        return (match.Groups["class"].Value, name.Trim());
    }

    /// <summary>The line of the model that a message begins with, <c>Line: 9 Index: 5 - …</c>; null when it names none.</summary>
    public static int? LineOf(string message)
    {
        const string Begins = "Line: ";
        if (!message.StartsWith(Begins, StringComparison.Ordinal)) return null;
        var rest = message.AsSpan(Begins.Length);
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(digits < 0 ? rest : rest[..digits], CultureInfo.InvariantCulture, out var line) && line > 0 ? line : null;
    }

    private static void AddTo(StringBuilder pattern, ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length)
        {
            var character = line[at];
            if (character is '"' or '[')
            {
                var close = line[(at + 1)..].IndexOf(character is '"' ? '"' : ']');
                pattern.Append(character).Append('*');
                at = close < 0 ? line.Length : at + close + 2;
            }
            else if (character is '=')
            {
                pattern.Append("=*");
                at = EndOfValue(line, at + 1);
            }
            else if (IsSign(line, at))
            {
                at++; // of the number behind it
            }
            else if (char.IsLetterOrDigit(character))
            {
                var end = EndOfWord(line, at);
                var word = line[at..end];
                if (IsNameOrNumber(word)) pattern.Append('*');
                else pattern.Append(word);
                at = end;
            }
            else
            {
                pattern.Append(character);
                at++;
            }
        }
    }

    /// <summary>A value behind <c>=</c> ends with a comma or semicolon, or where a sentence begins.</summary>
    private static int EndOfValue(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && line[at] is ' ') at++;
        if (at < line.Length && line[at] is '"' or '[') return at;
        while (at < line.Length && line[at] is not (',' or ';') && !line[at..].StartsWith(": ") && !line[at..].StartsWith("  ")) at++;
        return at;
    }

    private static bool IsSign(ReadOnlySpan<char> line, int at) =>
        line[at] is '-' or '+' && at + 1 < line.Length && char.IsAsciiDigit(line[at + 1]);

    private static int EndOfWord(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && (char.IsLetterOrDigit(line[at]) || IsJoint(line, at))) at++;
        return at;
    }

    /// <summary>A mark between two parts of one word: PSZ-AC_1, 0.5.</summary>
    private static bool IsJoint(ReadOnlySpan<char> line, int at) =>
        line[at] is '.' or '-' or '_' or '%' && at + 1 < line.Length && char.IsLetterOrDigit(line[at + 1]);

    /// <summary>EnergyPlus writes names of objects in capitals.</summary>
    private static bool IsNameOrNumber(ReadOnlySpan<char> word)
    {
        var hasDigit = word.IndexOfAnyInRange('0', '9') >= 0;
        foreach (var character in word)
            if (char.IsLower(character)) return hasDigit && char.IsDigit(word[0]);
        return hasDigit || word.Length > 1;
    }

    // Lights = LAMPS, Zone="ATTIC", Coil:Cooling:DX:SingleSpeed="PSZ-AC:1 COIL", Coil:Cooling:DX:MultiSpeed "COIL",
    // <root>[Material][Brick], object of type "Zone" named "Attic".
    // Behind a bare name stands a comma, a semicolon, a colon, two blanks or the line's end.
    [GeneratedRegex(
        """^<root>\[(?<class>[^\]\n]+)\]\[(?<name>[^\]\n]+)\]|object of type "(?<class>[^"\n]+)" named "(?<name>[^"\n]+)"|"""
        + """(?<class>[A-Z][A-Za-z0-9]+(:[A-Za-z0-9]+)+) "(?<name>[^"\n]+)"|"""
        + """(?<class>[A-Z][A-Za-z0-9]+(:[A-Za-z0-9]+)*) ?= ?"""
        + """("(?<name>[^"\n]+)"|(?<bare>[^",:;=\[\n][^",;=\n]*?)(?=,|;|: |:$| {2}|\.?$|\.?\n))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
