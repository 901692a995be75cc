using System.Buffers.Binary;

using IdfKit.Engine;
using IdfKit.Engine.Results.Eso;
using IdfKit.Storage;

using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// A file of series that lies elsewhere: its end is read first, in one request, then for a series the stretch of its values and, for the
/// first one, that of the times. The file may be anything, and nothing is believed of it that does not fit.
/// </summary>
internal sealed class SeriesReading
{
    private const int TailBytes = 48 * 1024; // has the description of some hundred series, and the last values
    private const int LargestFooter = 16 << 20;
    private const int TrailerBytes = 8; // how long the description is, and the mark
    private const int MostRows = 2 * EsoSelection.MostTimes; // of .eso and .mtr
    private const long RoomOfColumn = 64 * 1024; // for what stands before the values

    private static readonly (long Offset, ReadOnlyMemory<byte> Bytes) Head = (0, "PAR1"u8.ToArray());

    private readonly IAsyncFileSystem _files;
    private readonly string _path;
    private readonly long _size;
    private readonly (long Offset, ReadOnlyMemory<byte> Bytes) _tail;
    private readonly RowGroup _group;
    private readonly SeriesMetadata _metadata;
    private ResultTime[]? _times;

    private SeriesReading(
        IAsyncFileSystem files, string path, long size, (long Offset, ReadOnlyMemory<byte> Bytes) tail,
        RowGroup group, SeriesMetadata metadata) =>
        (_files, _path, _size, _tail, _group, _metadata) = (files, path, size, tail, group, metadata);

    public IReadOnlyList<ResultVariable> Variables => _metadata.Variables;

