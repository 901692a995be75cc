using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What a modeller reads of this library, a line each.</summary>
internal static class RunSentences
{
    private const int LongestName = 80;

    // Weather
    public const string AnArchive = "as an archive's does; unpack it and use the .epw file inside";
    public const string AWebPage = "as a web page's does; download the .epw file itself";
    public const string ALargeFilePointer = "as a Git LFS pointer's does; fetch the file itself with 'git lfs pull'";
    public const string Utf16Text = "as UTF-16 text may; save it as plain text (UTF-8) or fetch it again";

    private const string ConvertIt = "and not with LOCATION; convert it with EnergyPlus's WeatherConverter or use the .epw file";

    public static string WeatherEndsEarly(string name, int line, string expected) =>
        $"The weather file '{Name(name)}' ends in line {line}, before its {expected} line; fetch it again.";

    public static string NoWeatherFile(string name, string begins, string? what) =>
        $"The weather file '{Name(name)}' is not an EPW: its first line begins with '{begins}'{(what is null ? " " + ConvertIt : ", " + what)}.";

    public static string WeatherHasOldLineEnds(string name) =>
        $"The weather file '{Name(name)}' cannot be read: its lines end with CR alone; save it with the line ends of Windows or Unix.";

    public static string WeatherLineUnfit(string name, int line, string begins, string expected) =>
        $"The weather file '{Name(name)}' is not a whole EPW: line {line} begins with '{begins}' and not with {expected}; fetch it again.";

    public static string WeatherLineTooShort(string name, int line, string expected) =>
        $"The weather file '{Name(name)}' is not a whole EPW: line {line} ({expected}) has too few values; fetch it again.";

    public static string WeatherPeriodsUnfit(string name, string expected) =>
        $"The weather file '{Name(name)}' cannot be read: its DATA PERIODS line (line 8) must say {expected}; correct it or fetch it again.";

    public static string WeatherCutOff(string name, int line, int records, int promised) => string.Create(CultureInfo.InvariantCulture,
        $"The weather file '{Name(name)}' is cut off: it ends in line {line} with {records} of the {promised} records that its DATA PERIODS line promises; fetch it again.");

    public static string WeatherCutInLine(string name, int line) =>
        $"The weather file '{Name(name)}' is cut off in the middle of line {line}; fetch it again.";

    public static string WeatherRecordUnfit(string name, int line) =>
        $"The weather file '{Name(name)}' is damaged: line {line} is no whole record of an hour; fetch it again.";

    public static string WeatherHourMissing(string name, int line, int hour, int month, int day, int expected) =>
        $"The weather file '{Name(name)}' lacks an hour or has one twice: line {line} is hour {hour} of {month}/{day}, and hour {expected} comes next; fetch it again.";

    public static string WeatherMended(string name, bool rows, bool names) =>
        $"The weather file '{Name(name)}' was mended for the run: {(names ? "the names of its first lines" : "")}"
        + $"{(rows && names ? ", and " : "")}{(rows ? "empty rows between its records" : "")}; EnergyPlus misreads them.";

    public static string MainsFromWeatherItself(string name) =>
        $"There is no '{Name(name)}' beside the weather, so EnergyPlus takes the temperature of mains water from the weather file itself; "
        + "put it there for the figures that it gives with both files.";

    public static string MainsAreNonsense(string name, bool isRefused) =>
        $"The model takes the temperature of mains water from the weather, which needs 365 days of hours or a '{Name(name)}' beside it: "
        + $"{(isRefused ? "hot water would be nonsense" : "the figures of mains water are nonsense")}; put that file there.";

    // Companions
    public const string EnergyPlusData = "EnergyPlus's own data";

    private const int LongestPath = 70;

    public static string CompanionMissing(FileReference reference, string place, IReadOnlyList<string> near, int others, bool waits) =>
        $"{Named(reference)}, which is not at '{Path(place)}'{Found(near)}; put it there{(waits ? ", and the model is run" : " and run the job again")}"
        + $"{(others > 0 ? $" ({others} more are missing)" : "")}.";

    public static string RootedCompanionMissing(FileReference reference, string name, IReadOnlyList<string> near, bool waits) =>
        $"{Named(reference)}, a path of another machine{Found(near)}; write only '{Path(name)}' and put it beside the model"
        + $"{(waits ? ", or put it there as it is: the model is then run" : "")}.";

    public static string CompanionDenied(FileReference reference, string place) =>
        $"{Named(reference)}, and '{Path(place)}' may not be read; ask its owner for the right to read it, or put it beside the model.";

    public static string PathLeadsOut(FileReference reference) =>
        $"{Named(reference)}, which leads out of the folder that models may use; put the file beside the model and write only its name.";

    public static string PathIsNoFile(FileReference reference) =>
        $"{Named(reference)}, which cannot be the name of a file; put the file beside the model and write only its name.";

    public static string PathNotRewritten(FileReference reference) =>
        $"{Named(reference)}, which could not be changed in the copy that is run; put the file beside the model and write only its name.";

    public static string FoundOtherwise(FileReference reference, string taken) =>
        $"{Named(reference)}; {(taken == EnergyPlusData ? taken : Path(taken))} was taken for it.";

    private static string Named(FileReference reference)
    {
        var name = reference.ObjectName is { } given ? $" '{OneLine.Of(given, 30)}'" : "";
        return $"{OneLine.Of(reference.ClassName, 45)}{name} (line {reference.Line}) names the file '{Path(reference.Path)}'";
    }

    private static string Found(IReadOnlyList<string> near) =>
        near.Count == 0 ? "" : $" (found {string.Join(" and ", near.Select(found => OneLine.Of(found, 40)))})";

    private static string Path(string path)
    {
        var line = OneLine.Of(path, 1024);
        return line.Length <= LongestPath ? line : "…" + line[^(LongestPath - 1)..];
    }

    private static string Name(string name) => OneLine.Of(name, LongestName);
}
