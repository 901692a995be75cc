using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>
/// The sentences of this library that a modeller reads. Each is one line of at most <see cref="Longest"/> characters; what EnergyPlus or
/// the model says goes into them through <see cref="OneLine"/>.
/// </summary>
internal static partial class RunSentences
{
    private const double Largest = 1e12;

    /// <summary>The most characters of a message.</summary>
    public const int Longest = 300;

    // What a model is

    public static string Utf16Model(string name) =>
        $"'{OneLine.Of(name, 80)}' is written as UTF-16, which EnergyPlus cannot read; save it as UTF-8 and drop it again.";

    // Series as Parquet

    public static string SeriesTooLarge(string what) =>
        $"The series were not written as Parquet: the run left {OneLine.Of(what, 100)}. They are in the .eso and .mtr files; "
            + "report less often or fewer variables for Parquet.";

    public static string SeriesUnreadable { get; } =
        "The series were not written as Parquet: the .eso, .mtr or .sql file of the run does not begin like one, or is broken.";

    public static string SeriesNotMade(string fault) =>
        $"The series were not written as Parquet: {OneLine.Of(fault, 160).TrimEnd('.')}. They are in the .eso, .mtr and .sql files.";

    public static string SeriesLeftForDeadline { get; } =
        "The series were not written as Parquet, since the deadline left no time for it; they are in the .eso and .mtr files.";

    // Run periods side by side

    public static string PeriodsApart(int periods) =>
        $"The {periods} run periods were simulated side by side and joined (parallel). Single records may differ a little from those of "
            + "one process, and sums of the tables by 0.01 for each period; segments of run.json names what is missing.";

    public static string InSegments(int segments, string names) =>
        $"These figures were simulated in {segments} parts side by side and added up: {OneLine.Of(names, 200).TrimEnd('.')}.";

    public static string PeriodsNotApart(string why) =>
        $"The run periods were simulated one after the other (parallel): {OneLine.Of(why, 200).TrimEnd('.')}.";

    public static string PeriodsNotCompleted(string why) =>
        $"The run periods were simulated side by side, which was not completed: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "They were simulated again as one run.";

    public static string PeriodsNotJoined(string why) =>
        $"The run periods were simulated side by side and could not be joined: {OneLine.Of(why, 120).TrimEnd('.')}. "
            + "They were simulated again as one run.";

    // What is no single run

    public static string IsStudy(string className, int line) =>
        $"The model has {OneLine.Of(className, 60)} (line {line}), which makes it a study by itself: of a model NAME.idf that was dropped "
            + "its rows are in NAME.study beside this folder; elsewhere run it with 'idfkit study run'.";

    // What a model may do

    public static string UnsafeObjects(string first, int more) =>
        "The model could run code or reach other files: "
            + $"{OneLine.Of(first, 120).TrimEnd('.')}{(more > 0 ? $" (and {more} more, listed under risks)" : "")}; "
            + "take it out, or ask the owner of the function to allow it (IDFKIT_ALLOW_UNSAFE_OBJECTS).";

    // Endings

    /// <summary>Sentences behind each other, as many as a message has room for; null when there is none.</summary>
    public static string? Together(params IEnumerable<string?> sentences)
    {
        var message = "";
        foreach (var sentence in sentences)
        {
            if (string.IsNullOrEmpty(sentence) || message.Length + 1 + sentence.Length > Longest) continue;
            message = message.Length == 0 ? sentence : message + " " + sentence;
        }
        return message.Length == 0 ? null : message;
    }

    /// <summary>A sentence, and what EnergyPlus complained of first, cut to the room that is left.</summary>
    public static string AndSevere(string sentence, string? severe)
    {
        const string Begins = " EnergyPlus's first severe error: ";
        return string.IsNullOrWhiteSpace(severe)
            ? sentence
            : sentence + Begins + Stopped(OneLine.Of(severe, Longest - sentence.Length - Begins.Length - 1));
    }

    public static string Fatal(string severe, string again) =>
        SevereAnd(severe, $"EnergyPlus stopped with a fatal error; correct this and {again}.");

    public static string FatalOnly(string fatal, string again) =>
        $"EnergyPlus stopped with a fatal error: {Stopped(OneLine.Of(fatal, 170))} Look into the .err file, correct it and {again}.";

