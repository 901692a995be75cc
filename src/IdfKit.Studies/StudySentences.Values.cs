using IdfKit.Engine;
using IdfKit.Engine.Schemas;

namespace IdfKit.Studies;

/// <summary>What is said of a value and of the place in the model that it is for: the rest of a sentence of a row.</summary>
internal static partial class StudySentences
{
    private const int MostChoices = 6;

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

    // Expressions

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
}
