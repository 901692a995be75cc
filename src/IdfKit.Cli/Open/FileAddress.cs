namespace IdfKit.Cli.Open;

/// <summary>
/// The address of a file of a run: <c>/files/KEY/rRUN/PATH</c>. The run is one segment, so that links from one file of a run to another
/// lead there.
/// </summary>
internal static class FileAddress
{
    private const char Run = 'r'; // a run may be the folder itself, which has no name

    /// <summary>Reads it as it was sent: decoded once, and only here. False: it is none, or its key opens nothing.</summary>
    public static bool TryRead(string target, string prefix, Door door, out string run, out string path)
    {
        (run, path) = ("", "");
        if (!target.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var parts = target[prefix.Length..].Split('?', '#')[0].Split('/');
        if (parts.Length < 3 || !door.OpensFiles(parts[0]) || parts[1] is not [Run, ..]) return false;
        (run, path) = (Uri.UnescapeDataString(parts[1][1..]), string.Join('/', parts[2..].Select(Uri.UnescapeDataString)));
        return true;
    }
}
