using System.Globalization;
using System.Text;

using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Eso;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Joins <c>.eso</c> or <c>.mtr</c> files of segments: one dictionary, and of each segment the records of the days that count, whose days
/// are numbered on. A month counts where its last day does: seams are on the first of one. Records of the run period and of years have the
/// lead-in in them and are left out, as are minutes that are counted on from before it. Only the first segment simulates sizing periods.
/// </summary>
/// <param name="plan">The year.</param>
/// <param name="isAdded">Whether the model did not ask for a variable itself; those are left out.</param>
internal sealed class YearSeries(YearPlan plan, Func<ResultVariable, bool> isAdded)
{
    private const string EndOfDictionary = "End of Data Dictionary";
    private const string EndOfData = "End of Data";

    private static readonly Encoding Plain = Encoding.Latin1; // byte for byte

    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal); // ids
    private readonly SortedSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>How many were written.</summary>
    public long Records { get; private set; }

    /// <param name="parts">Of the segments, in their order.</param>
    /// <param name="into">The file of the year.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Which variables are left out because they are of the run period or of years.</returns>
    /// <exception cref="PartsUnlikeException">The dictionaries differ, or a file is cut off or garbled.</exception>
    public IReadOnlyCollection<string> Write(IReadOnlyList<Stream> parts, Stream into, string name, CancellationToken cancellationToken)
    {
        using var writer = new StreamWriter(into, Plain, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        List<string>? first = null;
        for (var part = 0; part < parts.Count; part++)
        {
            using var reader = new StreamReader(parts[part], Plain, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            var dictionary = DictionaryOf(reader, name);
            if (first is null)
            {
                first = dictionary;
                foreach (var line in dictionary.Where(Keeps)) writer.WriteLine(line);
            }
            else if (!dictionary.Skip(1).SequenceEqual(first.Skip(1))) throw new PartsUnlikeException(EngineSentences.Unlike(name));
            Copy(reader, plan.Segments[part], isFirst: part == 0, writer, name, cancellationToken);
        }
        writer.WriteLine(EndOfData);
        writer.WriteLine(FormattableString.Invariant($" Number of Records Written={Records,12}"));
        return _leftOut;
    }

    private static List<string> DictionaryOf(StreamReader reader, string name)
    {
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line == EndOfDictionary) return lines;
        }
        throw new PartsUnlikeException(EngineSentences.Unreadable(name));
    }

    /// <summary>Whether a line of the dictionary stays; notes the ids of those that do not.</summary>
    private bool Keeps(string line)
    {
        // Names as the model has them, to be found among those that it asks for.
        if (EsoDictionary.Parse(ResultBytes.Decode(Plain.GetBytes(line))) is not { } variable) return true;
        var isOfAll = AddedOutputs.IsOfAll(variable);
        if (isOfAll) _leftOut.Add(variable.ToString());
        if (!isOfAll && !isAdded(variable)) return true;
        _dropped.Add(variable.Id.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    private void Copy(
        StreamReader reader, YearSegment segment, bool isFirst, StreamWriter writer, string name, CancellationToken cancellationToken)
    {
        string? stamp = null; // of the records that follow; null where they do not count
        var isWritten = false;
        while (reader.ReadLine() is { } line)
        {
            if (line == EndOfData) return;
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma < 1) break;
            var id = line[..comma];
            if (id is "1")
            {
                stamp = null;
                if (isFirst) writer.WriteLine(line);
            }
            else if (id is "2" or "3" or "4" or "5" or "6")
            {
                cancellationToken.ThrowIfCancellationRequested();
                (stamp, isWritten) = (id is "5" or "6" ? null : Renumbered(line, comma, segment, name), false);
            }
            else if (stamp is not null && !_dropped.Contains(id))
            {
                // A time stands there only where something is reported at it.
                if (!isWritten) writer.WriteLine(stamp);
                isWritten = true;
                writer.WriteLine(line);
                Records++;
            }
        }
        throw new PartsUnlikeException(EngineSentences.Unreadable(name));
    }

    /// <summary>A time with its day as the whole run counts it; null where that day does not count.</summary>
    private static string? Renumbered(string line, int comma, YearSegment segment, string name)
    {
        var next = line.IndexOf(',', comma + 1);
        if (next < 0 || !int.TryParse(line.AsSpan(comma + 1, next - comma - 1), CultureInfo.InvariantCulture, out var number))
            throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        var day = segment.First + number - 1;
        return day < segment.KeptFirst || day > segment.KeptLast
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, comma)},{day + 1}{line.AsSpan(next)}");
    }
}
