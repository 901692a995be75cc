namespace IdfKit.Engine.Results.Eso;

/// <summary>Cuts a file at line ends: the dictionary first, then blocks of data for several processors.</summary>
internal sealed class EsoBlocks(Stream stream) : IDisposable
{
    private const int Size = (128 * 1024) - EsoBlock.Padding;

    private EsoBlock? _next;
    private int _kept;
    private int _sequence;
    private long _position;
    private bool _atEnd;

    /// <summary>Lines of the dictionary.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether a line was found that is longer than any line of EnergyPlus; nothing is taken from there on.</summary>
    public bool IsLineTooLong { get; private set; }

    /// <summary>The dictionary; incomplete when the file is cut in it.</summary>
    /// <param name="isBounded">Whether it may be no larger than a run's.</param>
    public EsoDictionary ReadDictionary(bool isBounded = false)
    {
        var dictionary = new EsoDictionary();
        while (!dictionary.IsComplete && Take() is { } block)
        {
            var text = block.Buffer.AsSpan(0, block.Length);
            while (!dictionary.IsComplete && text.IndexOf((byte)'\n') is >= 0 and var end)
            {
                dictionary.Add(text[..end].TrimEnd((byte)'\r'), ++Lines);
                text = text[(end + 1)..];
            }
            if (isBounded) EsoSelection.CheckPart(dictionary, _position);
            if (text.IsEmpty)
            {
                block.Dispose();
                continue;
            }
            // What follows the dictionary goes back in front of what was kept for the next block.
            var next = new EsoBlock(Math.Max(Size, text.Length + _kept));
            text.CopyTo(next.Buffer);
            _next!.Buffer.AsSpan(0, _kept).CopyTo(next.Buffer.AsSpan(text.Length));
            _kept += text.Length;
            _next.Dispose();
            _next = next;
            block.Dispose();
        }
        _sequence = 0;
        if (Lines == 0 && _next is { } first) EsoDictionary.CheckCutFirstLine(first.Buffer.AsSpan(0, _kept));
        return dictionary;
    }

    /// <summary>The next whole lines; null at the end, or where no line end comes. The caller disposes of them.</summary>
    public EsoBlock? Take()
    {
        if (IsLineTooLong) return null;
        var block = _next ?? new EsoBlock(Size);
        var filled = _kept;
        while (!_atEnd && filled < block.Buffer.Length - EsoBlock.Padding)
        {
            var read = stream.Read(block.Buffer.AsSpan(filled, block.Buffer.Length - EsoBlock.Padding - filled));
            _atEnd = read == 0;
            filled += read;
            _position += read;
        }
        var end = block.Buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
        if (end == 0)
        {
            (IsLineTooLong, _kept, _next) = (!_atEnd, filled, block);
            return null;
        }
        _kept = filled - end;
        _next = new EsoBlock(Size);
        block.Buffer.AsSpan(end, _kept).CopyTo(_next.Buffer);
        block.EndPosition = _position - _kept;
        block.Sequence = _sequence++;
        block.Close(end);
        return block;
    }

    public void Dispose() => _next?.Dispose();
}
