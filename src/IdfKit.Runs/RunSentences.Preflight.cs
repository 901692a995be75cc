using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Why a model is not started.</summary>
internal static partial class RunSentences
{
    public static string Utf16Model(string name) =>
        $"'{OneLine.Of(name, 80)}' is written as UTF-16, which EnergyPlus cannot read; save it as UTF-8 and drop it again.";

    public static string IsStudy(string className, int line) =>
        $"The model has {OneLine.Of(className, 60)} (line {line}), which makes it a study by itself: of a model NAME.idf that was dropped "
            + "its rows are in NAME.study beside this folder; elsewhere run it with 'idfkit study run'.";

    public static string UnsafeObjects(string first, int more) =>
        "The model could run code or reach other files: "
            + $"{OneLine.Of(first, 120).TrimEnd('.')}{(more > 0 ? $" (and {more} more, listed under risks)" : "")}; "
            + "take it out, or ask the owner of the function to allow it (IDFKIT_ALLOW_UNSAFE_OBJECTS).";

    public static string TooManyFiles(int most) =>
        $"The model names more than {Number(most)} different files, which is the most that are fetched; put several columns into one file.";

    public static string TooManyReferences(int most) =>
        $"The model has more than {Number(most)} objects that read files, which is the most that are taken; "
            + "leave out what it does not need.";

    public static string PathTooLong(string path, int most) =>
        $"The model names a file by more than {Number(most)} characters ({OneLine.Of(path, 60)}), which no file can have; "
            + "put the file beside the model and write its name.";
}
