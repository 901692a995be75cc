namespace IdfKit.Engine;

/// <summary>What the system's loader prints when a program cannot run for want of a library.</summary>
internal static class LoaderFault
{
    /// <summary>
    /// glibc's ld.so: "…: error while loading shared libraries: libX11.so.6: cannot open shared object file: …" and
    /// "…: /lib/libc.so.6: version `GLIBC_2.38' not found (required by …)". Null when there is no such line.
    /// </summary>
    public static string? In(string output) => output.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line =>
        line.Contains("error while loading shared libraries", StringComparison.Ordinal)
        || (line.Contains(": version `", StringComparison.Ordinal) && line.Contains("not found (required by", StringComparison.Ordinal)));
}
