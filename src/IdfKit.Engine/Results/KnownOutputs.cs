namespace IdfKit.Engine.Results;

/// <summary>
/// The names of the files that EnergyPlus, and the programs that it starts, leave in the folder of a run (8.9 to 25.2): of each style,
/// whichever one the run asked for.
/// </summary>
internal static class KnownOutputs
{
    private const int LongestExtension = 16; // delightdfdmp
    private const int LongestPart = 32; // eplusout_detailed_zone.json
    private const string GroundFolder = "_ghedesigner_outputs"; // EnergyPlus 25.2 sizes ground heat exchangers by a program of its own

    // Styles L, C and D: eplustbl.htm, eplusTable.htm, eplus-table.htm. The last is eplus.eso of the styles C and D.
    private static readonly string[] Kinds =
    [
        "out", "tbl", "table", "map", "zsz", "ssz", "spsz", "psz", "mtr", "meter", "sqlite", "ads", "screen", "shading", "",
    ];

    private static readonly string[] WithoutPrefix =
    [
        "sqlite.err", "expanded.idf", "expandedidf.err", "in.idf", "in.imf", "out.idf", "audit.out", "readvars.audit", "utilSocket.log",
    ];

    /// <summary>Whether a file of that name is EnergyPlus's own.</summary>
    /// <param name="path">Beneath the run's folder.</param>
    /// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
    public static bool IsOne(string path, string prefix)
    {
        if (WithoutPrefix.Contains(path, StringComparer.Ordinal)) return true;
        if (!path.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var rest = path[prefix.Length..];
        if (rest.StartsWith(GroundFolder + "/", StringComparison.Ordinal)) return !rest[(GroundFolder.Length + 1)..].Contains('/');
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0 && IsExtension(rest[(dot + 1)..]) && IsKind(rest[..dot]);
    }

    /// <summary>Whether EnergyPlus makes a folder of that name.</summary>
    public static bool IsFolder(string name, string prefix) => name == prefix + GroundFolder;

    private static bool IsExtension(string text) => text.Length is > 0 and <= LongestExtension && text.All(char.IsAsciiLetter);

    /// <summary><c>out</c>, <c>Table</c>, <c>-table</c>, and <c>out_hourly</c>.</summary>
    private static bool IsKind(string text)
    {
        var line = text.IndexOf('_', StringComparison.Ordinal);
        var part = line < 0 ? "" : text[line..];
        if (part.Length > LongestPart || !part.All(letter => letter is '_' || char.IsAsciiLetter(letter))) return false;
        var kind = (line < 0 ? text : text[..line]).TrimStart('-');
        return Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase);
    }
}