    public static string FatalSilent { get; } =
        "EnergyPlus stopped with a fatal error and did not say which; the last lines of the .err file may tell.";

    public static string Crashed(string severe, int signal, string again) =>
        SevereAnd(severe, $"EnergyPlus then crashed (signal {signal}); correct this and {again}.");

    public static string RefusedCall(string call) =>
        $"EnergyPlus was ended (signal 31) because it made a system call{(call.Length > 0 ? $", {OneLine.Of(call, 30)}," : "")} "
        + "that no simulation needs; the model may abuse a fault in it. "
        + "If it is your own, tell the owner of the function (IDFKIT_CONFINEMENT).";

    public static string CrashedSilently(int signal, string again) =>
        $"EnergyPlus crashed (signal {signal}) without saying why; the model may hold something that it cannot "
        + $"read. Undo what was last changed in it and {again}.";

    public static string NoResult(string severe, int? exitCode, string again) =>
        SevereAnd(severe, $"EnergyPlus ended with {ExitCode(exitCode)} and without a result; correct this and {again}.");

    public static string NoResultSilently(int? exitCode, string lastLine)
    {
        var said = lastLine.Length == 0 ? "it printed nothing" : OneLine.Of(lastLine, 180);
        return $"EnergyPlus ended with {ExitCode(exitCode)} and without a result: {Stopped(said)} See the .err file.";
    }

    public static string TimedOut(double seconds, string? jobFile) =>
        $"EnergyPlus was stopped after the {Number(seconds)} s that the job allows; to give it longer, raise "
        + (jobFile is null ? "the job's time limit." : $"timeout_seconds in {OneLine.Of(jobFile, 60).TrimEnd('.')}.");

    public static string Deadline(double seconds) =>
        $"EnergyPlus was stopped after {Number(Math.Round(seconds))} s because the function's time was ending. The "
        + "function's owner can give it longer (its timeout; --timeout in idfkit dev) or use AWS Batch.";

    public static string OutOfMemory(bool isKilled, long megabytes, bool isFunction)
    {
        var what = isKilled ? "EnergyPlus was killed by the system, as happens when memory runs out" : "EnergyPlus ran out of memory";
        var who = isFunction ? "Give the function more memory (MemorySize, --memory)" : "Give the machine more memory";
        return $"{what}; it held {Number(megabytes)} MB at most. {who}, or simplify the model.";
    }

    public static string OutOfMemoryTogether(long megabytes, bool isFunction)
    {
        var who = isFunction ? "Give the function more memory (MemorySize, --memory)" : "Give the machine more memory";
        return $"EnergyPlus was stopped because it and the programs that it had started held more than {Number(megabytes)} MB together. "
            + $"{who}, or simplify the model.";
    }

    public static string TooManyProcesses(long most, string again) =>
        $"EnergyPlus was stopped because it and what it had started were more than {Number(most)} processes, which no simulation needs; "
        + $"remove from the model what starts programs, and {again}.";

    public static string TooManyFiles(long most, string again) =>
        $"EnergyPlus was stopped because it had written more than {Number(most)} files, which no simulation needs; "
        + $"remove from the model what writes them, and {again}.";

    public static string TooMuchWritten(long megabytes, bool isFunction, string again)
    {
        var who = isFunction
            ? "The function's owner can give it a larger disk (EphemeralStorage; with idfkit dev IDFKIT_WORK_DIR)"
            : "Free space on the disk";
        return $"EnergyPlus was stopped because it had written {Number(megabytes)} MB, all that there is room for. "
            + $"{who}; or ask for fewer outputs, or less often, and {again}.";
    }

    public static string CompletedWithSevere(long count, string? first)
    {
        var (errors, them) = count == 1 ? ("error", "it") : ("errors", "them");
        var what = $"EnergyPlus completed with {Number(count)} severe {errors}; read {them} in the .err file before you trust the results.";
        return string.IsNullOrWhiteSpace(first) ? what : $"{what} The first: {Stopped(OneLine.Of(first, Longest - what.Length - 13))}";
    }

