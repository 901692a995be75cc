using System.Runtime.CompilerServices;
using System.Text;

namespace IdfKit.Runs.Tables;

/// <summary>A value of a CSV file.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="IsQuoted">Whether it stands between quotes.</param>
internal readonly record struct CsvValue(string Text, bool IsQuoted);

/// <summary>Reads CSV, record by record.</summary>
internal static class CsvRecords
{
    private const int LargestRecord = 4 << 20;

    /// <summary>The values of each record of what people write: any delimiter, and blanks around quotes.</summary>
    /// <exception cref="FormatException">It is no CSV.</exception>
    public static IEnumerable<IReadOnlyList<CsvValue>> Read(string text, char delimiter)
    {
        if (!text.Contains('\n', StringComparison.Ordinal)) text = text.Replace('\r', '\n');
        var parser = new CsvParser { Delimiter = delimiter, AllowsBlanks = true };
        foreach (var next in text)
            if (parser.Take(next) is { } record) yield return record;
        if (parser.End() is { } last) yield return last;
    }

    /// <summary>The values of each record of what this library writes.</summary>
    /// <exception cref="FormatException">It is no CSV.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<CsvValue>> ReadAsync(
        Stream source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var parser = new CsvParser();
        var buffer = new char[16 * 1024];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            for (var at = 0; at < count; at++)
                if (parser.Take(buffer[at]) is { } record) yield return record;
            if (parser.Length > LargestRecord) throw new FormatException("A record does not end.");
        }
        if (parser.End() is { } last) yield return last;
    }

    /// <summary>Where in a record the reading is.</summary>
    private enum Place
    {
        Begin,
        Plain,
        Quoted,
        Quote,
    }

    private sealed class CsvParser
    {
        private readonly StringBuilder _value = new();
        private List<CsvValue> _record = [];
        private Place _place;
        private bool _wasQuoted;

        public char Delimiter { get; init; } = ',';

        public bool AllowsBlanks { get; init; }

        public int Length { get; private set; }

        /// <summary>The record that ends with this character; null when none does.</summary>
        public List<CsvValue>? Take(char next)
        {
            Length++;
            if (_place is Place.Quoted)
            {
                if (next == '"') _place = Place.Quote;
                else _value.Append(next);
                return null;
            }
            if (next == Delimiter)
            {
                EndValue();
                return null;
            }
            switch (next)
            {
                case '"' when _place is Place.Begin:
                    (_place, _wasQuoted) = (Place.Quoted, true);
                    _value.Clear();
                    return null;
                case '"' when _place is Place.Quote:
                    _place = Place.Quoted;
                    _value.Append(next);
                    return null;
                case '\n':
                    return EndRecord();
                case '\r':
                    return null; // stands before the line feed; inside a value it is between quotes
                default:
                    if (AllowsBlanks && next is ' ' or '\t' && _place is Place.Quote) return null;
                    if (_place is Place.Quote) throw new FormatException("Behind quotes stands neither a comma nor a line end.");
                    if (!AllowsBlanks || next is not (' ' or '\t')) _place = Place.Plain;
                    _value.Append(next);
                    return null;
            }
        }

        /// <summary>What the last line holds when no line end follows it; null when nothing does.</summary>
        public List<CsvValue>? End()
        {
            if (_place is Place.Quoted) throw new FormatException("The file ends inside quotes.");
            return Length == 0 ? null : EndRecord();
        }

        private List<CsvValue> EndRecord()
        {
            EndValue();
            var record = _record;
            (_record, Length) = ([], 0);
            return record;
        }

        private void EndValue()
        {
            _record.Add(new(_value.ToString(), _wasQuoted));
            _value.Clear();
            (_place, _wasQuoted) = (Place.Begin, false);
        }
    }
}