    /// <summary>Reads the end of a file, mostly in one request; null when it is no file of series of this frequency, or gone.</summary>
    public static async Task<SeriesReading?> OpenAsync(
        IAsyncFileSystem files, string path, long size, ResultFrequency frequency, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadTailAsync(files, path, size, cancellationToken).ConfigureAwait(false) is not { } tail) return null;
            using var stream = new RangedFile(size, Head, tail);
            var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (reader.Metadata is not { RowGroups: [var group] } || !IsFit(reader.Metadata, group)) return null;
                var columns = reader.Metadata.Schema.Skip(1).Select(element => element.Name).ToList();
                var metadata = SeriesMetadata.Read(reader.CustomMetadata, frequency, columns, (int)group.NumRows);
                return metadata is null ? null : new(files, path, size, tail, group, metadata);
            }
        }
        catch (Exception fault) when (IsUnreadable(fault)) { return null; }
    }

    /// <summary>The series of a variable in each environment in which it has values; null when the file cannot be read.</summary>
    /// <param name="variable">One of <see cref="Variables"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SeriesPart>?> ReadAsync(ResultVariable variable, CancellationToken cancellationToken)
    {
        try
        {
            var own = SeriesMetadata.OwnColumns.Count;
            var place = own + _metadata.Variables.ToList().IndexOf(variable);
            FileRange[] wanted = _times is null
                ? [RangeOf(place, place), RangeOf(own - 2, own - 1)]
                : [RangeOf(place, place)];
            var parts = await ReadPartsAsync(wanted, cancellationToken).ConfigureAwait(false);
            using var stream = new RangedFile(_size, [Head, _tail, .. parts]);
            var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var group = reader.RowGroups[0];
                var times = _times ??= await ReadTimesAsync(group, cancellationToken).ConfigureAwait(false);
                var name = _group.Columns[place].MetaData!.PathInSchema[0];
                return await ReadAsync(group, name, times, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (IsUnreadable(fault)) { return null; }
    }

    /// <summary>Whether the values come from a file that ends before its end mark.</summary>
    public bool IsCut => _metadata.IsCut;

    private static async Task<(long Offset, ReadOnlyMemory<byte> Bytes)?> ReadTailAsync(
        IAsyncFileSystem files, string path, long size, CancellationToken cancellationToken)
    {
        if (size < Head.Bytes.Length + TrailerBytes) return null;
        var tail = await ReadAsync(files, path, size - Math.Min(size, TailBytes), (int)Math.Min(size, TailBytes), cancellationToken)
            .ConfigureAwait(false);
        if (tail is null || !tail.AsSpan().EndsWith(Head.Bytes.Span)) return null;
        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(tail.Length - TrailerBytes));
        if (footer is < 0 or > LargestFooter || footer > size - TrailerBytes) return null;
        var missing = footer + TrailerBytes - tail.Length;
        if (missing > 0)
        {
            var before = await ReadAsync(files, path, size - tail.Length - missing, missing, cancellationToken).ConfigureAwait(false);
            if (before is null) return null;
            tail = [.. before, .. tail];
        }
        return (size - tail.Length, tail);
    }

    private static async Task<byte[]?> ReadAsync(
        IAsyncFileSystem files, string path, long offset, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var read = await files.ReadRangeAsync(path, offset, bytes, cancellationToken).ConfigureAwait(false);
        return read == count ? bytes : null;
    }

    /// <summary>Whether the columns are what such a file has, none larger than its rows can be.</summary>
    private static bool IsFit(FileMetaData file, RowGroup group)
    {
        var own = SeriesMetadata.OwnColumns.Count;
        var columns = group.Columns;
        if (group.NumRows is < 1 or > MostRows || columns.Count > own + SeriesTable.MostColumns) return false;
        if (columns.Count <= own || file.Schema.Count != columns.Count + 1) return false;
        for (var i = 0; i < columns.Count; i++)
        {
            var physical = i == 0 ? Parquet.Meta.Type.BYTE_ARRAY : i < own ? Parquet.Meta.Type.INT64 : Parquet.Meta.Type.DOUBLE;
            if (columns[i].MetaData is not { PathInSchema: [var name] } chunk || file.Schema[i + 1].Name != name) return false;
            if (chunk.Type != physical || chunk.NumValues != group.NumRows) return false;
            var bytes = Math.Max(chunk.TotalCompressedSize, chunk.TotalUncompressedSize);
            if (i > 0 && bytes > (group.NumRows * 16) + RoomOfColumn) return false;
        }
        return true;
    }

    private FileRange RangeOf(int first, int last)
    {
        var (from, to) = (_group.Columns[first].MetaData!, _group.Columns[last].MetaData!);
        return new(from.DataPageOffset, checked((int)(to.DataPageOffset + to.TotalCompressedSize - from.DataPageOffset)));
    }

    private async Task<IEnumerable<(long Offset, ReadOnlyMemory<byte> Bytes)>> ReadPartsAsync(
        FileRange[] wanted, CancellationToken cancellationToken)
    {
        var far = wanted.Where(range => range.Offset < _tail.Offset).ToArray();
        if (far.Length == 0) return [];
        var parts = await _files.ReadRangesAsync(_path, far, cancellationToken).ConfigureAwait(false);
        return far.Zip(parts, (range, bytes) => (range.Offset, bytes));
    }

    private async Task<ResultTime[]> ReadTimesAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        var rows = (int)group.RowCount;
        var (starts, ends) = (new long[rows], new long[rows]);
        await group.ReadRawAsync<long>(SeriesSchema.Start, starts, null, null, cancellationToken).ConfigureAwait(false);
        await group.ReadRawAsync<long>(SeriesSchema.End, ends, null, null, cancellationToken).ConfigureAwait(false);
        var times = new ResultTime[rows];
        for (var i = 0; i < rows; i++)
        {
            if (SeriesSchema.TimeOf(starts[i]) is not { } start || SeriesSchema.TimeOf(ends[i]) is not { } end)
                throw new InvalidDataException("A time is none.");
            times[i] = new(start, end, _metadata.DayTypes[i]);
        }
        return times;
    }

    private async Task<IReadOnlyList<SeriesPart>> ReadAsync(
        ParquetRowGroupReader group, string name, ResultTime[] times, CancellationToken cancellationToken)
    {
        var (values, levels) = (new double[times.Length], new int[times.Length]);
        var field = new ParquetSchema(new DataField(name, typeof(double), isNullable: true)).GetDataFields()[0];
        await group.ReadRawAsync<double>(field, values, levels, null, cancellationToken).ConfigureAwait(false);
        var parts = new List<SeriesPart>();
        var (row, taken) = (0, 0);
        foreach (var (environment, count) in _metadata.Environments)
        {
            var there = levels.AsSpan(row, count).Count(1);
            if (taken + there > values.Length) throw new InvalidDataException("There are more values than rows.");
            if (there > 0) parts.Add(new(environment, values.AsMemory(taken, there), TimesOf(times, levels, row, count, there)));
            (row, taken) = (row + count, taken + there);
        }
        return parts;
    }

    private static ArraySegment<ResultTime> TimesOf(ResultTime[] times, int[] levels, int row, int count, int there)
    {
        if (there == count) return new(times, row, count);
        var some = new List<ResultTime>(there);
        for (var i = row; i < row + count; i++)
            if (levels[i] == 1) some.Add(times[i]);
        return some.ToArray();
    }

    // The package has no one error for what is no Parquet or a damaged file: it may fail in any way.
    private static bool IsUnreadable(Exception fault) => fault switch
    {
        StorageException storage => storage.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied,
        OperationCanceledException or OutOfMemoryException => false,
        _ => true,
    };
}

/// <summary>A series in one environment.</summary>
/// <param name="Environment">The design day or run period.</param>
/// <param name="Values">In the order of time.</param>
/// <param name="Times">As many.</param>
internal sealed record SeriesPart(ResultEnvironment Environment, ReadOnlyMemory<double> Values, IReadOnlyList<ResultTime> Times);
