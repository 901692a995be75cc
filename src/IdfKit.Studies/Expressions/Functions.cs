namespace IdfKit.Studies.Expressions;

/// <summary>The functions of expressions; angles are radians.</summary>
internal static class Functions
{
    /// <exception cref="ExpressionFault">There is no such function, or it has no value.</exception>
    public static ExpressionValue Call(string name, ExpressionValue argument, ExpressionValue? second)
    {
        name = name.ToUpperInvariant();
        if (name == "MOD")
            return ExpressionValue.Of(Number(argument) % Number(second ?? throw new ExpressionFault(StudySentences.ModNeedsTwo)));
        if (second is not null) throw ExpressionText.Unreadable();
        if (name == "LEN") return ExpressionValue.Of(argument.Text.TrimEnd().Length);
        if (name == "NOT") return ExpressionValue.Of(!argument.IsTrue);
        var function = Of(name) ?? throw new ExpressionFault(StudySentences.NoFunction(name));
        return ExpressionValue.Of(function(Number(argument)));
    }

    /// <exception cref="ExpressionFault">It is a text.</exception>
    public static double Number(ExpressionValue value) =>
        value.Number ?? throw new ExpressionFault(StudySentences.TextForNumber(value.Text));

    private static Func<double, double>? Of(string name) => name switch
    {
        "ABS" => Math.Abs,
        "ACOS" => Math.Acos,
        "ASIN" => Math.Asin,
        "ATAN" => Math.Atan,
        "COS" => Math.Cos,
        "EXP" => Math.Exp,
        "INT" => Math.Truncate,
        "LOG" => Math.Log,
        "SIN" => Math.Sin,
        "SQRT" => Math.Sqrt,
        "TAN" => Math.Tan,
        _ => null,
    };
}
