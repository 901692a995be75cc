using System.Text;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// The eight lines that an EPW begins with. EnergyPlus 25.2 goes by their place, and by the name of the first and the last only;
/// a line that holds too few values takes the rest from the next one, and what follows crashes.
/// </summary>
internal sealed class WeatherHeader
{
    public const int Lines = 8;

    private const int Location = 0, TypicalPeriods = 2, Holidays = 4, DataPeriods = 7;
    private const int LocationValues = 9, HolidayValues = 4;

    private static readonly string[] Names =
    [
        "LOCATION", "DESIGN CONDITIONS", "TYPICAL/EXTREME PERIODS", "GROUND TEMPERATURES",
        "HOLIDAYS/DAYLIGHT SAVINGS", "COMMENTS 1", "COMMENTS 2", "DATA PERIODS",
    ];

    private static readonly bool[] NeedsCommas = [true, true, true, true, true, false, false, true];

    /// <summary>What the eighth line says; null when the header has a fault.</summary>
    public WeatherPeriods? Periods { get; private set; }

    /// <summary>One sentence about what is wrong; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Lines that EnergyPlus would misread, by their place from 0, as they are to be written for it.</summary>
    public Dictionary<int, byte[]> Mended { get; } = [];

    /// <summary>Reads the first lines of a file.</summary>
    public static WeatherHeader Read(WeatherLines lines, string name)
    {
        var header = new WeatherHeader();
        var read = new List<byte[]>();
        while (read.Count < Lines && lines.TryRead(out var line)) read.Add(line.ToArray());
        header.Fault = header.FaultOf(read, name);
        return header;
    }

    private string? FaultOf(List<byte[]> read, string name)
    {
        if (read.Count > 0 && FaultOfFirst(read[0], name) is { } noEpw) return noEpw;
        if (read.Count < Lines || Mend(read[DataPeriods], Names[DataPeriods]) is not { } last)
            return Misplaced(read, name) ?? RunSentences.WeatherEndsEarly(name, read.Count + 1, Names[read.Count]);

        for (var at = 1; at < DataPeriods; at++)
        {
            if (NeedsCommas[at] && !read[at].Contains((byte)','))
                return RunSentences.WeatherLineUnfit(name, at + 1, NameOf(read[at]), Names[at]);
        }
        if (ValuesOf(Mended.GetValueOrDefault(Location) ?? read[Location]).Length < LocationValues) return TooFewValues(name, Location);
        if (read[TypicalPeriods].AsSpan().IndexOf((byte)',') == read[TypicalPeriods].Length - 1) return TooFewValues(name, TypicalPeriods);
        if (!HasItsHolidays(ValuesOf(read[Holidays]))) return TooFewValues(name, Holidays);

        Keep(DataPeriods, read[DataPeriods], last);
        Periods = WeatherPeriods.Read(last, out var unfit);
        return unfit is null ? null : RunSentences.WeatherPeriodsUnfit(name, unfit);
    }

    private string? FaultOfFirst(byte[] line, string name)
    {
        // An archive may have any byte, so that this comes first.
        if (WhatItIs(line) is not OtherWeather.Unknown and var other) return RunSentences.NoWeatherFile(name, other);
        if (line.AsSpan().Contains((byte)'\r')) return RunSentences.WeatherHasOldLineEnds(name);
        if (Mend(line, Names[Location]) is not { } mended) return RunSentences.NoWeatherFile(name, OtherWeather.Unknown);
        Keep(Location, line, mended);
        return null;
    }

    /// <summary>The first line that stands in another one's place; null when those that are there are right.</summary>
    private static string? Misplaced(List<byte[]> read, string name)
    {
        for (var at = 1; at < read.Count; at++)
            if (Mend(read[at], Names[at]) is null) return RunSentences.WeatherLineUnfit(name, at + 1, NameOf(read[at]), Names[at]);
        return null;
    }

    private void Keep(int at, byte[] line, byte[] mended)
    {
        if (!line.AsSpan().SequenceEqual(mended)) Mended[at] = mended;
    }

    /// <summary>
    /// A line that begins with a name, as EnergyPlus knows it: the name first but for blanks, in capitals, without quotes. With
    /// anything else it takes the place for latitude 0 (line 1) or crashes (line 8). Null when the line begins otherwise.
    /// </summary>
    private static byte[]? Mend(byte[] line, string name)
    {
        if (line.AsSpan().TrimStart((byte)' ').StartsWith(Encoding.ASCII.GetBytes(name))) return line;
        var text = Encoding.Latin1.GetString(line).TrimStart('\u00ef', '\u00bb', '\u00bf').TrimStart();
        if (text.StartsWith('"')) text = text.Replace("\"", "", StringComparison.Ordinal);
        return text.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1.GetBytes(name + text[name.Length..]) : null;
    }

    private static string TooFewValues(string name, int at) => RunSentences.WeatherLineTooShort(name, at + 1, Names[at]);

    /// <summary>What stands behind the name, without the empty values that a spreadsheet adds.</summary>
    private static string[] ValuesOf(byte[] line) =>
        Encoding.Latin1.GetString(line).TrimEnd(',', ' ', '\t').Split(',', StringSplitOptions.TrimEntries)[1..];

    private static bool HasItsHolidays(string[] values) =>
        values.Length >= HolidayValues
        && (!int.TryParse(values[3], out var count) || values.Length >= HolidayValues + 2 * Math.Clamp(count, 0, 1000));

    private static OtherWeather WhatItIs(byte[] line)
    {
        var text = Encoding.Latin1.GetString(line).TrimStart();
        if (line is [(byte)'P', (byte)'K', ..] or [0x1f, 0x8b, ..]) return OtherWeather.Archive;
        if (line is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [_, 0, ..] or [0, ..]) return OtherWeather.Utf16;
        if (text.StartsWith('<')) return OtherWeather.WebPage;
        var isPointer = text.StartsWith("version https://git-lfs", StringComparison.OrdinalIgnoreCase);
        return isPointer ? OtherWeather.LargeFilePointer : OtherWeather.Unknown;
    }

    /// <summary>
    /// Which line of an EPW begins so; null for any other. Nothing else of it is shown: who named the file may not be allowed to read it.
    /// </summary>
    private static string? NameOf(byte[] line) => Array.Find(Names, name => Mend(line, name) is not null);
}
