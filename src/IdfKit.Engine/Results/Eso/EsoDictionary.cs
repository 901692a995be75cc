using System.Globalization;

using IdfKit.Engine.Results.Series;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// What stands before "End of Data Dictionary": the variables, in lines such as <c>452,1,ATTIC,Zone Mean Air
/// Temperature [C] !Hourly</c>.
/// </summary>
internal sealed class EsoDictionary
{
    /// <summary>Ids below are time lines and environments.</summary>
    private const int FirstVariable = 7;

    /// <summary>Beyond what any run counts; it bounds the table from ids to columns.</summary>
    private const int LastVariable = 1 << 24;

    private readonly List<ResultVariable> _variables = [];
    private int[] _columns = [];

    public string ProgramVersion { get; private set; } = "";

    public IReadOnlyList<ResultVariable> Variables => _variables;

    /// <summary>Where each id stands in <see cref="Variables"/>; -1 for an id that is none.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    public bool IsComplete { get; private set; }

    /// <summary>Takes one line, the first being number 1.</summary>
    /// <exception cref="ResultsException">The first line is not that of an <c>.eso</c>.</exception>
    public void Add(ReadOnlySpan<byte> line, int number)
    {
        if (number == 1)
        {
            if (line.StartsWith("\uFEFF"u8)) line = line[3..];
            if (!line.StartsWith("Program Version,"u8)) throw NoEso(line);
            ProgramVersion = ResultBytes.Decode(line).Trim();
        }
        else if (line.StartsWith("End of Data Dictionary"u8)) Complete();
        else if (Parse(ResultBytes.Decode(line).Trim()) is { } variable) _variables.Add(variable);
    }

    /// <summary>Whether a first line without its end is the beginning of one.</summary>
    public static void CheckCutFirstLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        var whole = "Program Version,"u8;
        var length = Math.Min(line.Length, whole.Length);
        if (!line[..length].SequenceEqual(whole[..length])) throw NoEso(line);
    }

    private static ResultsException NoEso(ReadOnlySpan<byte> line) =>
        new("eplusout.eso",
            $"Reading an .eso or .mtr failed at line 1: it says \"{Start(line)}\" instead of \"Program "
                + "Version,…\". Give the .eso or .mtr file of an EnergyPlus run.");

    private static string Start(ReadOnlySpan<byte> line) =>
        string.Concat(ResultBytes.Decode(line[..Math.Min(line.Length, 40)]).Select(letter => IsShown(letter) ? letter : '·'));

    // U+2028 and U+2029 end lines, and the marks of direction turn the rest of one round.
    private static bool IsShown(char letter) => !char.IsControl(letter) && letter is (< '\u2028' or > '\u202e');

    /// <summary>The variable of a line; null when it is none.</summary>
    internal static ResultVariable? Parse(string line)
    {
        // 456,7,ATTIC,Zone Mean Air Temperature [C] !Daily [Value,Min,Hour,Minute,Max,Hour,Minute]; a schedule may follow the frequency.
        var numbers = line.Split(',', 3);
        if (numbers.Length < 3
            || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || id is < FirstVariable or > LastVariable
            || FindFrequency(line) is not var (mark, frequency))
        {
            return null;
        }
        var start = numbers[0].Length + numbers[1].Length + 2;
        var (named, units) = ColumnHeader.Split(line[Math.Min(start, mark)..mark].TrimEnd());
        var comma = named.LastIndexOf(',');
        return new(id, comma < 0 ? "" : named[..comma].Trim(), named[(comma + 1)..].Trim(), units.Trim(), frequency);
    }

    /// <summary>
    /// Where the frequency stands, and which it is; null when there is none. It follows the units, <c>[C] !Hourly</c>, as far back as there
    /// is one: an object's name out of epJSON may have an exclamation mark of its own.
    /// </summary>
    private static (int Mark, ResultFrequency Frequency)? FindFrequency(string line)
    {
        (int Mark, ResultFrequency Frequency)? found = null;
        for (var mark = line.LastIndexOf(" !", StringComparison.Ordinal); mark > 0;
            mark = line.LastIndexOf(" !", mark - 1, StringComparison.Ordinal))
        {
            var word = line.AsSpan(mark + 2);
            if (word.IndexOfAny(',', '[') is >= 0 and var end) word = word[..end];
            if (FrequencyNames.Parse(word) is not { } frequency) continue;
            if (line[mark - 1] == ']') return (mark, frequency);
            found ??= (mark, frequency);
        }
        return found;
    }

    private void Complete()
    {
        IsComplete = true;
        _columns = new int[_variables.Count == 0 ? 0 : _variables.Max(variable => variable.Id) + 1];
        Array.Fill(_columns, -1);
        for (var i = 0; i < _variables.Count; i++) _columns[_variables[i].Id] = i;
    }
}
