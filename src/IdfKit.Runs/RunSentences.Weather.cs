using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What is said of a weather file.</summary>
internal static partial class RunSentences
{
    private const int LongestFileName = 80;

    // No EPW, or no whole one

    public static string NoWeatherFile(string name, OtherWeather what) =>
        $"The weather file '{Name(name)}' is not an EPW: its first line does not begin with LOCATION{AndSo(what)}.";

    public static string WeatherHasOldLineEnds(string name) =>
        $"The weather file '{Name(name)}' cannot be read: its lines end with CR alone; save it with the line ends of Windows or Unix.";

    public static string WeatherEndsEarly(string name, int line, string expected) =>
        $"The weather file '{Name(name)}' ends in line {line}, before its {Shown(expected)} line; fetch it again.";

    public static string WeatherLineUnfit(string name, int line, string? begins, string expected) =>
        $"The weather file '{Name(name)}' is not a whole EPW: line {line} "
            + (begins is null || begins == expected ? $"is no {expected} line" : $"begins with {Shown(begins)} and not with {expected}")
            + "; fetch it again.";

    public static string WeatherLineTooShort(string name, int line, string expected) =>
        $"The weather file '{Name(name)}' is not a whole EPW: line {line} ({Shown(expected)}) has too few values; fetch it again.";

    public static string WeatherPeriodsUnfit(string name, string expected) =>
        $"The weather file '{Name(name)}' cannot be read: its DATA PERIODS line (line 8) must say {OneLine.Of(expected, 90)}; "
        + "correct it or fetch it again.";

    public static string WeatherCutOff(string name, int line, int records, int promised) =>
        $"The weather file '{Name(name)}' is cut off: it ends in line {line} with {records} of the {promised} records "
        + "that its DATA PERIODS line promises; fetch it again.";

    public static string WeatherCutInLine(string name, int line) =>
        $"The weather file '{Name(name)}' is cut off in the middle of line {line}; fetch it again.";

    public static string WeatherRecordUnfit(string name, int line) =>
        $"The weather file '{Name(name)}' is damaged: line {line} is no whole record of an hour; fetch it again.";

    public static string WeatherHourMissing(string name, int line, int hour, int month, int day, int expected) =>
        $"The weather file '{Name(name)}' lacks an hour or has one twice: line {line} is hour {hour} of {month}/{day}, "
        + $"and hour {expected} comes next; fetch it again.";

    // What it does to a run

    public static string WeatherMended(string name, bool rows, bool names) =>
        $"The weather file '{Name(name)}' was mended for the run: {(names ? "the names of its first lines" : "")}"
        + $"{(rows && names ? ", and " : "")}{(rows ? "empty rows between its records" : "")}; EnergyPlus misreads them.";

    public static string MainsFromWeatherItself(string name, bool isDenied = false) =>
        $"{(isDenied ? "The" : "There is no")} '{Name(name)}' beside the weather{(isDenied ? " is not there or may not be read" : "")}, "
        + "so EnergyPlus takes the temperature of mains water from the weather file itself; "
        + $"{(isDenied ? "let the function read it" : "put it there")} for the figures that it gives with both files.";

    public static string MainsAreNonsense(string name, bool isRefused) =>
        $"The model takes the temperature of mains water from the weather, which needs 365 days of hours or a '{Name(name)}' beside it: "
        + $"{(isRefused ? "hot water would be nonsense" : "the figures of mains water are nonsense")}; put that file there.";

    private static string AndSo(OtherWeather what) => what switch
    {
        OtherWeather.Archive => ", but as an archive does; unpack it and use the .epw file inside",
        OtherWeather.WebPage => ", but as a web page does; download the .epw file itself",
        OtherWeather.LargeFilePointer => ", but as a Git LFS pointer does; fetch the file itself with 'git lfs pull'",
        OtherWeather.Utf16 => ", but as UTF-16 text may; save it as plain text (UTF-8) or fetch it again",
        _ => "; convert it with EnergyPlus's WeatherConverter or use the .epw file",
    };

    private static string Shown(string begins) => OneLine.Of(begins, 30);

    private static string Name(string name) => OneLine.Of(name, LongestFileName);
}
