using System.Globalization;

namespace IdfKit.Studies.Expressions;

/// <summary>What a part of an expression is: a number with its text, or a text.</summary>
/// <param name="Text">As it is written into a model.</param>
/// <param name="Number">Null: it is no number.</param>
internal readonly record struct ExpressionValue(string Text, double? Number)
{
    public static ExpressionValue True { get; } = new("True", null);

    public static ExpressionValue False { get; } = new("False", null);

    /// <summary>Whether it counts as true: a number other than 0, or a text that begins with T.</summary>
    public bool IsTrue => Number is { } number ? number != 0 : Text.StartsWith('T') || Text.StartsWith('t');

    /// <summary>A number with as many digits as it needs.</summary>
    /// <exception cref="ExpressionFault">It is none, such as the root of -1.</exception>
    public static ExpressionValue Of(double number)
    {
        if (!double.IsFinite(number)) throw new ExpressionFault(StudySentences.NoResult);
        return new((number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture), number);
    }

    public static ExpressionValue Of(bool isTrue) => isTrue ? True : False;

    /// <summary>A text as somebody wrote it: a number where it is one, also with Fortran's D.</summary>
    public static ExpressionValue Read(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isNumber = double.TryParse(text.Replace('D', 'E').Replace('d', 'e'), Styles, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number);
        return new(text, isNumber ? number : null);
    }
}

/// <summary>An expression has no value.</summary>
/// <param name="what">Why, as the end of a sentence.</param>
internal sealed class ExpressionFault(string what) : Exception(what);
