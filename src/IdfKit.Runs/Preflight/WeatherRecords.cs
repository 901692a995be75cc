using System.Buffers;
using System.Buffers.Text;

namespace IdfKit.Runs.Preflight;

/// <summary>
/// The records of an EPW, one a line: year, month, day, hour, minute, flags, then numbers. Every day has its hours 1 to 24, each
/// with as many records as the DATA PERIODS line says; EnergyPlus stops in the middle of a simulation where one is missing, is
/// there twice, or is no record.
/// </summary>
internal sealed class WeatherRecords(WeatherPeriods periods, string name)
{
    private const int DateFields = 5, FlagsField = 5, Values = 27; // EnergyPlus reads no record with fewer
    private const int CodesField = 27, MostValues = 34; // what stands between may be empty, and no text

    private static readonly SearchValues<byte> BeginsNumber = SearchValues.Create("0123456789.-nNiI"u8);
    private static readonly SearchValues<byte> Nothing = SearchValues.Create(" ,\t\r\0\u001a"u8);

    private int _hour = 1;
    private int _inHour;
    private int _leapRecords;
    private bool _passedOver;

    /// <summary>Records so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whole days so far.</summary>
    public int Days => Count / (24 * periods.RecordsAnHour);

    /// <summary>Whether lines that hold nothing stand between records, on which EnergyPlus stops.</summary>
    public bool HasBlankLines { get; private set; }

    /// <summary>How many there are to be; null when only EnergyPlus can tell.</summary>
    private int? Expected => periods.Days is { } days ? days * 24 * periods.RecordsAnHour + _leapRecords : null;

    /// <summary>One sentence about what is wrong; null when nothing is.</summary>
    public string? Read(WeatherLines lines)
    {
        var last = lines.Count;
        while (lines.TryRead(out var line))
        {
            if (IsBlank(line))
            {
                _passedOver = true;
                continue;
            }
            var values = ValuesOf(line, out var date);
            if (values < Values || date is not { } found || found.Hour != _hour)
            {
                // EnergyPlus does not read what follows the last record.
                if (Count >= Expected || Expected is null && Count > 0 && values < DateFields) return null;
                return FaultOf(lines, values, date);
            }
            HasBlankLines |= _passedOver;
            Add(found);
            last = lines.Count;
        }
        return Expected is { } all && Count < all ? Short(last, all) : null;
    }

    private void Add((int Month, int Day, int Hour) date)
    {
        Count++;
        if (date is { Month: 2, Day: 29 }) _leapRecords++;
        if (++_inHour < periods.RecordsAnHour) return;
        _inHour = 0;
        _hour = _hour % 24 + 1;
    }

    private string FaultOf(WeatherLines lines, int values, (int Month, int Day, int Hour)? date)
    {
        var at = lines.Count;
        if (values >= Values && date is { } found)
            return RunSentences.WeatherHourMissing(name, at, found.Hour, found.Month, found.Day, _hour);
        var isLast = true;
        while (lines.TryRead(out var line))
            isLast &= IsBlank(line);
        return isLast ? RunSentences.WeatherCutInLine(name, at) : RunSentences.WeatherRecordUnfit(name, at);
    }

    private string Short(int line, int all) => RunSentences.WeatherCutOff(name, line, Count, all);

    // Spreadsheets write their empty rows as commas.
    internal static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(Nothing);

    /// <summary>How many values a line has before the first that EnergyPlus would not read.</summary>
    private static int ValuesOf(ReadOnlySpan<byte> line, out (int Month, int Day, int Hour)? date)
    {
        date = null;
        Span<int> stamp = stackalloc int[DateFields];
        for (var field = 0; ; field++)
        {
            var end = line.IndexOf((byte)',');
            var value = (end < 0 ? line : line[..end]).TrimStart((byte)' ');
            if (field < DateFields)
            {
                if (!Utf8Parser.TryParse(value, out stamp[field], out var read) || read < value.Length) return field;
                if (field == DateFields - 1) date = (stamp[1], stamp[2], stamp[3]);
            }
            else if (field != FlagsField && !IsNumber(value)) return field;
            if (field == Values - 1) return end < 0 || HasNumbersOrNothing(line[(end + 1)..]) ? Values : field;
            if (end < 0) return field + 1;
            line = line[(end + 1)..];
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> value) => !value.IsEmpty && BeginsNumber.Contains(value[0]);

    private static bool HasNumbersOrNothing(ReadOnlySpan<byte> line)
    {
        for (var field = Values; field < MostValues; field++)
        {
            var end = line.IndexOf((byte)',');
            var value = (end < 0 ? line : line[..end]).TrimStart((byte)' ');
            if (field != CodesField && !value.IsEmpty && !IsNumber(value)) return false;
            if (end < 0) return true;
            line = line[(end + 1)..];
        }
        return true;
    }
}
