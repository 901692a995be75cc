using IdfKit.Engine;

namespace IdfKit.Studies;

/// <summary>What is said of a row: where something is wrong, and what.</summary>
internal static partial class StudySentences
{
    // Where

    /// <summary>What is wrong in a row, and under which heading.</summary>
    public static string InRow(int row, string? heading, string what) =>
        In(heading is null ? $"Row {row}: " : $"Row {row}, column '{OneLine.Of(heading, 90)}': ", what);

    /// <summary>What is wrong with a heading.</summary>
    public static string InColumn(string heading, string what) => In($"Column '{OneLine.Of(heading, 90)}': ", what);

    private static string In(string place, string what) =>
        place + OneLine.Of(what.TrimEnd('.'), Longest - place.Length - 1).TrimEnd('.') + ".";

    // What

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
}
