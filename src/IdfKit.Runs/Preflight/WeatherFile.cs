using System.Globalization;
using System.Text;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// Whether a file is an EPW that EnergyPlus can simulate with: eight lines of header, then a line for each record of its data periods
/// (EnergyPlus 25.2, Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary").
/// </summary>
internal static class WeatherFile
{
    private static readonly string[] Header =
        ["LOCATION", "DESIGN CONDITIONS", "TYPICAL/EXTREME PERIODS", "GROUND TEMPERATURES", "HOLIDAYS/DAYLIGHT SAVINGS", "COMMENTS 1", "COMMENTS 2", "DATA PERIODS"];

    private static readonly int[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    /// <summary>One sentence about what is wrong, with the line; null when nothing is.</summary>
    /// <param name="localPath">The file.</param>
    /// <param name="name">What the modeller calls it.</param>
    public static string? FaultOf(string localPath, string name)
    {
        using var reader = new StreamReader(localPath, Encoding.Latin1); // only its structure is of interest here
        var periods = "";
        for (var line = 0; line < Header.Length; line++)
        {
            var text = reader.ReadLine();
            if (text is null) return $"The weather file '{name}' ends in line {line + 1}, before its {Header[line]} line; fetch it again.";
            if (line == 0) text = text.TrimStart('\u00ef', '\u00bb', '\u00bf');
            if (!text.TrimStart().StartsWith(Header[line], StringComparison.OrdinalIgnoreCase))
                return line == 0
                    ? $"The weather file '{name}' is not an EPW: its first line begins with '{Shown(text)}' and not with LOCATION; convert it with EnergyPlus's WeatherConverter or use the .epw file."
                    : $"The weather file '{name}' is not a whole EPW: line {line + 1} begins with '{Shown(text)}' and not with {Header[line]}; fetch it again.";
            periods = text;
        }
        return FaultOfRecords(reader, name, RecordsOf(periods));
    }

    private static string? FaultOfRecords(StreamReader reader, string name, int expected)
    {
        var (count, fields, last) = (0, 0, "");
        while (reader.ReadLine() is { } record)
        {
            if (string.IsNullOrWhiteSpace(record)) continue;
            if (count++ == 0) fields = record.AsSpan().Count(',');
            last = record;
        }
        var at = Header.Length + count;
        if (count < expected) return $"The weather file '{name}' is cut off: it ends in line {at} with {count} of the {expected} records that its DATA PERIODS line promises; fetch it again.";
        return last.AsSpan().Count(',') < fields ? $"The weather file '{name}' is cut off in the middle of line {at}; fetch it again." : null;
    }

    // DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31: number of periods, records an hour, then name, first weekday, first and last day of each.
    private static int RecordsOf(string line)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length < 3 || !Number(fields[1], out var periods) || !Number(fields[2], out var anHour)) return 0;
        var days = 0;
        for (var period = 0; period < periods && 3 + 4 * period + 3 < fields.Length; period++)
        {
            var (first, last) = (DayOfYear(fields[5 + 4 * period]), DayOfYear(fields[6 + 4 * period]));
            if (first is null || last is null) return 0; // a form that only EnergyPlus reads
            days += last.Value - first.Value + (last < first ? 366 : 1);
        }
        return days * 24 * anHour;
    }

    private static int? DayOfYear(string date)
    {
        var parts = date.Split('/', StringSplitOptions.TrimEntries);
        return parts.Length >= 2 && Number(parts[0], out var month) && month is >= 1 and <= 12 && Number(parts[1], out var day) ? DaysBefore[month - 1] + day : null;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Shown(string text)
    {
        var plain = new string([.. text.Take(24).Select(letter => char.IsControl(letter) || letter > '~' ? '?' : letter)]);
        return text.Length > plain.Length ? plain + "..." : plain;
    }
}
