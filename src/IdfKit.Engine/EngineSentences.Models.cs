namespace IdfKit.Engine;

/// <summary>What is said of a model's file and of its text.</summary>
internal static partial class EngineSentences
{
    private const int LongestPath = 100;

    // What a file is

    internal static string Empty(string who) => $"{who} is empty.";

    internal static string NoObject(string who) => $"{who} holds no object: it has only comments or blanks.";

    internal static string TooLarge(string who) => $"{who} is larger than 2 GB, more than can be read.";

    internal static string TooLargeToConvert(string who, int megabytes) =>
        $"{who} is not written as UTF-8, and has more than the {megabytes} MB that are converted; save it as UTF-8.";

    internal static string Utf32(string who) => $"{who} is written as UTF-32, which EnergyPlus cannot read; save it as UTF-8.";

    internal static string Binary(string who, int line, int column) =>
        $"{who} is a binary file (a zero byte in line {line}, column {column}), not a model; drop the .idf or .epJSON itself.";

    internal static string WebPage(string who, string line) =>
        $"{who} is a web page (it begins with \"{OneLine.Of(line, LongestName)}\"), not a model; download the file itself and drop that.";

    internal static string Xml(string who) =>
        $"{who} is an XML file, not a model; export it as IDF or epJSON from the program that wrote it.";

    internal static string GitPointer(string who) =>
        $"{who} is only a Git LFS pointer to a model; run 'git lfs pull' and drop the model itself.";

    internal static string Gzip(string who) => $"{who} is compressed with gzip; unpack it and drop the model itself.";

    internal static string Zip(string who) =>
        $"{who} is a zip archive; give it the ending .zip if it holds a model with its files, or unpack it and drop the model.";

    internal static string Archive(string who, string kind) => $"{who} is a {kind} archive; unpack it and drop the model itself.";

    internal static string Document(string who, string kind) => $"{who} is {kind}, not a model; drop the .idf or .epJSON itself.";

    internal static string Weather(string who) => $"{who} is a weather file, not a model; give it the ending .epw.";

    internal static string JsonList(string who) => $"{who} is JSON, but no epJSON: it is a list where the classes of a model are expected.";

    internal static string OpenStudio(string who) =>
        $"{who} is an OpenStudio model, which EnergyPlus does not read; export it as IDF from the OpenStudio application "
        + "(File, Export, IDF) and drop that.";

    // What is wrong in the text

    internal static string UnreadableIdf(string who, string what, int line, int column, string text) =>
        $"{who} cannot be read as IDF: {what} (line {line}, column {column}: \"{OneLine.Of(text, LongestName)}\").";

    internal static string UnreadableEpJson(string who, string what, int line, int column, string text) =>
        $"{who} cannot be read as epJSON: {what} (line {line}, column {column}: \"{OneLine.Of(text, LongestName)}\").";

    internal static string IdfCutOff(string who, string className, int line) =>
        $"{who} ends in the middle of an object of class {OneLine.Of(className, LongestName)} (line {line}); "
            + "the file may be cut off, so copy it again.";

    internal static string EpJsonCutOff(string who, int line) =>
        $"{who} ends in the middle of its JSON (line {line}); the file may be cut off, so copy it again.";

    internal static string ClassTwice(string who, string className, int first, int second) =>
        $"{who} has the class {OneLine.Of(className, LongestName)} twice (lines {first} and {second}), of which EnergyPlus reads only one; "
        + "put all of its objects into one.";

    internal static string ObjectTwice(string who, string className, string name, int first, int second) =>
        $"{who} has {Owner(className, name)} twice (lines {first} and {second}), of which EnergyPlus reads only the last; "
        + "rename or remove one.";

    internal static string FieldTwice(string who, string owner, string field, int first, int second) =>
        $"{who} has the field {OneLine.Of(field, LongestName)} twice in {owner} (lines {first} and {second}), "
        + "of which EnergyPlus reads only one; remove the other.";

    // What an untrusted model must not have

    internal static string RunsPython(string owner, int line) => $"{owner} (line {line}) runs Python code.";

    internal static string CouplesPrograms(string owner, int line) => $"{owner} (line {line}) couples EnergyPlus to another program.";

    internal static string IncludesFile(string command, string argument, int line) =>
        $"{OneLine.Of(command, LongestName)} {OneLine.Of(argument, LongestPath)} (line {line}) reads another file into the model.";

    internal static string NamesFile(string owner, int line, bool isAbsolute, string path) =>
        $"{owner} (line {line}) names a file {(isAbsolute ? "by an absolute path" : "outside of the model's own folder")}: "
        + $"{OneLine.Of(path, LongestPath).TrimEnd('.')}.";

    // What the staged copy was made of, as notices

    internal static string WasUtf16(string who) => $"{who} is written as UTF-16, which EnergyPlus cannot read; it was run as UTF-8.";

    internal static string WasWindows1252(string who) =>
        $"{who} is not written as UTF-8, which EnergyPlus wants; it was read as Windows-1252 and run as UTF-8. "
        + "If names look wrong, save it as UTF-8 and drop it again.";

    internal static string WasShiftJis(string who) =>
        $"{who} is not written as UTF-8, which EnergyPlus wants; it was read as Shift-JIS and run as UTF-8. "
        + "If names look wrong, save it as UTF-8 and drop it again.";

    internal static string EndedWithControlZ(string who) =>
        $"{who} ends with the character Ctrl-Z, on which EnergyPlus stops; it was run without it.";

    internal static string EndsWithComma(string who, string className, int line) =>
        $"{who} ends with a comma after its last object ({OneLine.Of(className, LongestName)}, line {line}); "
        + "if more should follow, the file was cut off.";

    internal static string HoldsIdf(string who) => $"{who} holds IDF text, whatever its name says; it was run as .idf.";

    internal static string HoldsEpJson(string who) => $"{who} holds epJSON, whatever its name says; it was run as .epJSON.";
}
