using System.Buffers.Binary;
using System.IO.Compression;

namespace IdfKit.Runs.Charts;

/// <summary>Writes images of at most 256 colours, which stay small: a PNG with a palette.</summary>
internal static class IndexedPng
{
    private const byte BitsOfIndex = 8, IsIndexed = 3;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    /// <summary>The file.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="pixels">The index of each one's colour, row by row from the top left.</param>
    /// <param name="colours">Red, green, blue and opacity.</param>
    public static byte[] Of(int width, ReadOnlySpan<byte> pixels, ReadOnlySpan<(byte Red, byte Green, byte Blue, byte Opacity)> colours)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / width);
        (header[8], header[9]) = (BitsOfIndex, IsIndexed);
        Write(file, "IHDR"u8, header);

        var (palette, opacity) = (new byte[3 * colours.Length], new byte[colours.Length]);
        for (var at = 0; at < colours.Length; at++)
            (palette[3 * at], palette[3 * at + 1], palette[3 * at + 2], opacity[at]) = colours[at];
        Write(file, "PLTE"u8, palette);
        Write(file, "tRNS"u8, opacity);
        Write(file, "IDAT"u8, Compressed(width, pixels));
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compressed(int width, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var start = 0; start < pixels.Length; start += width)
            {
                zip.WriteByte(0); // each row is as it is: differences of indexes say nothing
                zip.Write(pixels.Slice(start, width));
            }
        }
        return packed.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(content);
        var check = uint.MaxValue;
        foreach (var value in kind) check = Remainders[(check ^ value) & 0xff] ^ (check >> 8);
        foreach (var value in content) check = Remainders[(check ^ value) & 0xff] ^ (check >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~check);
        file.Write(number);
    }

    /// <summary>Of the division by the polynomial of CRC-32.</summary>
    private static uint Remainder(uint value)
    {
        const uint Polynomial = 0xedb88320;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        return value;
    }
}
