namespace IdfKit.Cli.Terminal;

/// <summary>
/// A table of plain text that fits the width: what does not find room is left out from the right, except the first columns. Names in the
/// first are cut in their middle.
/// </summary>
/// <param name="headings">Of the columns; one that begins with a blank is set to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private const int Between = 2, LeastFirst = 12;
    private readonly List<string[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(CliSentences.Clean)]);

    /// <param name="output">Takes the lines.</param>
    /// <param name="width">Of a line.</param>
    /// <param name="kept">How many columns are never left out; the first is cut for them.</param>
    public void Write(TextWriter output, int width, int kept = 2)
    {
        string[] heads = [.. headings.Select(heading => heading.Trim())];
        var widths = heads.Select((head, at) => _rows.Select(row => row[at].Length).Append(head.Length).Max()).ToArray();
        var shown = heads.Length;
        int Rest() => widths[1..shown].Sum(column => column + Between);
        while (shown > kept && Math.Min(widths[0], LeastFirst * 2) + Rest() > width) shown--;
        widths[0] = Math.Min(widths[0], Math.Max(width - Rest(), LeastFirst));
        if (shown > 1 && !headings[shown - 1].StartsWith(' ')) widths[shown - 1] = Math.Min(widths[shown - 1], Math.Max(8, width));
        foreach (var row in _rows.Prepend(heads))
        {
            var cells = Enumerable.Range(0, shown).Select(at => Cell(row[at], widths[at], at));
            output.WriteLine(Screen.Fit(string.Join("  ", cells).TrimEnd(), width));
        }
    }

    private string Cell(string text, int width, int at)
    {
        var fit = at == 0 ? Screen.FitMiddle(text, width) : Screen.Fit(text, width);
        return headings[at].StartsWith(' ') ? fit.PadLeft(width) : fit.PadRight(width);
    }
}
