using System.Globalization;
using System.Net;
using System.Text;

namespace IdfKit.Engine.Results.Tables;

/// <summary>Finds the tables in EnergyPlus's own, regular HTML.</summary>
internal sealed class HtmlScanner(ReadOnlyMemory<byte> bytes)
{
    private const int LongestText = 64 * 1024; // of a cell; EnergyPlus's have some hundred bytes
    private const int MostTables = 100_000; // far more than any report has

    private const char Unbreaking = '\u00A0'; // &nbsp;, which EnergyPlus writes into a cell that is blank

    private readonly List<ReportTable> _tables = [];
    private string _report = "";
    private string _for = "";

    public bool IsCut { get; private set; }

    public double? HoursGathered { get; private set; }

    /// <summary>Whether this begins like the report, or is cut in its beginning.</summary>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        var start = (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8);
        if (IsStart(start, "<!DOCTYPE"u8) || IsStart(start, "<html"u8)) return;
        throw new ResultsException("eplustbl.htm",
            "Reading a tabular report failed at line 1: it does not begin like HTML. Give the eplustbl.htm of an EnergyPlus run.");
    }

    public List<ReportTable> Scan()
    {
        var span = bytes.Span;
        for (var position = 0; _tables.Count < MostTables;)
        {
            var start = span[position..].IndexOf("<table"u8);
            if (start < 0) break;
            var between = span.Slice(position, start);
            start += position;
            var length = span[start..].IndexOf("</table>"u8);
            if (length < 0) break;
            Add(between, bytes.Slice(start, length));
            position = start + length;
        }
        IsCut = span.LastIndexOf("</html>"u8) < 0;
        return _tables;
    }

    public static string Text(ReadOnlySpan<byte> html)
    {
        html = html.Trim(" \t\r\n"u8);
        var text = ResultBytes.Decode(html[..Math.Min(html.Length, LongestText)]);
        if (text.Contains('<', StringComparison.Ordinal)) text = WithoutTags(text);
        if (text.Contains('&', StringComparison.Ordinal)) text = WebUtility.HtmlDecode(text);
        return text.Contains(Unbreaking, StringComparison.Ordinal) ? text.Replace(Unbreaking, ' ').Trim() : text;
    }

    /// <summary>A header can be broken into lines: <c>Algorithm {Simple &lt;br&gt; TARP}</c>.</summary>
    private static string WithoutTags(string text)
    {
        var plain = new StringBuilder(text.Length);
        var position = 0;
        while (text.IndexOf('<', position) is >= 0 and var start && text.IndexOf('>', start) is >= 0 and var end)
        {
            plain.Append(text, position, start - position).Append(' ');
            position = end + 1;
        }
        plain.Append(text, position, text.Length - position);
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsStart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> whole) =>
        Ascii.EqualsIgnoreCase(text[..Math.Min(text.Length, whole.Length)], whole[..Math.Min(text.Length, whole.Length)]);

    private void Add(ReadOnlySpan<byte> between, ReadOnlyMemory<byte> table)
    {
        if (Last(between, "<p>Report:<b>"u8, "</b>"u8) is { } report) _report = report;
        if (Last(between, "<p>For:<b>"u8, "</b>"u8) is { } forWhat) _for = forWhat;
        if (HoursGathered is null && Last(between, "<b>Values gathered over"u8, "hours"u8) is { } hours
            && double.TryParse(hours, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) HoursGathered = number;
        // The title is the last bold line; the comment behind it repeats it after report and subject.
        var comment = between.LastIndexOf("<!-- FullName:"u8);
        var title = Last(comment < 0 ? between : between[..comment], "<b>"u8, "</b>"u8) ?? "";
        _tables.Add(new ReportTable(_report, _for, title, () => new HtmlCells(table)));
    }

    private static string? Last(ReadOnlySpan<byte> span, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var start = span.LastIndexOf(before);
        if (start < 0) return null;
        var rest = span[(start + before.Length)..];
        var end = rest.IndexOf(after);
        return end < 0 ? null : Text(rest[..end]);
    }
}
