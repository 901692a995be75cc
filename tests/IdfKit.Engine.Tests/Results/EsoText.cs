using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Writes <c>.eso</c> files as EnergyPlus 25.2 does.</summary>
internal static class EsoText
{
    public const string Head = """
        Program Version,EnergyPlus, Version 25.2.0-cf7368216c, YMD=2026.11.23 06:54
        1,5,Environment Title[],Latitude[deg],Longitude[deg],Time Zone[],Elevation[m]
        2,8,Day of Simulation[],Month[],Day of Month[],DST Indicator[1=yes 0=no],Hour[],StartMinute[],EndMinute[],DayType
        3,5,Cumulative Day of Simulation[],Month[],Day of Month[],DST Indicator[1=yes 0=no],DayType  ! When Daily Report Variables Requested
        4,2,Cumulative Days of Simulation[],Month[]  ! When Monthly Report Variables Requested
        5,1,Cumulative Days of Simulation[] ! When Run Period Report Variables Requested
        6,1,Calendar Year of Simulation[] ! When Annual Report Variables Requested

        """;

    public static Stream Stream(string text) => new MemoryStream(Bytes(text));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static EsoResults Read(string text) => EsoResults.Read(Stream(text));

    /// <summary>A year of hours, one design day first; the values are those of <see cref="ValueOf"/>.</summary>
    public static string Year(int variables, int days, string lineEnd = "\n")
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < variables; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Id(i)},1,ZONE {i},Zone Mean Air Temperature [C] !Hourly\n");
        text.Append("End of Data Dictionary\n1,DESIGN DAY,  41.98, -87.92,  -6.00, 201.00\n");
        Hours(1, 1, 21, "WinterDesignDay");
        text.Append("1,A YEAR,  41.98, -87.92,  -6.00, 201.00\n");
        for (var day = new DateTime(2017, 1, 1); day < new DateTime(2017, 1, 1).AddDays(days); day = day.AddDays(1))
            Hours(day.DayOfYear, day.Month, day.Day, day.DayOfWeek.ToString());
        return text.Append("End of Data\n Number of Records Written=       1\n").ToString().Replace(
            "\n", lineEnd, StringComparison.Ordinal);

        void Hours(int number, int month, int day, string dayType)
        {
            for (var hour = 1; hour <= 24; hour++)
            {
                text.Append(CultureInfo.InvariantCulture, $"2,{number},{month,2},{day,2}, 0,{hour,2}, 0.00,60.00,{dayType}\n");
                for (var i = 0; i < variables; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{Id(i)},{ValueOf(i, ((number - 1) * 24) + hour):R}\n");
            }
        }
    }

    public static double ValueOf(int variable, int hour) =>
        hour % 7 == 0 ? 0 : Math.Sin((variable * 1000.0) + hour) * Math.Pow(10, (hour % 11) - 4);

    private static int Id(int variable) => 7 + (variable * 13);
}
