using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results;

/// <summary>Takes the lines of an <c>.err</c> file one by one.</summary>
internal sealed partial class ErrParser
{
    private const string Continuation = "**   ~~~   **";

    private readonly List<(ErrSeverity Severity, List<string> Lines, int Line)> _messages = [];
    private readonly ErrReport _report = new();
    private int _line;
    private bool _open;
    private bool _counted;

    public void Add(string line)
    {
        _line++;
        var text = line.AsSpan().Trim();
        // Recurring messages are summed up at the end of the file behind a row of asterisks.
        if (text.StartsWith("*************")) text = text["*************".Length..].Trim();
        if (text.StartsWith(Continuation))
        {
            if (_open) _messages[^1].Lines.Add(text[Continuation.Length..].Trim().ToString());
        }
        else if (SeverityOf(text, out var rest) is { } severity)
        {
            _messages.Add((severity, [rest.ToString()], _line));
            _open = true;
        }
        else
        {
            _open = false;
            ReadSummary(text);
        }
    }

    public ErrReport Finish()
    {
        _report.Messages = [.. _messages.Select(message =>
            new ErrMessage(message.Severity, string.Join('\n', message.Lines), message.Line) { Count = CountOf(message.Lines) })];
        _report.FatalError = _report.Messages.FirstOrDefault(message => message.Severity is ErrSeverity.Fatal);
        _report.LastSevere ??= LastSevereMessage();
        _report.IsCut = !_counted;
        if (_counted) return _report;
        _report.Warnings = _report.Messages.Where(message => message.Severity is ErrSeverity.Warning).Sum(message => message.Count);
        _report.Severe = _report.Messages.Where(message => message.Severity is ErrSeverity.Severe).Sum(message => message.Count);
        return _report;
    }

    /// <summary>Where the summary is cut off, or the run ended without a fatal error.</summary>
    private string? LastSevereMessage() => _report.Messages.LastOrDefault(message => message.Severity is ErrSeverity.Severe)?.Text;

    private void ReadSummary(ReadOnlySpan<char> text)
    {
        const string LastSevere = "..... Last severe error=";
        if (text.StartsWith(LastSevere)) _report.LastSevere = text[LastSevere.Length..].Trim().ToString();
        if (!text.StartsWith("EnergyPlus ") || Totals().Match(text.ToString()) is not { Success: true } totals) return;
        _report.Warnings = Number(totals.Groups["warnings"].ValueSpan);
        _report.Severe = Number(totals.Groups["severe"].ValueSpan);
        _report.CompletedSuccessfully = text.StartsWith("EnergyPlus Completed Successfully");
        _counted = true;
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

    private static long CountOf(List<string> lines)
    {
        foreach (var line in lines)
            if (Occurrences().Match(line) is { Success: true } found) return Number(found.Groups["count"].ValueSpan);
        return 1;
    }

    [GeneratedRegex(
        @"^EnergyPlus (Completed Successfully|Terminated).*?(?<warnings>[\d,]+) +Warning; +(?<severe>[\d,]+) +Severe Errors",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Totals();

    [GeneratedRegex(@"occurred +(?<count>[\d,]+) +total times", RegexOptions.ExplicitCapture)]
    private static partial Regex Occurrences();
}
