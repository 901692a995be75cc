using System.Globalization;

namespace IdfKit.Drops;

/// <summary>What a modeller reads of a study and its rows.</summary>
internal static partial class DropSentences
{
    // Calls

    internal static string NoCall { get; } = "The call is none of plan, rows and collect; docs/studies.md describes them.";

    internal static string BadCall(string? where) =>
        $"The call cannot be read{(where is null ? "" : $" at {Short(where, 60)}")}; docs/studies.md describes its form.";

    internal static string CallLacks(string member) =>
        $"The call cannot be read, since it has no '{Short(member, 60)}'; docs/studies.md describes its form.";

    internal static string NoStudyUrl(string url) => $"'{Short(url, 90)}' names no study; write s3://bucket/key of its file.";

    internal static string NoFolderOfStudy(string url) =>
        $"'{Short(url, 90)}' is no folder of a study's results; write it as plan answers it, such as s3://bucket/outputs/a.study/.";

    internal static string BadRowName(string name) => $"The row '{Short(name, 60)}' cannot be run: its name cannot be that of a folder.";

    // Plans

    internal static string NoStudy(string key) =>
        $"'{Key(key)}' is no study; its name must end in .study.csv or .study.json, or it is a model that was dropped and has "
            + "Parametric objects.";

    internal static string StudyIsCheckedElsewhere(string name) =>
        $"'{File(name)}' is a study and no model; check it with 'idfkit study check'.";

    internal static string StudyDenied(string study, string path) =>
        $"The study '{Key(study, 70)}' was not planned: the function may not read '{Key(path, 70)}'; its owner can let it.";

    internal static string RowTooLong(int row, string name) =>
        $"Row {Count(row)} ('{Short(name)}') has more text than one run takes (200 KB); give it fewer or shorter columns.";

    internal static string BadRowTags(int row) =>
        $"Row {Count(row)} has tags that S3 does not take: at most ten with those of the job file, of letters, digits, spaces and "
            + "+ - = . _ : / @, a name of at most 128 characters, a value of at most 256.";

    internal static string BaseOutside(string model) =>
        $"The model '{Key(model)}' is not read: it is outside the input prefix; put it beside the study.";

    internal static string TooManyRowsToStart(int rows, int most, double? seconds)
    {
        var time = seconds is { } known ? $" (about {Duration(known)} of computing)" : "";
        return $"{Count(rows)} rows{time} are to be run and none was started, because at most {Count(most)} may be; divide the study, "
            + "or ask the function's owner to raise IDFKIT_STUDY_MAX_ROWS.";
    }

    internal static string TooManyRowsByItself(int rows, int most) =>
        $"The study has {Rows(rows)} and none was started: by itself the function runs at most {Count(most)}. Run it with "
            + "'idfkit study run', or ask the function's owner to deploy it with Studies=true.";

    internal static string TooManyRuns(int rows, int most) =>
        $"The model describes {Count(rows)} runs and none was started: by itself the function makes at most {Count(most)}. Run it with "
            + "'idfkit study run', or drop the values as NAME.study.csv beside a model without Parametric objects.";

    internal static string LeftToMachine(string url) => $"{Url(url)} is a study, which the state machine runs.";

    internal static string RowsAreLeft(string url, int rows) =>
        $"{Rows(rows)} of {Url(url)} are left; they are run when this event is delivered again.";

    internal static string StudyPlanned(int rows, int toRun) => (rows - toRun) switch
    {
        0 => $"{Rows(rows)} {(rows == 1 ? "is" : "are")} to be run.",
        _ when toRun == 0 => $"All of {Rows(rows)} have been run before.",
        var before => $"{Count(toRun)} of {Rows(rows)} {(toRun == 1 ? "is" : "are")} to be run; {Count(before)} have been run before.",
    };

    internal static string StudyPlannedBefore(string url) => $"{Url(url)} has been planned already.";

    internal static string StudyFolderOfAnother(string study, string other) =>
        $"{Key(study, 75)} was not planned: the folder of its results holds those of {Key(other, 75)}; give each bucket of models a bucket "
            + "of results, or remove that folder.";

    internal static string StudyContested(string url) =>
        $"The record of {Url(url)} is written by others all the time; the study is to be planned again.";

    internal static string PlanIsOld(string url) => $"The study in {Url(url)} has been planned anew, or is not planned; this call is old.";

    // Mail

    internal static string StudyEndMail(string study, int ended, int rows) =>
        $"Study {Short(study, 50)}: {Count(ended)} of {Rows(rows)} {(ended == 1 ? "has" : "have")} ended.";

    internal static string RowsNotRunMail(int rows) =>
        $"{Rows(rows)} {(rows == 1 ? "has" : "have")} not been run; drop the study again to run what is left.";

    // Estimates

    internal static string NothingToEstimate { get; } = "No row is to be run.";

    internal static string AsItsModel(double seconds, string model) =>
        $"A row takes about {Duration(seconds)}, as the last run of '{Key(model, 90)}' did.";

    internal static string AsRows(double seconds, int rows) => rows == 1
        ? $"A row takes about {Duration(seconds)}, as the one that has run did."
        : $"A row takes about {Duration(seconds)}, as {Count(rows)} that have run did on average.";

    internal static string SeveralReasons(string first, int others) =>
        $"{Foreign(first, 180)} {Count(others)} other kinds of rows are known from runs like them.";

    internal static string NothingLikeIt(string row) =>
        $"How long rows take is not known: neither the model nor a row has run like '{Short(row, 60)}'. Run the model, or a first row, "
            + "and plan again.";

    // Rows

    internal static string InputsChanged(string row) =>
        $"The row '{Short(row, 60)}' was not run: its base model or its weather was changed after the study was planned; "
            + "drop the study again to run it.";

    internal static string RowCrashed(string row, int deaths) =>
        $"The row '{Short(row, 60)}' was given up: the function died {Count(deaths)} times while it ran it, as happens when its "
            + "memory runs out; the function's owner can raise MemorySize.";

    internal static string HasMoreTimeLater(string url) =>
        $"{Url(url)} did not end in the time that was left; it is to be run again, with more time.";

    private const double MostSeconds = 3.6e9;

    private static string Duration(double seconds) => Math.Clamp(seconds, 0, MostSeconds) switch
    {
        < 100 and var few => string.Create(CultureInfo.InvariantCulture, $"{few:0.0} s"),
        < 7_200 and var some => string.Create(CultureInfo.InvariantCulture, $"{some / 60:0} min"),
        var many => string.Create(CultureInfo.InvariantCulture, $"{many / 3600:#,0} h"),
    };

    private static string Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"{Count(count)} row{(count == 1 ? "" : "s")}");
}
