using System.Buffers.Text;
using System.Text;

namespace IdfKit.Engine.Results.Tables;

/// <summary>Takes a <c>.csv</c> of time series apart.</summary>
internal static class CsvParser
{
    private const int LongestTime = 200;

    public static CsvResults Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var end = bytes.IndexOf((byte)'\n');
        Check(bytes, end < 0);
        if (end < 0) return new CsvResults([], [], [], isCut: true, null);
        var columns = CsvHeader.Read(bytes[..end].TrimEnd("\r"u8), CellsBehindTime(bytes[(end + 1)..]));
        var (times, values) = (new List<string>(), columns.Select(_ => new List<double>()).ToArray());
        var number = 2;
        for (bytes = bytes[(end + 1)..]; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..], number++)
        {
            var line = bytes[..end].TrimEnd("\r"u8);
            if (line.Contains((byte)0)) return Finish(isCut: true, number);
            if (line.Length > 0) ParseRow(line, times, values);
        }
        return Finish(isCut: bytes.Length > 0, null);

        CsvResults Finish(bool isCut, int? faultLine) =>
            new(times, columns, [.. values.Select(column => column.ToArray())], isCut, faultLine);
    }

    private static void Check(ReadOnlySpan<byte> bytes, bool isOneLine)
    {
        foreach (var start in new[] { "Date/Time,", "Time," })
            if (bytes.StartsWith(Encoding.ASCII.GetBytes(start))
                || (isOneLine && bytes.Length < start.Length && Encoding.ASCII.GetBytes(start).AsSpan().StartsWith(bytes)))
            {
                return;
            }
        throw new ResultsException("eplusout.csv",
            "Reading a .csv of time series failed at line 1: it does not begin with \"Date/Time,\". "
                + "Give the .csv that ReadVarsESO made of an EnergyPlus run.");
    }

    private static void ParseRow(ReadOnlySpan<byte> line, List<string> times, List<double>[] values)
    {
        var comma = line.IndexOf((byte)',');
        var time = (comma < 0 ? line : line[..comma]).Trim((byte)' ');
        times.Add(ResultBytes.Decode(time[..Math.Min(time.Length, LongestTime)]));
        foreach (var column in values)
        {
            line = comma < 0 ? default : line[(comma + 1)..];
            comma = line.IndexOf((byte)',');
            var cell = (comma < 0 ? line : line[..comma]).Trim((byte)' ');
            column.Add(Utf8Parser.TryParse(cell, out double number, out var used) && used == cell.Length ? number : double.NaN);
        }
    }

    /// <summary>How many values the first row has; null when no row is whole.</summary>
    private static int? CellsBehindTime(ReadOnlySpan<byte> rows)
    {
        var end = rows.IndexOf((byte)'\n');
        return end < 0 ? null : rows[..end].Count((byte)',');
    }
}
