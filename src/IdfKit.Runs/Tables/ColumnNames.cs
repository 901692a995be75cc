using System.Buffers;
using System.Text;

namespace IdfKit.Runs.Tables;

/// <summary>
/// The names of a table's columns by number, so that a row need not hold them. They grow as records are read, by several threads.
/// </summary>
internal sealed class ColumnNames
{
    /// <summary>The most columns of a table; what further ones hold is left out.</summary>
    public const int Most = 2_000;

    private const int LongestName = 100, LongestRead = 1_000;

    private static readonly Rune Blank = new('_');
    private static readonly SearchValues<char> Usual = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly Lock _gate = new();
    private readonly List<string> _names = [.. KnownColumns.ByName.Keys];
    private readonly Dictionary<string, int> _numbers;
    private int[] _ofLastRow = [];

    public ColumnNames() => _numbers = _names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);

    public IReadOnlyList<string> All
    {
        get { lock (_gate) return [.. _names]; }
    }

    /// <summary>The number of a column, which is added when it is not there; null when there are too many.</summary>
    public int? NumberOf(string name)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(name, out var number)) return number;
            if (_names.Count >= Most) return null;
            _names.Add(name);
            return _numbers[name] = _names.Count - 1;
        }
    }

    /// <summary>The number of a column; null when there is none of that name.</summary>
    public int? Find(string name)
    {
        lock (_gate) return _numbers.TryGetValue(name, out var number) ? number : null;
    }

    /// <summary>The same numbers, held once for all rows that follow each other and have the same columns.</summary>
    public int[] Shared(int[] numbers)
    {
        lock (_gate) return _ofLastRow.AsSpan().SequenceEqual(numbers) ? _ofLastRow : _ofLastRow = numbers;
    }

    /// <summary>
    /// A part of a column's name out of a name in a record: in lower case, because many programs take no notice of it, and <c>_</c>
    /// for what is neither letter nor digit.
    /// </summary>
    public static string Part(string name)
    {
        if (name.Length <= LongestName && !name.AsSpan().ContainsAnyExcept(Usual)) return name;
        var part = new StringBuilder(Math.Min(name.Length, LongestName));
        foreach (var rune in name.EnumerateRunes())
        {
            if (part.Length >= LongestName) break;
            part.Append((Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune) : Blank).ToString());
        }
        return part.ToString();
    }

    /// <summary>Whether a table may have such a column.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestRead && name.EnumerateRunes().All(rune => rune == Blank || IsLower(rune));

    private static bool IsLower(Rune rune) => Rune.IsLetterOrDigit(rune) && Rune.ToLowerInvariant(rune) == rune;
}
