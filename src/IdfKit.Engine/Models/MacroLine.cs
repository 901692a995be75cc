using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>A line for EPMacro, such as <c>##include file</c>.</summary>
internal sealed record MacroLine(string Command, string Argument, int Line)
{
    /// <summary>Of the line, in the model's text.</summary>
    public int Offset { get; init; }

    public bool ReadsFiles => Command is "##include" or "##includesilent" or "##fileprefix";

    /// <summary>Whether a line may be one that reads a file, by its first bytes; a model may have a million other macro lines.</summary>
    public static bool MayReadFiles(ReadOnlySpan<byte> line) => Starts(line, "##include"u8) || Starts(line, "##fileprefix"u8);

    public static MacroLine Read(ModelText text, int offset)
    {
        var end = Math.Min(IdfFields.EndOfLine(text.Span, offset), offset + ModelBounds.LongestText);
        return Parse(text.Decode(offset, end), text.LineOf(offset)) with { Offset = offset };
    }

    public static MacroLine Parse(string text, int line)
    {
        var words = text.Split('!')[0].Trim();
        var end = words.AsSpan().IndexOfAny(' ', '\t');
        var command = end < 0 ? words : words[..end];
        return new(command.ToLowerInvariant(), words[command.Length..].Trim(), line);
    }

    private static bool Starts(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word) =>
        line.Length >= word.Length && Ascii.EqualsIgnoreCase(line[..word.Length], word);
}
