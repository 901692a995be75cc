using System.Text;

namespace IdfKit.Engine.Preparation;

/// <summary>Changes to a text, by their places in it as it was: noted one after the other, and written in one pass.</summary>
internal sealed class TextEdits
{
    private readonly SortedDictionary<int, (int End, byte[] Text)> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Puts text in the place of a piece; what is put at one place twice stands in this order.</summary>
    public void Replace(int start, int end, ReadOnlySpan<byte> text) =>
        _edits[start] = _edits.TryGetValue(start, out var before)
            ? (Math.Max(before.End, end), [.. before.Text, .. text])
            : (end, text.ToArray());

    public void Replace(int start, int end, string text) => Replace(start, end, Encoding.UTF8.GetBytes(text));

    public void Insert(int at, string text) => Replace(at, at, text);

    /// <summary>The changes in the order of their places.</summary>
    public IEnumerable<(int Start, int End, ReadOnlyMemory<byte> Text)> All =>
        _edits.Select(edit => (edit.Key, edit.Value.End, (ReadOnlyMemory<byte>)edit.Value.Text));

    /// <summary>The text as it is now.</summary>
    public byte[] AppliedTo(ReadOnlySpan<byte> text)
    {
        using var written = new MemoryStream(text.Length);
        WriteTo(written, text);
        return written.ToArray();
    }

    /// <summary>Writes the text as it is now.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="text">The text as it was, which is not held by that file.</param>
    public void WriteTo(string path, ReadOnlySpan<byte> text)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        WriteTo(file, text);
    }

    /// <summary>Writes the text as it is now.</summary>
    public void WriteTo(Stream file, ReadOnlySpan<byte> text)
    {
        var from = 0;
        foreach (var (start, (end, written)) in _edits)
        {
            file.Write(text[from..start]);
            file.Write(written);
            from = end;
        }
        file.Write(text[from..]);
    }
}
