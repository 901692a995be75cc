using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine;

/// <summary>The bytes of a result file, and text out of them.</summary>
internal static class ResultBytes
{
    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        if (stream.CanSeek)
        {
            var bytes = new byte[stream.Length - stream.Position];
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    /// <summary>UTF-8, or Latin-1 where the bytes are none: EnergyPlus writes degree signs and the model's names as they come.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
}
