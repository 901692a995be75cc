namespace IdfKit.Engine;

/// <summary>A line for EPMacro, such as <c>##include file</c>.</summary>
internal sealed record MacroLine(string Command, string Argument, int Line)
{
    public bool ReadsFiles => Command is "##include" or "##includesilent" or "##fileprefix";

    public static MacroLine Read(ModelText text, int offset)
    {
        var words = text.Decode(offset, IdfFields.EndOfLine(text.Span, offset)).Split('!')[0].Trim();
        var end = words.AsSpan().IndexOfAny(' ', '\t');
        return end < 0
            ? new(words.ToLowerInvariant(), "", text.PositionOf(offset).Line)
            : new(words[..end].ToLowerInvariant(), words[end..].Trim(), text.PositionOf(offset).Line);
    }
}
