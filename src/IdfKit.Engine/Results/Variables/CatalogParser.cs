namespace IdfKit.Engine.Results.Variables;

/// <summary>
/// Takes an <c>.rdd</c> or <c>.mdd</c> apart. <c>Output:VariableDictionary,IDF</c> writes objects ready for a model,
/// <c>Output:Variable,*,Name,hourly; !- Zone Average [C]</c>; <c>Regular</c> writes <c>Zone,Average,Name [C]</c>.
/// </summary>
internal static class CatalogParser
{
    private const int LongestLine = 64 * 1024; // EnergyPlus's have some hundred bytes

    public static VariableCatalog Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.IsEmpty) return new([], isCut: true);
        var entries = new List<CatalogEntry>();
        for (var number = 1; ; number++)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return new(entries, isCut: bytes.Length > 0);
            var line = ResultBytes.Decode(bytes[..Math.Min(end, LongestLine)]).Trim();
            bytes = bytes[(end + 1)..];
            if (IsComment(line)) continue;
            if (!TryParse(line, out var entry)) throw NoCatalog(number, line);
            if (entry is not null) entries.Add(entry);
        }
    }

    private static bool IsComment(string line) =>
        line.Length == 0 || line[0] == '!' || line.StartsWith("Program Version,", StringComparison.Ordinal)
            || line.StartsWith("Var Type", StringComparison.Ordinal);

    /// <summary>False when the line is nothing of these files; no entry when it is a cumulative meter.</summary>
    private static bool TryParse(string line, out CatalogEntry? entry)
    {
        entry = null;
        var (text, units) = SplitUnits(line);
        if (units is null) return false;
        if (line.StartsWith("Output:Meter", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("Output:Variable", StringComparison.OrdinalIgnoreCase))
        {
            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            if (semicolon < 0) return false;
            var fields = text[..semicolon].Split(',', StringSplitOptions.TrimEntries);
            var comment = text[semicolon..];
            var isSystem = comment.Contains("HVAC", StringComparison.Ordinal);
            if (string.Equals(fields[0], "Output:Variable", StringComparison.OrdinalIgnoreCase) && fields.Length >= 4)
                entry = new(fields[2], fields[1], units, IsMeter: false, comment.Contains("Sum", StringComparison.Ordinal), isSystem);
            else if (string.Equals(fields[0], "Output:Meter", StringComparison.OrdinalIgnoreCase) && fields.Length >= 2)
                entry = new(fields[1], "*", units, IsMeter: true, IsSum: true, isSystem);
            return true;
        }
        var parts = text.Split(',', 3, StringSplitOptions.TrimEntries);
        if (parts is not [var step, var kind, { Length: > 0 } name] || step is not ("Zone" or "HVAC" or "Plant" or "Other")) return false;
        entry = new(name, "*", units, IsMeter: kind is "Meter", IsSum: kind is "Sum" or "Meter", IsSystem: step is not "Zone");
        return true;
    }

    /// <summary>What stands before the last brackets, and in them.</summary>
    private static (string Text, string? Units) SplitUnits(string line)
    {
        var start = line.LastIndexOf('[');
        return start >= 0 && line.EndsWith(']') ? (line[..start].TrimEnd(), line[(start + 1)..^1].Trim()) : (line, null);
    }

    private static ResultsException NoCatalog(int number, string line) =>
        new("eplusout.rdd",
            $"Reading an .rdd or .mdd failed at line {number}: \"{OneLine.Of(line, 60)}\" is "
                + "no variable or meter. Give the .rdd or .mdd file of an EnergyPlus run.");
}
