using System.Globalization;
using System.Text;

namespace IdfKit.Runs.Tests.TimeSeries;

/// <summary>Texts of <c>.eso</c> files.</summary>
internal static class EsoText
{
    public const string Header = "Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.01.01 00:00\n"
        + "1,5,Environment Title[],Latitude[deg],Longitude[deg],Time Zone[],Elevation[m]\n";

    public const string EndOfDictionary = "End of Data Dictionary\n";

    public const string End = "End of Data\n Number of Records Written=  1\n";

    public static string Environment(string title) => $"1,{title},  41.98, -87.92,  -6.00, 201.00\n";

    /// <summary>An interval of so many minutes that begins at an hour of a day.</summary>
    public static string Step(int month, int day, int hour, double from, double to, string dayType) => string.Create(
        CultureInfo.InvariantCulture, $"2,1,{month},{day}, 0,{hour + 1,2},{from,5:F2},{to,5:F2},{dayType}\n");

    /// <summary>Variables, each with its number.</summary>
    public static string File(IEnumerable<string> dictionary, IEnumerable<string> data) =>
        new StringBuilder(Header).AppendJoin("", dictionary.Select(line => line + "\n")).Append(EndOfDictionary)
            .AppendJoin("", data).Append(End).ToString();
}
