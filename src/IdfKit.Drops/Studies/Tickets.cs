using System.Text.Json;

using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>Rows packed into calls.</summary>
internal static class Tickets
{
    /// <summary>Most rows of a ticket.</summary>
    public const int MostRows = 20;

    private const int MostBytes = 200_000; // of a call; Step Functions takes 256 KB
    private const int MostBytesPacked = 6_500; // of the rows of one ticket, so that its answer has at most 8 KB
    private const int TicketsForEach = 4; // of the calls that are under way at once
    private const int RowsOfWorker = 50;

    /// <summary>The rows of each call: packed only where there are more than four for each of those that are under way at once.</summary>
    /// <exception cref="StudyTooLongRowException">A row alone is more than a call takes.</exception>
    public static IReadOnlyList<IReadOnlyList<CalledRow>> Pack(IReadOnlyList<CalledRow> rows, int concurrency)
    {
        var unpacked = TicketsForEach * (long)concurrency;
        var most = (int)Math.Clamp((rows.Count + unpacked - 1) / unpacked, 1, MostRows);
        List<List<CalledRow>> packed = [];
        var bytes = 0;
        foreach (var row in rows)
        {
            var length = JsonSerializer.SerializeToUtf8Bytes(row, CallJson.Readable.CalledRow).Length;
            if (length > MostBytes - 2_000) throw new StudyTooLongRowException(row);
            if (packed.Count == 0 || packed[^1].Count == most || bytes + length > MostBytesPacked)
            {
                packed.Add([]);
                bytes = 0;
            }
            packed[^1].Add(row);
            bytes += length;
        }
        return packed;
    }

    /// <summary>How many packed workers share so many rows: an array of AWS Batch has at least two.</summary>
    public static int WorkersFor(int rows, int concurrency) =>
        Math.Max(2, Math.Min((rows + RowsOfWorker - 1) / RowsOfWorker, concurrency));

    /// <summary>A row as a call hands it over.</summary>
    public static CalledRow Of(StudyVariant variant, string identity)
    {
        var set = variant.Values.Where(value => value.Column.Kind is not (StudyColumnKind.Name or StudyColumnKind.Weather));
        return new(variant.Row.Number, variant.Name)
        {
            Set = set.ToDictionary(value => value.Column.Heading, value => value.Value, StringComparer.Ordinal),
            Weather = RowStaging.WeatherOf(variant),
            Identity = identity,
        };
    }
}

/// <summary>A row has more text than one call takes.</summary>
/// <param name="row">The row.</param>
internal sealed class StudyTooLongRowException(CalledRow row) : Exception(DropSentences.RowTooLong(row.N, row.Name));
