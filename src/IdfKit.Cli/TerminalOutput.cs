using System.Text;

namespace IdfKit.Cli;

/// <summary>
/// What is said on a terminal, and errors wherever they go. A terminal may be closed while a command ends, which is told by a signal
/// besides, and the file of the errors may take no more: what is said from then on reaches nobody, and keeps nothing from being brought
/// to its end.
/// </summary>
internal sealed class TerminalOutput(TextWriter inner, bool isTerminal) : TextWriter
{
    private volatile bool _isClosed; // for good, unlike a disk that is full

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Lets the commands write through it; for output that is redirected there is <see cref="RedirectedOutput"/>.</summary>
    public static void Use()
    {
        if (!Console.IsOutputRedirected) Console.SetOut(new TerminalOutput(Console.Out, isTerminal: true));
        Console.SetError(new TerminalOutput(Console.Error, !Console.IsErrorRedirected));
    }

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_isClosed) return;
        try { inner.Write(buffer); }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException) { _isClosed = isTerminal; }
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine); // whole, among those of other threads

    public override void Flush()
    {
        if (_isClosed) return;
        try { inner.Flush(); }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException) { _isClosed = isTerminal; }
    }
}
