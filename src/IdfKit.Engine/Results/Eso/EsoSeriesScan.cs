using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>Reads one series: looks only for its lines and for the time lines, 32 bytes at a time.</summary>
internal static unsafe class EsoSeriesScan
{
    public static ResultSeries? Read(Stream stream, string name, string? key, ResultFrequency? frequency, int? environment)
    {
        using var blocks = new EsoBlocks(stream);
        var dictionary = blocks.ReadDictionary();
        if (dictionary.Variables.FirstOrDefault(variable => variable.Is(name, key, frequency)) is not { } found) return null;
        var results = dictionary.IsComplete ? Scan(blocks, dictionary, found, stream) : new EsoResults(dictionary, [], isCut: true, null);
        var period = environment is { } index && index >= 0 && index < results.Environments.Count ? results.Environments[index] : null;
        return environment is null || period is not null ? results.Series(found, period) : null;
    }

    private static EsoResults Scan(EsoBlocks blocks, EsoDictionary dictionary, ResultVariable variable, Stream stream)
    {
        var assembler = new EsoAssembler(
            dictionary, PeriodYears.Unknown, stream.CanSeek ? stream.Length - stream.Position : null, blocks.Lines);
        Span<byte> prefix = stackalloc byte[12];
        variable.Id.TryFormat(prefix, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        prefix[length++] = (byte)',';
        while (!assembler.IsDone && blocks.Take() is { } block)
        {
            using (block)
            {
                block.RentRecords();
                Scan(block, prefix[..length], dictionary.Columns[variable.Id]);
                assembler.Add(block);
            }
        }
        return assembler.Finish(blocks.IsLineTooLong);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scan(EsoBlock block, ReadOnlySpan<byte> prefix, int column)
    {
        fixed (byte* text = block.Buffer)
        {
            var end = text + block.Length;
            Take(block, text, end, prefix, column);
            // The line after the line end at each place; the padding's line ends stop the last vector.
            var (first, last) = (Vector256.Create(prefix[0]), Vector256.Create(prefix[^2]));
            var (lineEnd, comma, letter) = (Vector256.Create((byte)'\n'), Vector256.Create((byte)','), Vector256.Create((byte)'E'));
            for (var at = 0; at < block.Length - 1 && !block.IsEnd && !block.IsFaulty; at += Vector256<byte>.Count)
            {
                var next = Vector256.Load(text + at + 1);
                var wanted = Vector256.Equals(next, first)
                    & Vector256.Equals(Vector256.Load(text + at + prefix.Length - 1), last)
                    & Vector256.Equals(Vector256.Load(text + at + prefix.Length), comma);
                var marks = Vector256.Equals(Vector256.Load(text + at + 2), comma) | Vector256.Equals(next, letter);
                var found = (Vector256.Equals(Vector256.Load(text + at), lineEnd) & (wanted | marks)).ExtractMostSignificantBits();
                for (; found != 0 && !block.IsEnd && !block.IsFaulty; found &= found - 1)
                {
                    var line = at + BitOperations.TrailingZeroCount(found) + 1;
                    if (line < block.Length) Take(block, text + line, end, prefix, column);
                }
            }
        }
    }

    private static void Take(EsoBlock block, byte* line, byte* end, ReadOnlySpan<byte> prefix, int column)
    {
        var rest = new ReadOnlySpan<byte>(line, (int)(end - line));
        if (rest.StartsWith(prefix))
        {
            var value = line + prefix.Length;
            block.IsFaulty = !DecimalNumber.TryRead(ref value, out var number);
            if (block.IsFaulty) return;
            block.Add(column, number);
            if (*value == ',') block.AddBehind(column, value, end);
        }
        else if (line[0] is (>= (byte)'1' and <= (byte)'6') or (byte)'E' && (line[1] == ',' || line[0] == 'E'))
            block.IsFaulty = !EsoBlockParser.TryMark(block, rest);
    }
}
