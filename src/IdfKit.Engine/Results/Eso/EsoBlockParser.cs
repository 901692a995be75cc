using System.Runtime.CompilerServices;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Takes the lines of a block apart; it knows nothing of other blocks, so that several can run at once. It is compiled
/// to the full at once, as are the other loops over millions of lines: most programs read one file and end before a
/// loop would be compiled a second time.
/// </summary>
internal static unsafe class EsoBlockParser
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Parse(EsoBlock block, EsoDictionary dictionary)
    {
        block.RentRecords();
        var columns = dictionary.Columns;
        fixed (byte* start = block.Buffer)
        {
            var end = start + block.Length;
            var line = start;
            for (; line < end; block.Lines++)
            {
                var p = line;
                uint id = 0, digit;
                for (; (digit = *p - (uint)'0') <= 9; p++) id = (id * 10) + digit;
                if (*p == ',' && p > line && id > EsoStamp.Years)
                {
                    p++;
                    if (!DecimalNumber.TryRead(ref p, out var value)) break;
                    if (id < (uint)columns.Length && columns[(int)id] is >= 0 and var column)
                    {
                        block.Add(column, value);
                        if (*p == ',') block.AddBehind(column, p, end);
                    }
                }
                else if (!TryMark(block, new ReadOnlySpan<byte>(line, (int)(end - line)))) break;
                if (block.IsEnd) break;
                if (*p != '\n') p += new ReadOnlySpan<byte>(p, (int)(end - p)).IndexOf((byte)'\n');
                line = p + 1;
            }
            block.IsFaulty = line < end && !block.IsEnd;
        }
    }

    /// <summary>Takes a line that is no value; false when it is nothing of an <c>.eso</c>.</summary>
    public static bool TryMark(EsoBlock block, ReadOnlySpan<byte> rest)
    {
        var line = rest[..rest.IndexOf((byte)'\n')].TrimEnd((byte)'\r');
        if (line.StartsWith("End of Data"u8))
        {
            block.IsEnd = true;
            return true;
        }
        if (line.StartsWith("1,"u8)) block.Marks.Add(new(default, EsoTitle.Parse(line)));
        else if (EsoStamp.TryParse(line, out var stamp)) block.Marks.Add(new(stamp, null));
        else return line.IsEmpty;
        block.Add(~(block.Marks.Count - 1), 0);
        return true;
    }
}
