namespace IdfKit.Cli.Terminal;

/// <summary>
/// One line that changes, on a terminal; elsewhere a line now and then. May be told from several threads.
/// </summary>
internal sealed class ProgressLine(TextWriter output, bool isLive, TimeProvider time)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.1), Elsewhere = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _said = time.GetTimestamp();
    private bool _hasSaid;
    private int _width;

    /// <summary>Shows how far it is, unless that was shown just now.</summary>
    public void Show(Func<string> line)
    {
        lock (_gate)
        {
            var pause = isLive ? OnTerminal : Elsewhere;
            if ((_hasSaid || !isLive) && time.GetElapsedTime(_said) < pause) return;
            (_said, _hasSaid) = (time.GetTimestamp(), true);
            if (isLive) Over(line());
            else output.WriteLine(line());
        }
    }

    /// <summary>A line that stays, above the one that changes.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Over("");
            output.WriteLine(line);
        }
    }

    /// <summary>Leaves the line empty for what is said next.</summary>
    public void End()
    {
        lock (_gate) Over("");
    }

    private void Over(string line)
    {
        if (!isLive || line.Length == 0 && _width == 0) return;
        line = Screen.Fit(line, Screen.Width - 1);
        output.Write("\r" + line.PadRight(Math.Min(_width, Screen.Width - 1)));
        if (line.Length == 0) output.Write("\r");
        _width = line.Length;
    }
}