    /// <summary>Over what the figures are; null when it is one year, or when nothing tells.</summary>
    public static string? NotAYear(EnergySummary summary)
    {
        if (summary.HoursSimulated is not { } hours || hours <= 0) return null;
        var simulated = summary.Periods.Sum(period => period.Hours);
        if (simulated > hours)
            return $"Of {Number(simulated)} simulated hours the figures are of the last {Number(hours)}: EnergyPlus's tables "
                + "begin anew with the last year of a run period of two years or more.";
        return hours is 365 * 24 or 366 * 24 ? null : NotAYear(hours, summary.Periods);
    }

    private static string NotAYear(double hours, IReadOnlyList<SummaryPeriod> periods)
    {
        var which = periods is [var only] ? $" ({OneLine.Of(only.From, 12)} to {OneLine.Of(only.To, 12)})" : "";
        return $"The figures are of {Number(hours)} hours{which}, not of one year.";
    }

    public static string OtherPlace(string weather, string model) =>
        $"{OtherPlaceBegins}{OneLine.Of(weather, 60)}, but the model's Site:Location is {OneLine.Of(model, 60)}; {OtherPlaceEnds}";

    [SentencePart]
    public const string OtherPlaceBegins = "The weather is of ", OtherPlaceEnds = "EnergyPlus took the place of the weather.";

    public static string NotMet(double heating, double cooling) =>
        $"Setpoints were not met in {Number(Math.Round(heating + cooling))} occupied hours (heating {Number(Math.Round(heating))}, "
        + $"cooling {Number(Math.Round(cooling))}), more than the 300 that ASHRAE 90.1 allows; check the sizes of the systems, "
        + "their schedules and the thermostats.";

    public static string NoCsv { get; } =
        "There is no .csv of the variables: the model's OutputControl:Files switches off the .eso file from which readvars makes it.";

    // Endings: what of the results was not kept

    public static string LeftUnknown(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} that EnergyPlus itself does not write, which were not kept; name under "
        + "outputs in the job file what is to be kept. A run.json, summary.json, progress.json or report.html never is.";

    public static string LeftNoFile(int count, string? example) =>
        $"The run left {Many(count, "entry", "entries", example)} in the folder of its results that are no plain files but folders, links, "
        + "pipes or the like; none was kept.";

    public static string LeftBadName(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} under names that no result can have; none was kept.";

    public static string LeftTooLarge(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} larger than 16 GiB, which were not kept; ask for fewer output variables.";

    public static string LeftTooLate(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} too large to be stored before its deadline; ask for fewer output variables.";

    public static string LeftTooMany(int count) =>
        $"The run left more files than are kept; {Many(count, "file", "files", null)} and perhaps more were left out.";

    public static string LeftInOthersFolder(int count, string? example) =>
        $"The run left {Many(count, "file", "files", example)} in a folder of another model's results; none was kept.";

    public static string LeftAltered(int count, string? example) =>
        $"Of the run's results {Many(count, "file", "files", example)} could not be read or were altered while they were stored, and were "
        + "not kept; run the model again.";

    private static string Many(int count, string one, string more, string? example) =>
        $"{Number(count)} {(count == 1 ? one : more)}{(example is null ? "" : $" (such as '{OneLine.Of(example, 60)}')")}";

    public static string LeftOut(string what) => $"Left out to keep this record small: {what}.";

    // Endings: why a summary has no figures

    public static string DesignDaysAsked(string? jobFile, string again) =>
        "Only the design days were simulated, as the job asks, so there are no yearly figures. For the whole year take design_day "
        + (jobFile is null ? "out of its options" : $"out of {OneLine.Of(jobFile, 60)}") + $" and {again}.";

    public static string DesignDaysWithoutWeather(string again) =>
        "Only the design days were simulated, because no weather file was given, so there are no yearly figures. "
        + $"For the whole year name one and {again}.";

    public static string DesignDaysByControl(string? jobFile, bool hasWeather, string again) =>
        "Only the design days were simulated, so there are no yearly figures: the model's SimulationControl "
        + $"says so. For the whole year {Annual(jobFile, hasWeather)} and {again}.";

    public static string DesignDaysWithoutPeriod(string again) =>
        "Only the design days were simulated, so there are no yearly figures: the model has no RunPeriod. "
        + $"For the whole year add one, from 1/1 to 12/31, and {again}.";

    public static string NothingByControl(string? jobFile, bool hasWeather, string again) =>
        "Nothing was simulated: the model's SimulationControl switches off all but sizing. For the whole year "
        + $"{Annual(jobFile, hasWeather)} and {again}.";

