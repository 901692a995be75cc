using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine.Results;

/// <summary>The bytes of a result file, and text out of them.</summary>
internal static class ResultBytes
{
    /// <summary>The most that is read at once: about what an array can hold.</summary>
    public const long Longest = 2_000_000_000;

    private const int Piece = 1 << 20;

    /// <summary>From where the stream stands to its end; the bytes of a memory stream are not copied.</summary>
    /// <param name="stream">It is not closed.</param>
    /// <param name="file">What it is, such as <c>eplustbl.htm</c>.</param>
    /// <param name="longest">The most that it may have.</param>
    /// <exception cref="ResultsException">It has more.</exception>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream, string file, long longest = Longest)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var held))
        {
            var rest = held.AsMemory((int)Math.Min(memory.Position, held.Count));
            memory.Position = memory.Length;
            return rest;
        }
        if (!stream.CanSeek) return ReadPieces(stream, file, longest);
        var length = Math.Max(0, stream.Length - stream.Position);
        if (length > longest) throw TooLong(file, longest);
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>UTF-8, or Latin-1 where the bytes are none: EnergyPlus writes degree signs and the model's names as they come.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    private static ReadOnlyMemory<byte> ReadPieces(Stream stream, string file, long longest)
    {
        var bytes = new byte[Math.Min(Piece, longest + 1)];
        var length = 0;
        for (int read; (read = stream.Read(bytes, length, bytes.Length - length)) > 0;)
        {
            length += read;
            if (length > longest) throw TooLong(file, longest);
            if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * length, longest + 1));
        }
        return bytes.AsMemory(0, length);
    }

    private static ResultsException TooLong(string file, long longest)
    {
        var most = (longest / 1_000_000).ToString("N0", CultureInfo.InvariantCulture);
        return new(file,
            $"Reading {file} failed: it has more than the {most} MB that can be read at once. "
                + "Ask the run for fewer variables, or for values less often.");
    }
}
