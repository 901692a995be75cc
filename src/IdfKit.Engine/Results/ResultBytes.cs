using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine.Results;

/// <summary>The bytes of a result file, and text out of them.</summary>
internal static class ResultBytes
{
    /// <summary>From where the stream stands to its end; the bytes of a memory stream are not copied.</summary>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var held))
        {
            var rest = held.AsMemory((int)Math.Min(memory.Position, held.Count));
            memory.Position = memory.Length;
            return rest;
        }
        if (stream.CanSeek)
        {
            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)(stream.Length - stream.Position)));
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    /// <summary>UTF-8, or Latin-1 where the bytes are none: EnergyPlus writes degree signs and the model's names as they come.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
}
