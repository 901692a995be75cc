using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results;

/// <summary>Takes the lines of an <c>.err</c> file one by one, and hands on each message once it is whole. It keeps none of them.</summary>
internal sealed partial class ErrParser(Action<ErrMessage> found, int mostLines = int.MaxValue)
{
    private const string Continuation = "**   ~~~   **";
    private const int LongestCounts = 300;

    private readonly List<string> _lines = [];
    private ErrSeverity _severity;
    private int _messageLine;
    private int _line;
    private long _occurred;

    /// <summary>EnergyPlus's own counts; null while the file has not said them, as when it is cut.</summary>
    public (long Warnings, long Severe)? Totals { get; private set; }

    /// <summary>Whether the file's last lines say that the run completed.</summary>
    public bool CompletedSuccessfully { get; private set; }

    /// <summary>What EnergyPlus names as the last severe error before a fatal one.</summary>
    public string? LastSevere { get; private set; }

    public void Add(string line)
    {
        _line++;
        var text = line.AsSpan().Trim();
        // Recurring messages are summed up at the end of the file behind a row of asterisks.
        if (text.StartsWith("*************")) text = text["*************".Length..].Trim();
        if (text.StartsWith(Continuation))
        {
            if (_lines.Count > 0) Continue(text[Continuation.Length..].Trim().ToString());
        }
        else if (SeverityOf(text, out var rest) is { } severity)
        {
            Flush();
            (_severity, _messageLine, _occurred) = (severity, _line, 0);
            Continue(rest.ToString());
        }
        else
        {
            Flush();
            ReadSummary(text);
        }
    }

    /// <summary>The file is at its end.</summary>
    public void Finish() => Flush();

    private void Continue(string line)
    {
        if (_lines.Count < mostLines) _lines.Add(line);
        if (_occurred == 0 && Occurrences().Match(line) is { Success: true } said) _occurred = Number(said.Groups["count"].ValueSpan);
    }

    private void Flush()
    {
        if (_lines.Count == 0) return;
        var message = new ErrMessage(_severity, string.Join('\n', _lines), _messageLine) { Count = _occurred == 0 ? 1 : _occurred };
        _lines.Clear();
        found(message);
    }

    private void ReadSummary(ReadOnlySpan<char> text)
    {
        const string Last = "..... Last severe error=";
        if (text.StartsWith(Last)) LastSevere = text[Last.Length..].Trim().ToString();
        var counts = text[..Math.Min(text.Length, LongestCounts)].ToString(); // of a longer line the pattern would not come to an end
        if (!text.StartsWith("EnergyPlus ") || Counts().Match(counts) is not { Success: true } totals) return;
        Totals = (Number(totals.Groups["warnings"].ValueSpan), Number(totals.Groups["severe"].ValueSpan));
        CompletedSuccessfully = text.StartsWith("EnergyPlus Completed Successfully");
    }

    private static long Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    private static ErrSeverity? SeverityOf(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = default;
        if (!text.StartsWith("**")) return null;
        var end = text[2..].IndexOf("**");
        if (end < 0) return null;
        rest = text[(end + 4)..].Trim();
        return text.Slice(2, end).Trim() switch
        {
            "Warning" => ErrSeverity.Warning,
            "Severe" => ErrSeverity.Severe,
            "Fatal" => ErrSeverity.Fatal,
            _ => null,
        };
    }

    [GeneratedRegex(
        @"^EnergyPlus (Completed Successfully|Terminated).*?(?<warnings>[\d,]+) +Warning; +(?<severe>[\d,]+) +Severe Errors",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Counts();

    [GeneratedRegex(@"occurred +(?<count>[\d,]+) +total times", RegexOptions.ExplicitCapture)]
    private static partial Regex Occurrences();
}
