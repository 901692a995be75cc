namespace IdfKit.Runs.Preflight;

/// <summary>
/// Whether a file is an EPW that EnergyPlus can simulate with: eight lines of header, then a line for each record of its data periods
/// (EnergyPlus 25.2, Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary").
/// </summary>
internal static class WeatherFile
{
    /// <summary>One sentence about what is wrong, with the line; null when nothing is.</summary>
    /// <param name="localPath">The file, which is only read.</param>
    /// <param name="name">What the modeller calls it.</param>
    public static string? FaultOf(string localPath, string name) => Examine(localPath, name).Fault;

    /// <summary>
    /// Checks the staged copy, and mends in it what EnergyPlus misreads though it is plain what is meant: a byte order mark,
    /// quotes or small letters around a name, empty rows between records.
    /// </summary>
    /// <param name="stagedPath">The copy, which is written again where something is mended.</param>
    /// <param name="name">What the modeller calls it.</param>
    public static WeatherCheck Check(string stagedPath, string name)
    {
        var (fault, header, records) = Examine(stagedPath, name);
        if (fault is not null) return new() { Rejection = new(RunReason.BadWeather, fault) };
        var check = new WeatherCheck { Days = records!.Days, RecordsAnHour = header.Periods!.RecordsAnHour };
        if (header.Mended.Count == 0 && !records.HasBlankLines) return check;
        Mend(stagedPath, header, records.HasBlankLines);
        return check with { Notices = [RunSentences.WeatherMended(name, records.HasBlankLines, header.Mended.Count > 0)] };
    }

    private static (string? Fault, WeatherHeader Header, WeatherRecords? Records) Examine(string path, string name)
    {
        using var lines = new WeatherLines(path);
        var header = WeatherHeader.Read(lines, name);
        if (header.Fault is not null) return (header.Fault, header, null);
        var records = new WeatherRecords(header.Periods!, name);
        return (records.Read(lines), header, records);
    }

    private static void Mend(string path, WeatherHeader header, bool leaveOutBlankLines)
    {
        var mended = path + ".mended";
        using (var lines = new WeatherLines(path))
        using (var file = new FileStream(mended, FileMode.Create))
        {
            while (lines.TryRead(out var line))
            {
                var at = lines.Count - 1;
                if (at >= WeatherHeader.Lines && leaveOutBlankLines && WeatherRecords.IsBlank(line)) continue;
                file.Write(header.Mended.GetValueOrDefault(at) is { } whole ? whole : line);
                file.WriteByte((byte)'\n');
            }
        }
        File.Move(mended, path, overwrite: true);
    }
}

/// <summary>What the check of a weather file found.</summary>
internal sealed record WeatherCheck
{
    /// <summary>Why no run can use the file; null when one can.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>What was mended in the staged copy, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whole days of records.</summary>
    public int Days { get; init; }

    /// <summary>1 in nearly every file.</summary>
    public int RecordsAnHour { get; init; } = 1;

    /// <summary>Whether EnergyPlus can take the yearly mean from the file: it reads 365 days of 24 lines, whatever they are.</summary>
    public bool HasWholeYear => Days >= 365 && RecordsAnHour == 1;
}