    public static string NothingWithoutPeriod(string again) =>
        $"Nothing was simulated, because the model has no RunPeriod. For the whole year add one, from 1/1 to 12/31, and {again}.";

    public static string TablesOff(string again) =>
        "There are no figures, because the model's OutputControl:Files switches off both the tables and the "
        + $".sql file that they are read from. Set one of these to Yes and {again}.";

    public static string TablesUnread(string style, string again) =>
        "There are no figures: OutputControl:Files switches off the .sql file, and OutputControl:Table:Style "
        + $"{OneLine.Of(style, 20)} is not read here. Set the first to Yes, or the second to HTML, and {again}.";

    public static string NoAnnualReport(string again) =>
        $"There are no figures: the model's Output:Table:SummaryReports lacks AnnualBuildingUtilityPerformanceSummary. Add it and {again}.";

    public static string NoTables { get; } =
        "There are no figures, because EnergyPlus wrote no table of the site energy; the .err file may tell why.";

    // Endings: what EnergyPlus's errors mean

    public static string NotInModel(string who, string field, string value, int? line) =>
        $"{who} names the {Value(field)} \"{Value(value)}\"{InLine(line)}, which is not in the model.";

    public static string VertexLacks(string who, string vertex, string axis) =>
        $"{who} ends too early: its {Value(vertex)} vertex has no {Value(axis)}; the file may be cut off.";

    public static string Lacks(string who, string field) => $"{who} lacks its {Value(field)}, which it must have.";

    public static string ModelLacks(string className) => $"The model has no {Value(className)}, and must have one.";

    public static string TooMany(string className, string most) =>
        $"The model has more than {most} {Value(className)}, which EnergyPlus does not allow.";

    public static string NotAChoice(string who, string field, string value) =>
        $"{who} has the {Value(field)} \"{Value(value)}\", which EnergyPlus does not know.";

    public static string WrongType(string who, string field, string value, string wanted) =>
        $"{who} has the {Value(field)} \"{Value(value)}\", which must be {wanted}.";

    public static string OutOfBounds(string who, string field, string value, string bound) =>
        $"{who} has the {Value(field)} {Value(value)}, which must be {bound}.";

    public static string NoClass(string className, int? line) =>
        $"\"{Value(className)}\"{InLine(line)} is no class of objects that EnergyPlus knows.";

    public static string AtLine(int line, string what) => $"Line {line}: {Stopped(what)}";

    public static string About(string who, string what) => $"{who}: {Stopped(what)}";

    public static string With(string what, string who) => $"{Stopped(what)[..^1]} ({who}).";

    /// <summary>The text with a full stop, if it has none.</summary>
    [SentencePart]
    public static string Stopped(string text) =>
        text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : text.TrimEnd(';', ',', ':', ' ') + ".";

    /// <summary><c> (line 51)</c>; nothing when the line is not known.</summary>
    [SentencePart]
    public static string InLine(int? line) => line is { } number ? $" (line {number})" : "";

    private static string SevereAnd(string severe, string then) => Stopped(OneLine.Of(severe, Longest - then.Length - 2)) + " " + then;

    private static string Annual(string? jobFile, bool hasWeather) =>
        (jobFile is null ? "ask for an annual run" : $"put {{\"annual\": true}} into {OneLine.Of(jobFile, 60)}")
        + (hasWeather ? "" : ", a weather file beside it,");

    private static string Value(string text) => OneLine.Of(text, 40);

    private static string ExitCode(int? code) => code is { } number ? $"exit code {number}" : "an exit code that nobody saw";

    private static string Number(double value) => Math.Clamp(value, -Largest, Largest).ToString("#,0.###", CultureInfo.InvariantCulture);

    // Weather

    private const int LongestFileName = 80;

    public static string WeatherEndsEarly(string name, int line, string expected) =>
        $"The weather file '{Name(name)}' ends in line {line}, before its {Shown(expected)} line; fetch it again.";

    public static string NoWeatherFile(string name, OtherWeather what) =>
        $"The weather file '{Name(name)}' is not an EPW: its first line does not begin with LOCATION{AndSo(what)}.";

