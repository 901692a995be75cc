using System.Globalization;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Writes the <c>.eio</c> file of a year: that of the first segment, whose line of the run period is given the days of the whole one.
/// </summary>
internal static class YearPeriodLine
{
    private const string Environment = "Environment,";
    private const string Kind = "WeatherFileRunPeriod";
    private const int Begin = 1, End = 2, Days = 4; // fields behind the kind

    public static void Write(YearPeriod period, FileStream first, FileStream into, string name)
    {
        var lines = PartLines.Of(first, name);
        var at = lines.FindLastIndex(line =>
            line.StartsWith(Environment, StringComparison.Ordinal) && line.Contains(Kind, StringComparison.Ordinal));
        if (at < 0) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        lines[at] = Of(period, lines[at], name);
        PartLines.Write(into, lines);
    }

    private static string Of(YearPeriod period, string line, string name)
    {
        var fields = line.Split(',');
        var kind = Array.FindLastIndex(fields, field => field.Trim() == Kind);
        if (kind < 0 || fields.Length <= kind + Days) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        var (begin, end) = (period.Begin, period.DateOf(period.Days - 1));
        fields[kind + Begin] = Text(begin, period.YearOfEnergyPlus);
        fields[kind + End] = Text(end, period.YearOfEnergyPlus + (end.DayOfYear < begin.DayOfYear ? 1 : 0));
        fields[kind + Days] = period.Days.ToString(CultureInfo.InvariantCulture);
        return string.Join(',', fields);
    }

    private static string Text(YearDate date, int year) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Month:00}/{date.Day:00}/{year}");
}
