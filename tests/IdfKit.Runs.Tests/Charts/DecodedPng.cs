using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace IdfKit.Runs.Tests.Charts;

/// <summary>An image of colours by index, read as the specification of PNG (third edition) says.</summary>
internal sealed class DecodedPng
{
    private readonly byte[] _pixels;
    private readonly byte[] _palette;
    private readonly byte[] _opacity;

    public DecodedPng(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        var chunks = Chunks(file[8..]).ToDictionary(chunk => chunk.Kind, chunk => chunk.Content);
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Keys);
        var header = chunks["IHDR"];
        Assert.Equal([8, 3, 0, 0, 0], header[8..]); // bits, palette, and the only methods that there are
        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        (_palette, _opacity) = (chunks["PLTE"], chunks["tRNS"]);

        using var zip = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zip.CopyTo(rows);
        Assert.Equal((Width + 1) * Height, rows.Length);
        var read = rows.ToArray();
        Assert.All(Enumerable.Range(0, Height), row => Assert.Equal(0, read[row * (Width + 1)]));
        _pixels = [.. Enumerable.Range(0, Height).SelectMany(row => read.Skip(row * (Width + 1) + 1).Take(Width))];
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue, byte Opacity) this[int x, int y]
    {
        get
        {
            int index = _pixels[y * Width + x];
            return (_palette[3 * index], _palette[3 * index + 1], _palette[3 * index + 2], _opacity[index]);
        }
    }

    private static IEnumerable<(string Kind, byte[] Content)> Chunks(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var checkedPart = file[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            yield return (Encoding.ASCII.GetString(checkedPart[..4]), checkedPart[4..]);
            at += length + 12;
        }
    }

    /// <summary>Bit by bit, as the standard defines it.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var bit in bytes.SelectMany(value => Enumerable.Range(0, 8).Select(bit => (uint)(value >> bit) & 1)))
            crc = ((crc ^ bit) & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        return ~crc;
    }
}
