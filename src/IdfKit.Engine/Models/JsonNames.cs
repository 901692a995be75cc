using System.Text;
using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>
/// The names of the members of one JSON object, to find one that stands there twice. It keeps only where each stands, since an object
/// may have a million.
/// </summary>
internal sealed class JsonNames(ReadOnlyMemory<byte> json, bool ignoreCase)
{
    private const int Least = 16;
    private const int KeptWhenCleared = 256;

    // Offset of a name's opening quote, plus one; 0 is a free place.
    private int[] _slots = new int[Least];
    private int _count;

    public void Clear()
    {
        if (_count == 0) return;
        if (_slots.Length > KeptWhenCleared) _slots = new int[Least];
        else Array.Clear(_slots);
        _count = 0;
    }

    /// <summary>Adds the name whose token starts at an offset; the offset of the same name when it is there already, else -1.</summary>
    public int Add(int offset)
    {
        if (_count >= _slots.Length / 4 * 3) Grow();
        var name = NameAt(offset);
        var slot = FindSlot(name);
        if (_slots[slot] != 0) return _slots[slot] - 1;
        _slots[slot] = offset + 1;
        _count++;
        return -1;
    }

    /// <summary>The place of the name, or the free one where it belongs.</summary>
    private int FindSlot(ReadOnlySpan<byte> name)
    {
        var mask = _slots.Length - 1;
        var slot = Hash(name) & mask;
        while (_slots[slot] != 0 && !Same(NameAt(_slots[slot] - 1), name)) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        foreach (var kept in old)
            if (kept != 0) _slots[FindSlot(NameAt(kept - 1))] = kept;
    }

    /// <summary>The name between its quotes; without its escapes where it has some.</summary>
    private ReadOnlySpan<byte> NameAt(int offset)
    {
        var token = json.Span[(offset + 1)..];
        var end = token.IndexOfAny((byte)'"', (byte)'\\');
        if (token[end] == '"') return token[..end];
        var reader = new Utf8JsonReader(json.Span[offset..], isFinalBlock: false, default);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    private int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        if (!ignoreCase) hash.AddBytes(name);
        Span<byte> folded = stackalloc byte[64];
        for (; ignoreCase && name.Length > 0; name = name[Math.Min(name.Length, folded.Length)..])
        {
            var part = name[..Math.Min(name.Length, folded.Length)];
            for (var at = 0; at < part.Length; at++) folded[at] = Fold(part[at]);
            hash.AddBytes(folded[..part.Length]);
        }
        return hash.ToHashCode();
    }

    private bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        ignoreCase ? EqualsIgnoringCase(one, other) : one.SequenceEqual(other);

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length) return false;
        for (var at = 0; at < one.Length; at++)
            if (Fold(one[at]) != Fold(other[at])) return false;
        return true;
    }

    private static byte Fold(byte character) => character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;
}
