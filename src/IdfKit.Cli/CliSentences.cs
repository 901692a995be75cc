using System.Globalization;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli;

/// <summary>What the tool says: here of studies. What others have said goes in as one line.</summary>
internal static partial class CliSentences
{
    private const int Longest = 300;
    private const string PlainInShells = "/._-:+@%,";

    // Wrong usage

    public static string BothPeriods { get; } = "Give --annual or --design-day, not both.";

    public static string ResultsElsewhere { get; } =
        "The study and its results must be in one place: both on this machine, or both in one bucket.";

    public static string FolderTwice { get; } = "STUDY is a folder already; leave -o out, or name the study's file.";

    public static string SeveralChoices { get; } = "Give --failed, --reason or names of rows, not several of them.";

    public static string SeedWithoutSample { get; } = "--seed goes with --sample.";

    public static string NotAStudyName { get; } = "The file to write must be called NAME.study.csv.";

    public static string Empty(string what) => $"{what} must not be empty.";

    public static string NoOption(string given, string? nearest) =>
        $"there is no option '{OneLine(given)}'{(nearest is null ? "" : $" (is {nearest} meant?)")}; a file of that name is written "
            + $"'./{OneLine(given)}'.";

    public static string OutOfRange(string option, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{option} must lie between {least} and {most}.");

    public static string NoObject(string address) =>
        $"'{Line(address)}' names no file in a bucket; write s3://bucket/inputs/office.study.csv.";

    public static string NoVary(string text) =>
        $"'{Line(text)}' is no HEADING=VALUES; write --vary 'Material/Insulation/Thickness=0.05,0.1'.";

    public static string EmptyValue(string text) =>
        $"'{Line(text)}' has an empty value, or one that is too long; write values with commas between them.";

    public static string NoStep(string text) =>
        $"'{Line(text)}' never gets from its first number to its last; the step must lead there.";

    public static string LongRange(string text, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"'{Line(text)}' has more than {most:#,0} values; make the step larger.");

    public static string VaryTwice(string heading) => $"--vary gives values for '{Line(heading)}' twice; write them into one.";

    public static string NoModelName(string model) => $"'{Line(model)}' is no model; its name must end in .idf or .epJSON.";

    // What is not there, or is in the way

    public static string NoModel(string model) => $"there is no model '{Line(model)}'.";

    public static string NoWeather(string weather) => $"there is no weather file '{Line(weather)}'.";

    public static string NoStudyFile(string file) => $"there is no study '{Line(file)}'.";

    public static string NoStudyOf(string folder) =>
        $"no study is known for '{Line(folder)}'; name its file, such as office.study.csv, with -o for the folder of its results.";

    public static string IsThere(string file) => $"'{Line(file)}' is there already and was left as it is; name another with -o.";

    public static string IsRunning(string study) =>
        $"another 'idfkit study' runs '{Line(study)}' already; 'idfkit study status' says how far it is.";

    public static string CannotWrite(string folder, string why) =>
        $"the results cannot be written into '{Line(folder)}' ({Line(why).TrimEnd('.')}); name another folder with -o.";

    public static string Disk(string why) => Line(why).TrimEnd('.') + ".";

    public static string AnnualWithoutWeather(string row) =>
        $"--annual needs weather, and the row '{Line(row)}' has none; name it with --weather or in a column 'weather'.";

    public static string IsTheBase(string row, string folder) =>
        $"the row '{Line(row)}' is called like the model, which would be overwritten in '{Line(folder)}'; name another folder with -o.";

    public static string HoldsSomethingElse(string file) =>
        $"'{Line(file)}' holds something else and nothing was written; name another folder, or overwrite it with --force.";

    public static string NoSuchRow(string name) => $"the study has no row '{Line(name)}'; 'idfkit study check' says its rows.";

    public static string NoSuchReason(string reason, IReadOnlyList<string> reasons) => reasons.Count == 0
        ? $"no row has ended with the reason '{Line(reason)}', or with any other."
        : $"no row has ended with the reason '{Line(reason)}'; there are {Line(string.Join(", ", reasons))}.";

    // Check

    public static string Refused(string study, int faults) =>
        $"{Line(study)}: refused; {(faults == 1 ? "1 thing is" : Number(faults) + " things are")} wrong with it.";

    public static string MoreFaults(int count) => $"And {Counted(count, "more thing")}.";

    public static string Study(string study, int rows, IReadOnlyList<string> models, IReadOnlyList<string?> weather)
    {
        var with = weather is [null] ? "without weather" : "with " + Names([.. weather.Select(name => name ?? "no weather")]);
        return $"{Line(study)}: {Counted(rows, "row")}, each a variant of {Names(models)}, {with}.";
    }

    public static string Column(StudyParameter parameter, int values)
    {
        var objects = parameter.Objects is { } count ? ", " + Counted(count, "object") : "";
        return $"{parameter.Kind.ToString().ToLowerInvariant()}{objects}, {Counted(values, "value")}";
    }

    public static string WouldRun(int count, int all, IReadOnlyList<string> names)
    {
        if (count == 0) return $"Nothing would run: {(all == 1 ? "its row has" : $"all {Number(all)} rows have")} run already.";
        var more = count > names.Count ? $", and {Number(count - names.Count)} more" : "";
        return $"{Number(count)} of {Counted(all, "row")} would run: {string.Join(", ", names)}{more}.";
    }

    // Run

    public static string Begins(string study, int count, int all) => count == 0
        ? $"{Line(study)}: nothing is to be run; the table and the page are made anew."
        : $"{Line(study)}: {Number(count)} of {Counted(all, "row")} {(count == 1 ? "is" : "are")} run.";

    public static string RowEnded(string status, string row, int ended, int total, string? message) =>
        $"{status,-10}  {Line(row)}  ({Number(ended)} of {Number(total)}){(message is null ? "" : "  " + Line(message))}";

    public static string Progress(int ended, int total, int failed, TimeSpan? left, string running)
    {
        var failures = failed > 0 ? $", {Number(failed)} failed" : "";
        var time = left is { } span ? $", about {Duration(span)} left" : "";
        return $"{Number(ended)} of {Counted(total, "row")}{failures}{time}{(running.Length > 0 ? ": " : "")}{running}";
    }

    public static string Stopped(int ended, int total)
    {
        var left = total - ended;
        return $"stopped; {Number(ended)} of {Counted(total, "row")} had ended, {Number(left)} {(left == 1 ? "is" : "are")} left.";
    }

    public static string NoTable { get; } = "The table was not made anew; 'idfkit study collect' makes it.";

    public static string GoOn(string command, string study) => command == "run"
        ? $"To go on, type: idfkit study run {Quoted(study)} (with the same options); what has run is not run again."
        : $"Rows that had not ended have their earlier results; type the command again for them: idfkit study {command} {Quoted(study)}.";

    public static string Counts(int rows, IReadOnlyDictionary<string, int> counts)
    {
        var ends = counts.Where(count => count.Value > 0)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => $"{Number(count.Value)} {count.Key.Replace('_', ' ')}");
        return $"{Counted(rows, "row")}: {string.Join(", ", ends)}.";
    }

