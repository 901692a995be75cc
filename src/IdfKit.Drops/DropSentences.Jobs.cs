using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>What a modeller reads of a job file.</summary>
internal static partial class DropSentences
{
    // The file

    internal static string BadJobFile(string key, string what) => $"The job file '{Key(key, 40)}' {OneLine.Of(what, 240).TrimEnd('.')}.";

    internal static string JobFileTooLarge(int most) => $"is longer than {Count(most / 1024)} KB; a job file is a few lines of JSON.";

    internal static string JobFileNotUtf8(int line) => $"is not UTF-8 text (line {Count(line)}); save it as UTF-8.";

    internal static string JobFileEmpty() => "is empty; it must hold one JSON object, such as {\"annual\": true}.";

    internal static string JobFileNoObject() => "must hold one JSON object, such as {\"annual\": true}.";

    internal static string NotJson(string reason, long? line) =>
        $"is no valid JSON{(line is { } number ? $" (line {Count(number)})" : "")}: {Foreign(reason, 150)}";

    // Its fields

    internal static string UnknownJobField(string field, int line, string? nearest, IReadOnlyList<string> fields) =>
        $"has the unknown field '{Short(field, 20)}' (line {Count(line)}){DidYouMean(nearest)} "
            + $"The fields are {List(fields, longest: 170)}.";

    internal static string JobFieldTwice(string field, int line) => $"has '{Short(field)}' twice (line {Count(line)}); keep one of them.";

    internal static string JobFieldOfWrongKind(string field, int line, string wanted) =>
        $"has a wrong value in '{Short(field)}' (line {Count(line)}): it must be {Foreign(wanted, 100)}";

    internal static string HalfCharacter(string field, int line) =>
        $"has text in {Short(field)} (line {Count(line)}) that is cut in the middle of a character; write it again.";

    internal static string AnnualAndDesignDay() => "asks for annual and design_day at once; choose one.";

    internal static string BadJobTimeout(string written, int line, double least, double most) =>
        $"has timeout_seconds {Short(written, 30)} (line {Count(line)}); it must be a number from "
            + $"{Number(least)} to {Number(most)}, which is a week.";

    internal static string BadJobWeather(string weather, int line, string why) =>
        $"has the weather '{Short(weather, 60)}' (line {Count(line)}), {Foreign(why, 110)}";

    internal static string UnknownChoice(string field, string written, int line, IReadOnlyList<string> known) =>
        $"has the {Short(field)} '{Short(written, 30)}' (line {Count(line)}); it must be one of {List(known)}.";

    // What is kept and reported

    internal static string UnknownProfile(string written, int line, string? nearest, IReadOnlyList<string> known) =>
        $"has the outputs '{Short(written, 30)}' (line {Count(line)}){DidYouMean(nearest)} "
            + $"It is one of {List(known)}, or a list of patterns such as [\"*.csv\"].";

    /// <summary>What <c>outputs</c> may be, as a part of a sentence.</summary>
    internal static string ProfileOrPatterns(IReadOnlyList<string> known) => $"one of {List(known)}, or a list in [ ].";

    internal static string TooManyInJobField(string field, int most) =>
        $"has more than {Count(most)} entries in '{Short(field)}'; leave some out.";

    internal static string UnknownRequestMember(string field, string member, int line, string? nearest) =>
        $"has the unknown member '{Short(member, 30)}' in '{Short(field)}' (line "
            + $"{Count(line)}){DidYouMean(nearest)} The members are name, key and frequency.";

    internal static string RequestWithoutName(string field, int line) =>
        $"has an entry without a name in '{Short(field)}' (line {Count(line)}).";

    internal static string BadRequestText(string field, int line, int most) =>
        $"has an entry in '{Short(field)}' (line {Count(line)}) that a model cannot hold: "
            + $"a name and a key are 1 to {Count(most)} characters without commas, semicolons, "
            + "exclamation marks and line ends.";

    internal static string BadGlob(string glob, int line, int most) =>
        $"has the pattern '{Short(glob, 30)}' in 'outputs' (line {Count(line)}); a pattern is 1 to "
            + $"{Count(most)} characters such as *.csv or eplusout.[es]*, with no / at its ends.";

    // Its label and tags

    internal static string LongLabel(int length, int most) => $"has a label of {Count(length)} characters; at most {Count(most)} are kept.";

    internal static string LabelWithLineEnd(int line) =>
        $"has a label with a line end or another control character (line {Count(line)}); write it on one line.";

    internal static string TooManyTags(int count, int most) => $"has {Count(count)} tags; an object takes at most {Count(most)}.";

    internal static string LongTags() =>
        "has tags that are too long together for S3; shorten them to 4,000 characters in all, accents counting up to nine each.";

    internal static string BadTagName(string name, int line) =>
        $"has the tag name '{Short(name, 30)}' (line {Count(line)}); it must be 1 to 128 letters, digits, "
            + "spaces and + - = . _ : / @, and not begin with aws:.";

    internal static string BadTagValue(string name, int line) =>
        $"has a value that a tag cannot have in tags.{Short(name, 30)} (line {Count(line)}); "
            + "it must be at most 256 letters, digits, spaces and + - = . _ : / @.";

    // The name of a weather file

    internal static string WeatherNameEmpty() => "which is empty; leave it out or name a file.";

    internal static string WeatherNameWithLineEnd() =>
        "which has a line end or another control character; write the plain name of the file.";

    internal static string WeatherNameTooLong() => "which is longer than any key; name a file beside the model, or s3://bucket/key.";

    internal static string WeatherNameIsArn() => "which is an ARN; write it as s3://bucket/key.";

    internal static string WeatherNameIsOtherUrl() =>
        "which cannot be fetched; put the file beside the model and name it, or give s3://bucket/key.";
}
