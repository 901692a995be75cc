using System.Globalization;

using IdfKit.Engine;
using IdfKit.Engine.Schemas;

namespace IdfKit.Studies;

/// <summary>
/// The sentences of this library that a modeller reads. Each is one line of at most <see cref="Longest"/> characters; what the file or
/// the model says goes into them through <see cref="OneLine"/>.
/// </summary>
internal static partial class StudySentences
{
    /// <summary>The most characters of a message.</summary>
    public const int Longest = 300;

    private const int MostChoices = 6;

    // The file

    public static string EmptyFile { get; } = "The study's file is empty; its first row must hold the headings of the columns.";

    public static string NoRows { get; } = "The study has headings and no rows; write a row for each variant.";

    public static string NoText { get; } = "The study's file is no text; save it as CSV in UTF-8.";

    public static string Workbook { get; } = "The study's file is an Excel workbook or a zip; save it as CSV (UTF-8) under the same name.";

    public static string FileTooLarge(int megabytes) =>
        $"The study's file has more than {megabytes} MB; divide it into several studies.";

    public static string TooManyRows(int most) => $"The study has more than {most} rows; divide it into several studies.";

    public static string TooManyColumns(int columns, int most) =>
        $"The study has {columns} columns and may have {most}; leave out those that do not change.";

    public static string BrokenQuotes(int row) =>
        $"Row {row} cannot be read: a quote is opened and not closed, or text follows a closing quote; a quote in quotes is written twice.";

    public static string ShortRow(int row, int values, int columns) =>
        $"Row {row} has {Counted(values, "value")} under {Counted(columns, "heading")}; write one for each, and nothing between two "
            + "commas for what stays as in the base.";

    public static string LongRow(int row, string value, int columns) =>
        $"Row {row} has more values than the {Counted(columns, "heading")}: '{OneLine.Of(value, 40)}' stands under none; quote values that "
            + "have commas, or give the column a heading.";

    public static string NoStudyFile(string name) =>
        $"'{OneLine.Of(name, 80)}' is no study; its name must end in .study.csv or .study.json.";

    public static string BrokenJson(long line) =>
        $"The study's file is no JSON: line {line} cannot be read; correct it there.";

    public static string BrokenEscape { get; } =
        "The study's file has a text with an escape (\\u) that is no whole character; write the character itself.";

    public static string JsonIsNoObject { get; } = "The study's file must hold an object of JSON with the member 'parameters'.";

    public static string UnknownMember(string name, string? nearest) =>
        $"The study's member '{OneLine.Of(name, 60)}' is none of parameters, combine, rows, seed, weather{Meant(nearest)}.";

    public static string BadMember(string name) => OneLine.Of(name, 40) switch
    {
        "combine" => "The study's member 'combine' must be \"grid\", \"rows\" or \"sample\".",
        "parameters" => "The study's member 'parameters' must be an object: a list of values for each heading.",
        "rows" => "The study's member 'rows' must be a whole number from 1 on.",
        var other => $"The study's member '{other}' must be a whole number.",
    };

    public static string NoParameters { get; } = "The study has no parameters; give each a list of values under 'parameters'.";

    public static string NoValues(string heading) => $"The parameter '{OneLine.Of(heading, 120)}' has no values; give it at least one.";

    public static string NoValue(string heading) =>
        $"The parameter '{OneLine.Of(heading, 120)}' has a value that is no text, number, true, false or null.";

    public static string UnequalLists(string heading, int values, int most) =>
        $"The parameter '{OneLine.Of(heading, 100)}' has {Counted(values, "value")} and another has {most}; to be combined "
            + "by \"rows\" all need as many, or one.";

    public static string SampleWithoutRows { get; } = "The study is a sample and does not say of how many rows; give it 'rows'.";

    public static string SampleTooLarge(int rows, int all) =>
        $"The study asks for {Counted(rows, "row")} and its parameters have only {Counted(all, "combination")}; ask for "
            + "fewer, or combine them as \"grid\".";

