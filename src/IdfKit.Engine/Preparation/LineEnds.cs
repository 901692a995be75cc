namespace IdfKit.Engine.Preparation;

/// <summary>Gives lines that end with CR alone an LF instead; the file keeps its length.</summary>
internal static class LineEnds
{
    private const int Piece = 64 * 1024;

    public static void Mend(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Access = FileAccess.ReadWrite, BufferSize = 0 });
        var buffer = new byte[Piece];
        for (var (at, isCut) = (0L, false); file.ReadAtLeast(buffer, Piece, throwOnEndOfStream: false) is > 0 and var count; at += count)
        {
            // A piece may end between CR and LF: then it is written without the last CR, which the next piece decides.
            if (isCut && buffer[0] != '\n') Put(file, at - 1, "\n"u8);
            isCut = buffer[count - 1] == '\r';
            var piece = buffer.AsSpan(0, isCut ? count - 1 : count);
            if (Mend(piece)) Put(file, at, piece);
            file.Position = at + count;
            if (isCut && file.Position == file.Length) Put(file, at + count - 1, "\n"u8);
        }
    }

    private static bool Mend(Span<byte> piece)
    {
        var isMended = false;
        for (var at = 0; at < piece.Length; at++)
        {
            if (piece[at] != '\r' || (at + 1 < piece.Length && piece[at + 1] == '\n')) continue;
            piece[at] = (byte)'\n';
            isMended = true;
        }
        return isMended;
    }

    private static void Put(FileStream file, long at, ReadOnlySpan<byte> bytes)
    {
        file.Position = at;
        file.Write(bytes);
    }
}