    public static string Failed(string? reason, string sentence, int count, IReadOnlyList<string> examples)
    {
        var cause = reason is null ? "" : $" ({reason})";
        var names = Line(string.Join(", ", examples));
        return $"{Counted(count, "row")}{cause}, {(count > examples.Count ? "such as " : "")}{names}: {Line(sentence)}";
    }

    // Status

    public static string IsBeingRun { get; } = "It is being run.";

    public static string RunNow(IReadOnlyList<string> rows) => $"Run now: {Line(string.Join(", ", rows))}.";

    // Expand, clean, new

    public static string Expanded(int written, int all, string folder) => written == all
        ? $"{Counted(all, "variant")} written into {Line(folder)}."
        : $"{Number(written)} of {Counted(all, "variant")} written into {Line(folder)}; the others were there already.";

    public static string WouldRemove(int count) => count == 0
        ? "No row has gone: there is nothing to remove."
        : $"{Counted(count, "run")} of rows that have gone. Nothing was removed; --yes removes {(count == 1 ? "it" : "them")}.";

    public static string Removed(int count) => $"{Counted(count, "run")} of rows that have gone removed.";

    public static string Written(string file, int rows) =>
        $"{Line(file)}: {Counted(rows, "row")}. Run them: idfkit study run {Quoted(file)}";

    public static string Word(RunStatus status) => status switch
    {
        RunStatus.TimedOut => "timed_out",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string Names(IReadOnlyList<string> names) => names.Count <= 3
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(2))} and {Number(names.Count - 2)} more";

    /// <summary>Such that a shell takes it for one word, and for nothing else.</summary>
    private static string Quoted(string path)
    {
        var isPlain = path.All(c => char.IsLetterOrDigit(c) || PlainInShells.Contains(c, StringComparison.Ordinal));
        return isPlain ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string Duration(TimeSpan time)
    {
        if (time.TotalMinutes < 1) return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s");
        return time.TotalHours < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalHours):0} h");
    }

    private static string Line(string text)
    {
        var line = new string([.. text.Select((c, at) => Printable.IsPlain(text, at) ? c : ' ')]).Trim();
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    private static string Counted(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