    public static string WeatherHasOldLineEnds(string name) =>
        $"The weather file '{Name(name)}' cannot be read: its lines end with CR alone; save it with the line ends of Windows or Unix.";

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

    // Companions

    public static string CompanionMissing(FileReference reference, string place, IReadOnlyList<string> near, int others, bool waits) =>
        Fitting(longest => $"{Named(reference, longest)}, which is not at '{End(place, longest)}'{Found(near, longest)}; put it there"
            + $"{(waits ? ", and the model is run" : " and run the job again")}"
            + $"{(others > 0 ? $" ({others} more are missing)" : "")}.");

    public static string RootedCompanionMissing(FileReference reference, string name, IReadOnlyList<string> near) =>
        Fitting(longest => $"{Named(reference, longest)}{Found(near, longest)}; give a path relative to the model: "
            + $"write only '{End(name, longest)}' and put it beside the model.");

    public static string CompanionDenied(FileReference reference, string place, bool waits) =>
        Fitting(longest => $"{Named(reference, longest)}, and '{End(place, longest)}' is not there or may not be read; "
            + (waits
                ? "put it there, and the model is run; or ask the function's owner to let its role read it."
                : "ask its owner for the right to read it, or put it beside the model."));

    public static string TooManyFiles(int most) =>
        $"The model names more than {Number(most)} different files, which is the most that are fetched; put several columns into one file.";

    public static string TooManyReferences(int most) =>
        $"The model has more than {Number(most)} objects that read files, which is the most that are taken; "
            + "leave out what it does not need.";

    public static string PathTooLong(string path, int most) =>
        $"The model names a file by more than {Number(most)} characters ({OneLine.Of(path, 60)}), which no file can have; "
            + "put the file beside the model and write its name.";

    public static string PathLeadsOut(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which leads out of the folder that models may use; "
            + "give a path relative to the model and put the file there.");

    public static string PathIsNoFile(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which cannot be the name of a file; "
            + "put the file beside the model and write its name.");

    public static string PathNotRewritten(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}, which could not be changed in the copy that is run; "
            + "put the file beside the model and write only its name.");

    public static string FoundOtherwise(FileReference reference, string taken) =>
        Fitting(longest => $"{Named(reference, longest)}; {End(taken, longest)} was taken for it.");

    public static string FoundInEnergyPlus(FileReference reference) =>
        Fitting(longest => $"{Named(reference, longest)}; EnergyPlus's own data was taken for it.");

    private static string Named(FileReference reference, int longest)
    {
        var name = reference.ObjectName is { } given ? $" '{OneLine.Of(given, longest / 2)}'" : "";
        return $"{OneLine.Of(reference.ClassName, 45)}{name} (line {reference.Line}) names the file '{End(reference.Path, longest)}'";
    }

    private static string Found(IReadOnlyList<string> near, int longest) =>
        near.Count == 0 ? "" : $" (found {string.Join(" and ", near.Take(2).Select(found => OneLine.Of(found, Math.Min(longest, 40))))})";

    /// <summary>The sentence with its names as long as there is room for them.</summary>
    private static string Fitting(Func<int, string> sentence)
    {
        foreach (var longest in (int[])[70, 50, 36])
            if (sentence(longest) is { Length: <= Longest } fits) return fits;
        return sentence(24);
    }

    /// <summary>The end of a path says most.</summary>
    private static string End(string path, int longest)
    {
        var line = OneLine.Of(path, 1024);
        return line.Length <= longest ? line : "…" + line[^(longest - 1)..];
    }

    private static string Name(string name) => OneLine.Of(name, LongestFileName);

    // Tables of runs

    public static string NoRecord { get; } =
        "Results of EnergyPlus lie here without a run.json: another program ran it, or it never came to an end. Run it again for a row.";

    public static string NoRecordOfARun { get; } =
        "The run.json that lies here is no record of a run; another program wrote it. Move it, or ask for the folders of the runs alone.";

    public static string BrokenRecord { get; } =
        "The run.json that lies here cannot be read; it may be cut off or damaged. Run the model again.";

    public static string RecordTooLarge { get; } =
        "The run.json that lies here is far larger than the record of a run, and was not read; another program wrote it.";

    public static string NewerRecord(string version) =>
        $"The run.json that lies here is of a newer form ({OneLine.Of(version, 20)}) than this version reads; collect it with a newer one.";
}
