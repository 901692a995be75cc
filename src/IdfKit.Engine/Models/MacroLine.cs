namespace IdfKit.Engine.Models;

/// <summary>A line for EPMacro, such as <c>##include file</c>.</summary>
internal sealed record MacroLine(string Command, string Argument, int Line)
{
    public bool ReadsFiles => Command is "##include" or "##includesilent" or "##fileprefix";

    public static MacroLine Read(ModelText text, int offset) =>
        Parse(text.Decode(offset, IdfFields.EndOfLine(text.Span, offset)), text.LineOf(offset));

    public static MacroLine Parse(string text, int line)
    {
        var words = text.Split('!')[0].Trim();
        var end = words.AsSpan().IndexOfAny(' ', '\t');
        var command = end < 0 ? words : words[..end];
        return new(command.ToLowerInvariant(), words[command.Length..].Trim(), line);
    }
}
