using System.Text;

namespace IdfKit.Cli;

/// <summary>
/// Standard error: names and messages of others may hold what a terminal takes for a command, which is written as its number.
/// </summary>
internal sealed class CleanErrors(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public static void Use() => Console.SetError(Synchronized(new CleanErrors(Console.Error)));

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (value is null) return;
        // Lines end as ever, and progress is written over itself.
        var lines = value.Split('\n').Select(line => string.Join('\r', line.Split('\r').Select(CliSentences.Clean)));
        inner.Write(string.Join('\n', lines));
    }

    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    public override void Flush() => inner.Flush();
}
