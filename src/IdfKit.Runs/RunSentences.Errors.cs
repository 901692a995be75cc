using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>What EnergyPlus's errors mean.</summary>
internal static partial class RunSentences
{
    // In the model

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

    // Of which object

    public static string AtLine(int line, string what) => $"Line {line}: {Stopped(what)}";

    public static string About(string who, string what) => $"{who}: {Stopped(what)}";

    public static string With(string what, string who) => $"{Stopped(what)[..^1]} ({who}).";

    private static string Value(string text) => OneLine.Of(text, 40);
}
