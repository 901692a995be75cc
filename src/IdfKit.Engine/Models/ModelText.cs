using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>A model's text as UTF-8, with what turns an offset into a line and a range into text.</summary>
internal sealed class ModelText(byte[] bytes, int length, string? name = null)
{
    private LineIndex? _lines;
    private bool? _loneCarriageReturns;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, length);

    public int Length => length;

    /// <summary>What the model is called in sentences: its file's name in quotes, or "The model".</summary>
    public string Who { get; } = EngineSentences.Who(name);

    /// <summary>Where the text starts: after a byte order mark.</summary>
    public int Start { get; } = bytes.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>How the file was written; UTF-8 too where only comments are not.</summary>
    public TextEncoding WrittenAs { get; init; }

    /// <summary>Whether the file ended with Ctrl-Z, which EnergyPlus does not take for blank.</summary>
    public bool EndedWithControlZ { get; init; }

    /// <summary>Whether EnergyPlus would read the file otherwise than this text, so that it must be given this text.</summary>
    public bool DiffersFromFile { get; set; }

    /// <summary>Whether the file, rewritten where it differs, holds just this text: not where other bytes in its comments stay.</summary>
    public bool IsFilesText { get; init; } = true;

    public bool HasLoneCarriageReturns => _loneCarriageReturns ??= FindLoneCarriageReturn();

    private LineIndex Lines => _lines ??= new LineIndex(Memory);

    public string Decode(int start, int end) => end <= start ? "" : Encoding.UTF8.GetString(Span[start..end]);

    /// <summary>The line of an offset, from 1. A line ends with CR, LF or both.</summary>
    public int LineOf(int offset) => Lines.LineOf(offset);

    /// <summary>Line and column of an offset, from 1; a column is a character. Costs as much as the line is long.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        var start = Math.Max(Lines.StartOfLine(offset), Start);
        var column = offset <= start ? 1 : Encoding.UTF8.GetCharCount(Span[start..offset]) + 1;
        return (Lines.LineOf(offset), column);
    }

    /// <summary>The text of the line that an offset stands in, cut to a length.</summary>
    public string LineAt(int offset)
    {
        var start = Math.Max(Lines.StartOfLine(offset), Start);
        var end = Math.Min(IdfFields.EndOfLine(Span, Math.Max(start, offset)), start + LongestShown);
        return OneLine.Of(Decode(start, end), longest: 60);
    }

    /// <summary>Takes comments out of epJSON, in which a staged copy needs none.</summary>
    public void BlankJsonComments() => JsonComments.Blank(bytes.AsSpan(0, length));

    /// <summary>Makes the comma there the semicolon that ends its object, also in the staged copy.</summary>
    public void EndObjectAt(int comma)
    {
        bytes[comma] = (byte)';';
        DiffersFromFile = true;
    }

    private const int LongestShown = 400;

    private bool FindLoneCarriageReturn()
    {
        var span = Span;
        for (var position = 0; ;)
        {
            var found = span[position..].IndexOf((byte)'\r');
            if (found < 0) return false;
            position += found + 1;
            if (position == span.Length || span[position] != '\n') return true;
        }
    }
}
