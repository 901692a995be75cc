using System.Globalization;

namespace IdfKit.Cli;

/// <summary>What the tool says of the studies that it makes and of the variants that it writes.</summary>
internal static partial class CliSentences
{
    // New

    public static string SeedWithoutSample { get; } = "--seed goes with --sample.";

    public static string NotAStudyName { get; } = "The file to write must be called NAME.study.csv.";

    public static string NoModelName(string model) => $"'{Line(model)}' is no model; its name must end in .idf or .epJSON.";

    public static string NoModel(string model) => $"there is no model '{Line(model)}'.";

    public static string NoVary(string text) =>
        $"'{Line(text)}' is no HEADING=VALUES; write --vary 'Material/Insulation/Thickness=0.05,0.1'.";

    public static string EmptyValue(string text) =>
        $"'{Line(text)}' has an empty value, or one that is too long; write values with commas between them.";

    public static string NoStep(string text) =>
        $"'{Line(text)}' never gets from its first number to its last; the step must lead there.";

    public static string LongRange(string text, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"'{Line(text)}' has more than {most:#,0} values; make the step larger.");

    public static string VaryTwice(string heading) => $"--vary gives values for '{Line(heading)}' twice; write them into one.";

    public static string IsThere(string file) => $"'{Line(file)}' is there already and was left as it is; name another with -o.";

    public static string Written(string file, int rows) =>
        $"{Line(file)}: {Counted(rows, "row")}. Run them: idfkit study run {Quoted(file)}";

    // Expand

    public static string IsTheBase(string row, string folder) =>
        $"the row '{Line(row)}' is called like the model, which would be overwritten in '{Line(folder)}'; name another folder with -o.";

    public static string HoldsSomethingElse(string file) =>
        $"'{Line(file)}' holds something else and nothing was written; name another folder, or overwrite it with --force.";

    public static string Expanded(int written, int all, string folder) => written == all
        ? $"{Counted(all, "variant")} written into {Line(folder)}."
        : $"{Number(written)} of {Counted(all, "variant")} written into {Line(folder)}; the others were there already.";
}
