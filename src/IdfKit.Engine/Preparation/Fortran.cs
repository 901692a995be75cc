namespace IdfKit.Engine.Preparation;

/// <summary>Models as EnergyPlus's older programs, written in Fortran, read them.</summary>
internal static class Fortran
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// A copy that may be written, without a byte order mark, which would be the first letters of the first class, and
    /// with an LF where a line ends with CR alone.
    /// </summary>
    public static void Copy(string source, string destination)
    {
        var bytes = File.ReadAllBytes(source);
        using (var file = new FileStream(destination, FileMode.Create, FileAccess.Write))
            file.Write(bytes.AsSpan(bytes.AsSpan().StartsWith(Mark) ? Mark.Length : 0));
        LineEnds.Mend(destination);
    }
}