    // Headings

    public static string NoHeading(int column) => $"Column {column} has no heading; give it one, or take it out.";

    public static string UnknownHeading(string heading, string? nearest) =>
        $"The heading '{OneLine.Of(heading, 60)}' is no address (Class/Object/Field), no tag (@@x@@) and none of name, model, weather, "
            + $"annual, design_day, timeout_seconds, label, tags.X{Meant(nearest, 40)}.";

    public static string ColumnTwice(string heading, string first) => heading == first
        ? $"The heading '{OneLine.Of(heading, 120)}' stands twice; take one of the columns out."
        : $"The headings '{OneLine.Of(first, 80)}' and '{OneLine.Of(heading, 80)}' mean the same; take one of the columns out.";

    // Models and weather

    public static string NoBase(string study, string stem, string? nearest) =>
        $"There is no model for '{OneLine.Of(study, 50)}'; put '{OneLine.Of(stem, 40)}.idf' or '{OneLine.Of(stem, 40)}.epJSON' beside it"
            + $"{(nearest is null ? "" : $" (found '{OneLine.Of(nearest, 50)}')")}.";

    public static string SeveralBases(string study, string one, string other) =>
        $"Beside '{OneLine.Of(study, 60)}' lie '{OneLine.Of(one, 60)}' and '{OneLine.Of(other, 60)}'; name the one that is "
            + "meant in a column 'model', or take the other away.";

    public static string NoNamedBase(int row, string name, string? nearest) =>
        $"Row {row}, column 'model': there is no model '{OneLine.Of(name, 80)}'{Meant(nearest)}; put it beside the study.";

    public static string NoWeather(int row, string name) =>
        $"Row {row}, column 'weather': there is no weather file '{OneLine.Of(name, 80)}'; put it beside the study.";

    public static string OtherVersion(string model, string installed) =>
        $"The base model is for EnergyPlus {OneLine.Of(model, 20)} and EnergyPlus {OneLine.Of(installed, 20)} is here; migrate the model "
            + "first, since a study's addresses are those of one version.";

    public static string NoTag(string tag, string model) =>
        $"The tag '{OneLine.Of(tag, 80)}' stands nowhere in '{OneLine.Of(model, 80)}'; write it where its values "
            + "belong, or take the column out.";

    public static string TagWithoutColumn(string tag, string model) =>
        $"'{OneLine.Of(model, 80)}' has the tag '{OneLine.Of(tag, 80)}' and the study no column for it; add one with a value in every row.";

    public static string NoBundles(string bundle) =>
        $"'{OneLine.Of(bundle, 80)}' is a zip, which is not unpacked here; put the model that is in it beside the study, with its files.";

    public static string ParametricBase(string model) =>
        $"'{OneLine.Of(model, 80)}' has objects of the group Parametric, which make it a study by itself; take them out, or "
            + "run it without another file.";

    public static string NoParametric { get; } =
        "The model is no study by itself: it has no Parametric:SetValueForRun; put a file such as 'office.study.csv' beside 'office.idf'.";

    public static string ParametricLogic(int line) =>
        $"The model has a Parametric:Logic (line {line}), which is not carried out here; write its results as values of "
            + "Parametric:SetValueForRun, or put a file such as 'office.study.csv' beside the model.";

    public static string ParametricTwice(string className, int line) =>
        $"The model has a second {OneLine.Of(className, 60)} (line {line}); put both into one.";

    public static string BadParameter(int line) =>
        $"The Parametric:SetValueForRun in line {line} needs a name of a dollar sign, letters and digits, and at least one value.";

    // Rows

    /// <summary>What is wrong in a row, and under which heading.</summary>
    public static string InRow(int row, string? heading, string what) =>
        In(heading is null ? $"Row {row}: " : $"Row {row}, column '{OneLine.Of(heading, 90)}': ", what);

    /// <summary>What is wrong with a heading.</summary>
    public static string InColumn(string heading, string what) => In($"Column '{OneLine.Of(heading, 90)}': ", what);

