using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results;

/// <summary>
/// How a run ended, by all that tells of it: its exit, what it printed last, its <c>.end</c> and its <c>.err</c> file. A model may switch
/// the <c>.end</c> file off (<c>OutputControl:Files</c>), so none of them is needed. Texts as EnergyPlus 8.9 to 25.2 write them.
/// </summary>
internal sealed partial class RunEnding
{
    private const string Success = "EnergyPlus Completed Successfully";
    private const string GaveUp = "EnergyPlus Terminated";
    private const string FatalMark = "**  Fatal  **";

    private RunEnding(EndSign end, EndSign errors, EndSign words, TimeSpan elapsed) =>
        (End, Errors, Words, Elapsed) = (end, errors, words, elapsed);

    /// <summary>What the <c>.end</c> file says.</summary>
    public EndSign End { get; }

    /// <summary>What the last lines of the <c>.err</c> file say.</summary>
    public EndSign Errors { get; }

    /// <summary>What the program printed last.</summary>
    public EndSign Words { get; }

    /// <summary>How long EnergyPlus says that it took; zero when no file tells.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Reads the signs.</summary>
    /// <param name="end">The <c>.end</c> file; empty when there is none.</param>
    /// <param name="errors">The last lines of the <c>.err</c> file; empty when there is none.</param>
    /// <param name="printed">The last lines that the program printed; empty when nobody kept them.</param>
    public static RunEnding Of(string end, string errors, string printed = "") =>
        new(OfEnd(end), OfErrors(errors), OfWords(printed), ElapsedOf(end) ?? ElapsedOf(errors) ?? TimeSpan.Zero);

    /// <summary>How a process that ended so ended its run.</summary>
    /// <param name="exitCode">Its exit code; null when a signal ended it, or when nobody saw the code.</param>
    /// <param name="signal">The signal that ended it.</param>
    /// <param name="isStopped">Whether it was stopped at its time limit.</param>
    public RunOutcome Judge(int? exitCode, int? signal, bool isStopped)
    {
        var isCleanExit = exitCode is 0 || (exitCode is null && signal is null);
        if (isCleanExit && Has(EndSign.Completed) && !Has(EndSign.GaveUp)) return RunOutcome.Completed;
        if (isStopped) return RunOutcome.TimedOut;
        return signal is null && Has(EndSign.GaveUp) ? RunOutcome.Failed : RunOutcome.Crashed;
    }

    /// <summary>How the run ended, when only its files are known.</summary>
    public RunOutcome JudgeByFiles() => Judge(exitCode: null, signal: null, isStopped: false);

    private bool Has(EndSign sign) => End == sign || Errors == sign || Words == sign;

    private static EndSign OfEnd(string text)
    {
        if (text.Contains(Success, StringComparison.Ordinal)) return EndSign.Completed;
        return string.IsNullOrWhiteSpace(text) ? EndSign.None : EndSign.GaveUp;
    }

    private static EndSign OfErrors(string text)
    {
        var sign = EndSign.None;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var said = line.Trim().TrimStart('*').TrimStart();
            if (said.StartsWith(Success, StringComparison.Ordinal)) sign = EndSign.Completed;
            else if (said.StartsWith(GaveUp, StringComparison.Ordinal)) sign = EndSign.GaveUp;
            else if (line.TrimStart().StartsWith(FatalMark, StringComparison.Ordinal)) sign = EndSign.GaveUp;
        }
        return sign;
    }

    private static EndSign OfWords(string text)
    {
        var sign = EndSign.None;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Success, StringComparison.Ordinal)) sign = EndSign.Completed;
            else if (line.StartsWith("Program terminated: " + GaveUp, StringComparison.Ordinal)) sign = EndSign.GaveUp;
        }
        return sign;
    }

    /// <summary>"Elapsed Time=00hr 00min  0.43sec"; null when the text does not say, or says what no clock measures.</summary>
    private static TimeSpan? ElapsedOf(string text)
    {
        if (ElapsedTime().Matches(text) is not [.., var match]) return null;
        var seconds = (Number(match, "hours") * 3600) + (Number(match, "minutes") * 60) + Number(match, "seconds");
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"Elapsed Time=\s*(?<hours>\d+)hr\s*(?<minutes>\d+)min\s*(?<seconds>\d+(\.\d+)?)sec",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ElapsedTime();
}
