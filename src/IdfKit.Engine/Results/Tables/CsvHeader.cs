namespace IdfKit.Engine.Results.Tables;

/// <summary>
/// Takes the first line of a <c>.csv</c> of time series apart. EnergyPlus and ReadVarsESO quote nothing, so that a name with a comma,
/// which epJSON may have, looks like two columns: where there are more of them than values, a column goes on to its
/// <c>[unit](frequency)</c>.
/// </summary>
internal static class CsvHeader
{
    private const int LongestBytes = 64 << 20; // of the line; ten thousand columns have a megabyte
    private const int MostColumns = 500_000;

    /// <summary>The columns behind that of the times.</summary>
    /// <param name="line">Without its line end.</param>
    /// <param name="values">How many values a row has; null when that is not known.</param>
    /// <exception cref="ResultsException">The line is longer than any of EnergyPlus's.</exception>
    public static CsvColumn[] Read(ReadOnlySpan<byte> line, int? values)
    {
        if (line.Length > LongestBytes || line.Count((byte)',') > MostColumns)
        {
            throw new ResultsException("eplusout.csv",
                "Reading a .csv of time series failed at line 1: it has more columns than a run reports. "
                    + "Give the .csv that ReadVarsESO made of an EnergyPlus run.");
        }
        var parts = ResultBytes.Decode(line).Split(',')[1..];
        var columns = parts.Length == values ? parts : Join(parts) ?? parts;
        return [.. columns.Select(Column)];
    }

    /// <summary>Joins parts up to one that ends like a column; null when the last does not.</summary>
    private static string[]? Join(string[] parts)
    {
        var columns = new List<string>(parts.Length);
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!EndsColumn(parts[i])) continue;
            columns.Add(string.Join(',', parts, start, i - start + 1));
            start = i + 1;
        }
        return start == parts.Length ? [.. columns] : null;
    }

    /// <summary><c>…[C](Hourly)</c></summary>
    private static bool EndsColumn(string part)
    {
        var text = part.AsSpan().TrimEnd();
        return text.EndsWith(")") && text.LastIndexOf('(') is > 0 and var open && text[..open].TrimEnd().EndsWith("]");
    }

    private static CsvColumn Column(string part)
    {
        var header = part.Trim();
        var (rest, frequency) = header.EndsWith(')') && header.LastIndexOf('(') is > 0 and var start
            ? (header[..start].TrimEnd(), header[(start + 1)..^1]) : (header, "");
        var (name, unit) = ColumnHeader.Split(rest);
        // A variable's name has blanks and no colon; a meter's has colons and seldom a blank.
        var colon = name.LastIndexOf(':');
        return colon > 0 && name.AsSpan(colon).Contains(' ')
            ? new(header, name[..colon], name[(colon + 1)..], unit, frequency)
            : new(header, "", name, unit, frequency);
    }
}
