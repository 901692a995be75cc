using System.Buffers;
using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Parts;

/// <summary>
/// Joins <c>.eso</c> or <c>.mtr</c> files: one dictionary, which all have in common, the records of each in turn, and the sum of how many
/// there are.
/// </summary>
internal static class JoinedSeries
{
    private const int LargestDictionary = 16 << 20; // two are held at once
    private const int LongestEnd = 200;

    private static ReadOnlySpan<byte> EndOfDictionary => "End of Data Dictionary\n"u8;

    private static ReadOnlySpan<byte> EndOfData => "End of Data\n Number of Records Written="u8;

    /// <exception cref="PartsUnlikeException">The dictionaries differ, or a file is cut off.</exception>
    public static void Write(IReadOnlyList<FileStream> parts, FileStream into, string name, CancellationToken cancellationToken)
    {
        var dictionary = Dictionary(parts[0], name);
        into.Write(dictionary);
        long records = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            if (part > 0 && !AreAlike(Dictionary(parts[part], name), dictionary))
                throw new PartsUnlikeException(EngineSentences.Unlike(name));
            var (end, written) = EndOf(parts[part], name);
            records += written;
            CopyTo(parts[part], end, into, cancellationToken);
        }
        into.Write(EndOfData);
        into.Write(Encoding.ASCII.GetBytes(records.ToString(CultureInfo.InvariantCulture).PadLeft(12) + "\n"));
    }

    /// <summary>But for the first line, which has the time at which the part began.</summary>
    private static bool AreAlike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one[(one.IndexOf((byte)'\n') + 1)..].SequenceEqual(other[(other.IndexOf((byte)'\n') + 1)..]);

    /// <summary>All up to the first record, where the file is left.</summary>
    private static byte[] Dictionary(FileStream file, string name)
    {
        var read = new ArrayBufferWriter<byte>(1 << 16);
        while (read.WrittenCount < LargestDictionary)
        {
            var count = file.Read(read.GetSpan(1 << 16));
            if (count == 0) break;
            var from = Math.Max(0, read.WrittenCount - EndOfDictionary.Length);
            read.Advance(count);
            var at = read.WrittenSpan[from..].IndexOf(EndOfDictionary);
            if (at < 0) continue;
            var length = from + at + EndOfDictionary.Length;
            file.Position = length;
            return read.WrittenSpan[..length].ToArray();
        }
        throw new PartsUnlikeException(EngineSentences.Unreadable(name));
    }

    /// <summary>Where the records end, and how many the file says that it has.</summary>
    private static (long Offset, long Records) EndOf(FileStream file, string name)
    {
        var began = file.Position;
        var tail = new byte[Math.Min(LongestEnd, file.Length - began)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = began;
        var at = tail.AsSpan().LastIndexOf(EndOfData);
        long records = 0;
        var isWhole = at >= 0 && long.TryParse(
            Encoding.ASCII.GetString(tail.AsSpan(at + EndOfData.Length)).Trim(), CultureInfo.InvariantCulture, out records);
        return isWhole ? (file.Length - tail.Length + at, records) : throw new PartsUnlikeException(EngineSentences.Unreadable(name));
    }

    private static void CopyTo(FileStream file, long end, FileStream into, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        while (file.Position < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, end - file.Position));
            if (count == 0) return;
            into.Write(buffer, 0, count);
        }
    }
}
