using System.Buffers.Text;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Picks a few series out of an <c>.eso</c> or <c>.mtr</c> that a run has just left, of the longest run period alone. The file may be
/// anything and of any size: what is kept is bounded, and a line that is none ends the reading.
/// </summary>
internal sealed class EsoPick
{
    private const int MostVariables = 400; // the page shows fewer
    private const int MostLines = 4_000_000; // of the dictionary
    private const int LargestId = 1 << 24;

    private readonly Func<ResultVariable, bool> _isWanted;
    private readonly Func<string, bool> _isRunPeriod;
    private readonly List<ResultVariable> _variables = [];
    private readonly Dictionary<int, int> _places = [];
    private PickedPeriod? _period;
    private PickedPeriod? _longest;
    private int _periods;
    private bool _isPastDictionary;
    private int _lines;

    private EsoPick(Func<ResultVariable, bool> isWanted, Func<string, bool> isRunPeriod) =>
        (_isWanted, _isRunPeriod) = (isWanted, isRunPeriod);

    /// <param name="stream">It is read as far as there is anything to pick, and not closed.</param>
    /// <param name="isWanted">Whether to pick a series; of those that are reported by month, by hour or by step.</param>
    /// <param name="isRunPeriod">Whether an environment of a title is known to be a run period: by months alone nobody can tell.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PickedSeries Read(
        Stream stream, Func<ResultVariable, bool> isWanted, Func<string, bool> isRunPeriod, CancellationToken cancellationToken)
    {
        var pick = new EsoPick(isWanted, isRunPeriod);
        using var blocks = new EsoBlocks(stream);
        while (blocks.Take() is { } block)
        {
            using (block)
                if (!pick.TryTake(block.Buffer.AsSpan(0, block.Length))) break;
            cancellationToken.ThrowIfCancellationRequested();
        }
        pick.End();
        return new(pick._variables, pick._longest, pick._periods);
    }

    private bool TryTake(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = lines[..end];
            lines = lines[(end + 1)..];
            if (!(_isPastDictionary ? TryTakeData(line) : TryTakeDictionary(line))) return false;
        }
        return true;
    }

    private bool TryTakeDictionary(ReadOnlySpan<byte> line)
    {
        if (++_lines == 1) return line.StartsWith("Program Version,"u8);
        if (line.StartsWith("End of Data Dictionary"u8))
        {
            _isPastDictionary = true;
            return _variables.Count > 0;
        }
        var mayBe = line.Length <= BoundedLines.LongestBytes
            && (line.IndexOf("!Monthly"u8) >= 0 || line.IndexOf("!Hourly"u8) >= 0 || line.IndexOf("!TimeStep"u8) >= 0);
        if (mayBe && EsoDictionary.Parse(ResultBytes.Decode(line).Trim()) is { } variable && _isWanted(variable)
            && _variables.Count < MostVariables && _places.TryAdd(variable.Id, _variables.Count))
        {
            _variables.Add(variable);
        }
        return _lines < MostLines;
    }

    private bool TryTakeData(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out int id, out var length) || length >= line.Length || line[length] != (byte)',')
            return line.TrimEnd((byte)'\r').IsEmpty; // the end of the data, or what is none
        if (id > EsoStamp.Years)
        {
            if (_period is null || id > LargestId || !_places.TryGetValue(id, out var place)) return true;
            if (!Utf8Parser.TryParse(line[(length + 1)..], out double value, out _) || !double.IsFinite(value)) return false;
            _period.Add(place, value);
            return true;
        }
        if (id == 1) Begin(EsoTitle.Parse(line.TrimEnd((byte)'\r')).Text);
        else if (EsoStamp.TryParse(line.TrimEnd((byte)'\r'), out var stamp)) _period?.Reach(stamp);
        else return false;
        return true;
    }

    private void Begin(string title)
    {
        End();
        _period = new(title, _variables);
    }

    /// <summary>Keeps the period if it is the longest run period so far.</summary>
    private void End()
    {
        if (_period is not { IsDesignDay: false } period || !(period.HasWeekday || _isRunPeriod(period.Title))) return;
        _periods++;
        if (_longest is null || period.IsLongerThan(_longest)) _longest = period;
    }
}
