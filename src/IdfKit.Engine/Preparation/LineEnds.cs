namespace IdfKit.Engine.Preparation;

/// <summary>Gives lines that end with CR alone an LF instead; the file keeps its length.</summary>
internal static class LineEnds
{
    public static void Mend(string path)
    {
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at++)
            if (bytes[at] == '\r' && (at + 1 == bytes.Length || bytes[at + 1] != '\n')) bytes[at] = (byte)'\n';
        File.WriteAllBytes(path, bytes);
    }
}
