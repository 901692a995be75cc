using IdfKit.Engine;

namespace IdfKit.Studies;

/// <summary>What is said of a study's file and of the headings of its columns.</summary>
internal static partial class StudySentences
{
    // The file

    public static string NoStudyFile(string name) =>
        $"'{OneLine.Of(name, 80)}' is no study; its name must end in .study.csv or .study.json.";

    public static string FileTooLarge(int megabytes) =>
        $"The study's file has more than {megabytes} MB; divide it into several studies.";

    public static string EmptyFile { get; } = "The study's file is empty; its first row must hold the headings of the columns.";

    public static string NoText { get; } = "The study's file is no text; save it as CSV in UTF-8.";

    public static string Workbook { get; } = "The study's file is an Excel workbook or a zip; save it as CSV (UTF-8) under the same name.";

    // Rows and columns of text

    public static string NoRows { get; } = "The study has headings and no rows; write a row for each variant.";

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

    // JSON

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
}
