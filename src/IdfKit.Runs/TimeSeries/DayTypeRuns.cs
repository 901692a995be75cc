using System.Globalization;
using System.Text;

namespace IdfKit.Runs.TimeSeries;

/// <summary>The types of the days of rows, as a text: <c>Sunday*24 Monday*24 Holiday</c>; <c>-</c> is a row that has none.</summary>
internal static class DayTypeRuns
{
    private const string None = "-";

    public static string Write(IEnumerable<string> dayTypes)
    {
        var text = new StringBuilder();
        var (last, count) = ("", 0);
        foreach (var dayType in dayTypes)
        {
            if (count > 0 && dayType != last) Add(text, last, ref count);
            last = dayType;
            count++;
        }
        if (count > 0) Add(text, last, ref count);
        return text.ToString();
    }

    /// <summary>One for each row; null when the text is of another number of rows.</summary>
    public static string[]? Read(string text, int rows)
    {
        var dayTypes = new string[rows];
        var at = 0;
        foreach (var part in text.AsSpan().Split(' '))
        {
            var run = text.AsSpan(part);
            var star = run.IndexOf('*');
            var count = 1;
            if (star >= 0 && !int.TryParse(run[(star + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count)) return null;
            var name = star < 0 ? run : run[..star];
            if (count > rows - at) return null;
            dayTypes.AsSpan(at, count).Fill(name is None ? "" : name.ToString());
            at += count;
        }
        return at == rows ? dayTypes : null;
    }

    private static void Add(StringBuilder text, string dayType, ref int count)
    {
        if (text.Length > 0) text.Append(' ');
        text.Append(dayType.Length == 0 ? None : dayType);
        if (count > 1) text.Append('*').Append(count.ToString(CultureInfo.InvariantCulture));
        count = 0;
    }
}
