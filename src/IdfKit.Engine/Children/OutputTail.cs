using System.Text;

namespace IdfKit.Engine.Children;

/// <summary>The end of a text of any length, in a ring of bytes.</summary>
internal sealed class OutputTail
{
    private const int Capacity = 8192;

    private readonly byte[] _ring = new byte[Capacity];
    private readonly Lock _gate = new();
    private long _total;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (bytes.Length > Capacity)
            {
                _total += bytes.Length - Capacity;
                bytes = bytes[^Capacity..];
            }
            var at = (int)(_total % Capacity);
            var first = Math.Min(bytes.Length, Capacity - at);
            bytes[..first].CopyTo(_ring.AsSpan(at));
            bytes[first..].CopyTo(_ring);
            _total += bytes.Length;
        }
    }

    /// <summary>
    /// From the start of a line where the text was longer. EnergyPlus prints UTF-8 or what the model holds; bad bytes
    /// become U+FFFD.
    /// </summary>
    public override string ToString()
    {
        lock (_gate)
        {
            if (_total <= Capacity) return Encoding.UTF8.GetString(_ring, 0, (int)_total);
            var at = (int)(_total % Capacity);
            var text = Encoding.UTF8.GetString([.. _ring.AsSpan(at), .. _ring.AsSpan(0, at)]);
            return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }
    }
}
