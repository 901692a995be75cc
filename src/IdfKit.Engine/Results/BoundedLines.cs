using System.Text;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Results;

/// <summary>
/// The lines of a text that EnergyPlus wrote. Of a line that does not end, only its beginning is kept: a file without line ends costs no
/// more memory than any other.
/// </summary>
internal static class BoundedLines
{
    /// <summary>What is kept of a line. The longest that EnergyPlus 25.2 writes into an <c>.err</c> file has some thousand.</summary>
    public const int LongestBytes = 64 * 1024;

    /// <summary>What <see cref="Tail"/> reads of a file: far more than EnergyPlus's last words.</summary>
    public const int TailBytes = 64 * 1024;

    private const int BufferBytes = 128 * 1024;

    /// <summary>Each line in turn, without its end; of a longer one its beginning. The stream is read to its end and not closed.</summary>
    public static IEnumerable<string> Of(Stream stream)
    {
        var buffer = new byte[BufferBytes];
        var (start, end, isSkipping, isFirst) = (0, 0, false, true);
        while (true)
        {
            var found = buffer.AsSpan(start, end - start).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                if (buffer[start + found] is (byte)'\r' && start + found + 1 == end && Fill()) continue;
                if (!isSkipping) yield return DecodeCut(buffer.AsSpan(start, found));
                var isPair = buffer[start + found] is (byte)'\r' && start + found + 1 < end && buffer[start + found + 1] is (byte)'\n';
                start += found + (isPair ? 2 : 1);
                isSkipping = false;
                continue;
            }
            if (end - start > LongestBytes)
            {
                if (!isSkipping) yield return DecodeCut(buffer.AsSpan(start, end - start));
                (start, end, isSkipping) = (0, 0, true);
            }
            if (Fill()) continue;
            if (end > start && !isSkipping) yield return DecodeCut(buffer.AsSpan(start, end - start));
            yield break;
        }

        bool Fill()
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            if (end == buffer.Length) return false;
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            return read > 0;
        }

        string DecodeCut(ReadOnlySpan<byte> line) => line.Length <= LongestBytes ? Decode(line) : Decode(line[..LongestBytes]) + "…";

        // Each line can be told for itself: EnergyPlus writes the model's names as they come.
        string Decode(ReadOnlySpan<byte> line)
        {
            var text = Ascii.IsValid(line) ? Encoding.ASCII.GetString(line) : ResultBytes.Decode(line);
            if (isFirst) text = text.TrimStart('\uFEFF');
            isFirst = false;
            return text;
        }
    }

    /// <summary>The last lines of a file on local disk; empty when there is no such plain file.</summary>
    public static string Tail(string path)
    {
        using var file = ChildFolder.TryRead(path);
        if (file is null) return "";
        file.Seek(Math.Max(0, file.Length - TailBytes), SeekOrigin.Begin);
        var bytes = new byte[TailBytes];
        return Encoding.Latin1.GetString(bytes, 0, file.ReadAtLeast(bytes, TailBytes, throwOnEndOfStream: false));
    }
}
