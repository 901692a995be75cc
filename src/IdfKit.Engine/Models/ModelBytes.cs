namespace IdfKit.Engine.Models;

/// <summary>Reads a stream into memory and refuses what cannot be a model before anything is parsed.</summary>
internal static class ModelBytes
{
    private const int FirstBuffer = 256 * 1024;

    public static ModelText Read(Stream stream)
    {
        var (bytes, length) = ReadAll(stream);
        var span = bytes.AsSpan(0, length);
        if (length == 0) throw NotAModel("the file is empty");
        if (span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw NotAModel("the file is UTF-16 text; save it as UTF-8");
        if (span.IndexOf((byte)0) is >= 0 and var zero)
        {
            var (line, column) = new ModelText(bytes, length).PositionOf(zero);
            throw new ModelSyntaxException(line, column, $"This is not an EnergyPlus model: the file is binary (a zero byte at line {line}, column {column}).");
        }
        return new ModelText(bytes, length);
    }

    private static (byte[] Bytes, int Length) ReadAll(Stream stream)
    {
        var remaining = stream.CanSeek ? stream.Length - stream.Position : FirstBuffer - 1;
        if (remaining >= Array.MaxLength) throw NotAModel("the file is larger than 2 GB");
        // One byte more than is expected, so that the end is seen without growing.
        var bytes = new byte[remaining + 1];
        var length = 0;
        while (stream.Read(bytes, length, bytes.Length - length) is > 0 and var read)
        {
            length += read;
            if (length < bytes.Length) continue;
            if (length == Array.MaxLength) throw NotAModel("the file is larger than 2 GB");
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, 2L * length));
        }
        return (bytes, length);
    }

    private static ModelSyntaxException NotAModel(string why) => new(1, 1, $"This is not an EnergyPlus model: {why}.");
}
