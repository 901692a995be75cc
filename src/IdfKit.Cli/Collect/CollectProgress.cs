using System.Globalization;

using IdfKit.Runs;

namespace IdfKit.Cli.Collect;

/// <summary>
/// Says how far it is: on a terminal in one line that changes, elsewhere in a line every ten seconds. Told from one thread at a time.
/// </summary>
internal sealed class CollectProgress(TextWriter output, bool isTerminal, TimeProvider time) : IProgress<RunTableProgress>
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.1), Elsewhere = TimeSpan.FromSeconds(10);

    private long _said = time.GetTimestamp();
    private int _width;

    public void Report(RunTableProgress value)
    {
        if (time.GetElapsedTime(_said) < (isTerminal ? OnTerminal : Elsewhere)) return;
        _said = time.GetTimestamp();
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{value.Done:#,0} of {value.Found:#,0} runs{(value.IsFoundAll ? "" : " so far")}");
        if (!isTerminal) output.WriteLine(line);
        else Show(line);
    }

    /// <summary>Leaves the line empty for what is said next.</summary>
    public void End()
    {
        if (_width > 0) output.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }

    private void Show(string line)
    {
        output.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }
}