    private static string In(string place, string what) =>
        place + OneLine.Of(what.TrimEnd('.'), Longest - place.Length - 1).TrimEnd('.') + ".";

    /// <summary>The first sentence, and how many more there are.</summary>
    public static string AndMore(string first, int more)
    {
        var rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $" And {more} more.") : "";
        return OneLine.Of(first.TrimEnd('.'), Longest - rest.Length - 1).TrimEnd('.') + "." + rest;
    }

    [SentencePart]
    public static string Value(string value, string fault) => $"'{OneLine.Of(value, 40)}' {fault}";

    [SentencePart]
    public static string RowTwice(int first) => $"the row has the same values as row {first}; take one out, or give them names";

    [SentencePart]
    public static string RowNameTwice(string name, int first) =>
        $"'{OneLine.Of(name, 60)}' is the name of row {first}, too; names must differ, and not only in capitals";

    [SentencePart]
    public static string NameTooLong(int most) => $"is longer than {most} bytes as UTF-8";

    [SentencePart]
    public static string NameHasSigns => "cannot be the name of a folder; leave out / \\ : * ? \" < > | and control characters";

    [SentencePart]
    public static string NameHasDots => "cannot be the name of a folder; it must not end in a dot";

    [SentencePart]
    public static string EmptyTag => "a tag must have a value in every row";

    [SentencePart]
    public static string NotYesOrNo => "is neither true nor false";

    [SentencePart]
    public static string NoTimeout => "is no time limit; write seconds, from 0.001 to 604800";

    [SentencePart]
    public static string BadText(int most) => $"is longer than {most} characters, or has control characters";

    [SentencePart]
    public static string BothPeriods => "annual and design_day are asked for at once; set one of them";

    // Values

    [SentencePart]
    public static string HasControlCharacters => "has line ends or other control characters, which no value of a model has";

    [SentencePart]
    public static string NotANumber => "is no number";

    [SentencePart]
    public static string NotWhole => "is no whole number";

    [SentencePart]
    public static string OutOfRange(FieldSchema field)
    {
        var least = field.Minimum is { } minimum ? (field.IsMinimumExcluded ? "more than " : "at least ") + Number(minimum) : null;
        var most = field.Maximum is { } maximum ? (field.IsMaximumExcluded ? "less than " : "at most ") + Number(maximum) : null;
        var bounds = string.Join(" and ", new[] { least, most }.OfType<string>());
        return bounds.Length > 0
            ? $"is out of range; it must be {bounds}"
            : $"is none of {string.Join(", ", field.Numbers.Select(Number))}";
    }

    [SentencePart]
    public static string NotAChoice(FieldSchema field, string? nearest)
    {
        var kind = field.TakesNumbers ? "is no number and none of" : "is none of";
        var shown = string.Join(", ", field.Choices.Take(MostChoices));
        return $"{kind} {OneLine.Of(shown, 120)}{(field.Choices.Count > MostChoices ? ", …" : "")}{Meant(nearest)}";
    }

    [SentencePart]
    public static string CannotStandInIdf(string sign) =>
        $"has '{OneLine.Of(sign, 4)}', which ends a value in an IDF file; leave it out, or make the base an epJSON file";

    [SentencePart]
    public static string NotInEncoding(string letter) =>
        $"a value has '{OneLine.Of(letter, 4)}', which the base's encoding (Windows-1252) does not have; save the base as UTF-8";

    [SentencePart]
    public static string InExpression(int line, string expression, string fault) =>
        $"the expression '={OneLine.Of(expression, 60)}' in line {line} {fault}";

    [SentencePart]
    public static string UnreadableExpression => "cannot be read";

    [SentencePart]
    public static string NoResult => "has no number for a result";

    [SentencePart]
    public static string NoParameter(string name) => $"has '{OneLine.Of(name, 40)}', for which there is no Parametric:SetValueForRun";

    [SentencePart]
    public static string NoFunction(string name) => $"has the function {OneLine.Of(name, 40)}, which there is not";

    [SentencePart]
    public static string ModNeedsTwo => "has MOD with one number; it needs two, with ~ between them";

    [SentencePart]
    public static string TextForNumber(string text) => $"has '{OneLine.Of(text, 40)}' where a number must be";

    // Addresses

    [SentencePart]
    public static string NoSchema =>
        "addresses need the file Energy+.schema.epJSON of the EnergyPlus that runs the model, and it has none; use tags (@@x@@)";

    [SentencePart]
    public static string NoClass(string name, string? nearest) => $"EnergyPlus has no class '{OneLine.Of(name, 60)}'{Meant(nearest)}";

    [SentencePart]
    public static string NoField(string className, string field, string? nearest) =>
        $"{OneLine.Of(className, 60)} has no field '{OneLine.Of(field, 60)}'{Meant(nearest)}";

    [SentencePart]
    public static string NoObjectOfClass(string className) => $"the model has no object of the class {OneLine.Of(className, 60)}";

    [SentencePart]
    public static string NoObject(string className, string name, string? nearest) =>
        $"the model has no {OneLine.Of(className, 60)} '{OneLine.Of(name, 60)}'{Meant(nearest)}";

    [SentencePart]
    public static string SeveralObjects(string className, int count, bool haveNames) =>
        $"the model has {count} objects of the class {OneLine.Of(className, 60)}; "
            + (haveNames ? "name one between the slashes, or write * for all" : "write * between the slashes for all");

    [SentencePart]
    public static string NameTwice(string className, string name, int count) =>
        $"the model has {count} objects {OneLine.Of(className, 60)} '{OneLine.Of(name, 60)}'; give them different names";

    [SentencePart]
    public static string ClassWithoutNames(string className) =>
        $"objects of the class {OneLine.Of(className, 60)} have no names; write nothing between the slashes";

    [SentencePart]
    public static string SetTwice(string heading) => $"the column '{OneLine.Of(heading, 90)}' sets this field, too";

    [SentencePart]
    public static string GroupGap(string item, int count) =>
        $"{OneLine.Of(item, 100)} has {Counted(count, "group")} of these fields; only the next one can be added";

    // The record

    /// <param name="rows">How many rows the study has.</param>
    /// <param name="completed">How many of them have completed.</param>
    /// <param name="open">How many run.</param>
    /// <param name="notRun">How many have no run.</param>
    /// <param name="alike">How many of those that failed did so for the most frequent cause.</param>
    /// <param name="cause">What the first of these says; null: none failed.</param>
    public static string Ended(int rows, int completed, int open, int notRun, int alike, string? cause)
    {
        var ended = rows - open - notRun;
        var failed = ended - completed;
        var text = string.Create(CultureInfo.InvariantCulture, $"{ended} of {Counted(rows, "row")} {(ended == 1 ? "has" : "have")} ended");
        if (open > 0) text += string.Create(CultureInfo.InvariantCulture, $", {open} {(open == 1 ? "is" : "are")} running");
        if (notRun > 0) text += string.Create(CultureInfo.InvariantCulture, $", {notRun} {(notRun == 1 ? "has" : "have")} not run");
        if (failed == 0 || cause is null) return text + ".";
        var most = string.Create(CultureInfo.InvariantCulture, $"; {failed} did not complete, {alike} of them so: ");
        return OneLine.Of((text + most + cause).TrimEnd('.'), Longest - 1).TrimEnd('.') + ".";
    }

    public static string EndedAs(string status) => $"The run ended as {OneLine.Of(status, 40)} and says no more.";

    // Shown

    [SentencePart]
    public static string Shown(string name, int rows) => $"{name}: {Counted(rows, "row")}";

    private static string Meant(string? nearest, int longest = 60) =>
        nearest is null ? "" : $"; '{OneLine.Of(nearest, longest)}' may be meant";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
