using System.Globalization;

namespace RunBed;

/// <summary>The form of an EPW with one day of records.</summary>
internal static class Weather
{
    public static readonly string[] Header =
    [
        "LOCATION,Nowhere,-,-,TEST,000000,0.0,0.0,0.0,0.0", "DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,", "COMMENTS 2,", "DATA PERIODS,1,1,Data,Sunday, 1/ 1, 1/ 1",
    ];

    public static string Text(double dryBulbCelsius) => string.Concat(Header.Concat(Records(dryBulbCelsius)).Select(line => line + "\n"));

    public static IEnumerable<string> Records(double dryBulbCelsius) => Enumerable.Range(1, 24)
        .Select(hour => string.Create(CultureInfo.InvariantCulture, $"2017,1,1,{hour},0,?9,{dryBulbCelsius}")
            + string.Concat(Enumerable.Repeat(",0", 28)));
}
