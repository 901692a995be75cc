namespace IdfKit.Studies.Expressions;

/// <summary>
/// Evaluates what stands behind an equals sign in a field, as EnergyPlus's parametric preprocessor does: numbers, texts in quotes,
/// parameters ($name), + - * / ^, comparisons, &amp;&amp; ||, and functions.
/// </summary>
internal ref struct Expression
{
    private const int Deepest = 100;

    // From the weakest on; those of a row are carried out from left to right.
    private static readonly string[][] Operators =
    [
        ["&&", "||"], [">", "<", "==", ">=", "=>", "<=", "=<", "<>"], ["+", "-"], ["*", "/"], ["^"],
    ];

    private readonly IReadOnlyDictionary<string, string> _parameters;
    private ExpressionText _text;
    private int _depth;

    private Expression(ReadOnlySpan<char> text, IReadOnlyDictionary<string, string> parameters)
    {
        _text = new(text);
        _parameters = parameters;
    }

    /// <summary>The value of an expression, as text.</summary>
    /// <param name="text">The expression without its equals sign.</param>
    /// <param name="parameters">Their values by their names, with the dollar sign, in lower case.</param>
    /// <exception cref="ExpressionFault">It has none.</exception>
    public static string Evaluate(string text, IReadOnlyDictionary<string, string> parameters)
    {
        var expression = new Expression(text, parameters);
        var value = expression.Operation(0);
        return expression._text.Peek().IsEmpty ? value.Text : throw ExpressionText.Unreadable();
    }

    private ExpressionValue Operation(int level)
    {
        if (level == Operators.Length) return Operand();
        var left = Operation(level + 1);
        while (Next(level) is { } sign) left = Apply(sign, left, Operation(level + 1));
        return left;
    }

    private string? Next(int level)
    {
        foreach (var sign in Operators[level])
            if (_text.TryTake(sign)) return sign;
        return null;
    }

    private ExpressionValue Operand()
    {
        if (++_depth > Deepest) throw ExpressionText.Unreadable();
        try
        {
            if (_text.TryTake("-")) return ExpressionValue.Of(-Functions.Number(Operand()));
            if (_text.TryTake("+")) return Operand();
            if (_text.TryTake("(")) return Closed(Operation(0));
            return Named(_text.Take().ToString());
        }
        finally
        {
            _depth--;
        }
    }

    private ExpressionValue Closed(ExpressionValue value) => _text.TryTake(")") ? value : throw ExpressionText.Unreadable();

    private ExpressionValue Named(string part)
    {
        if (part.Length == 0) throw ExpressionText.Unreadable();
        if (part[0] == '"') return new(part[1..^1], null);
        if (part[0] == '$')
            return _parameters.TryGetValue(part.ToLowerInvariant(), out var value)
                ? ExpressionValue.Read(value)
                : throw new ExpressionFault(StudySentences.NoParameter(part));
        if (!char.IsAsciiLetter(part[0]))
            return ExpressionValue.Read(part) is { Number: not null } number ? number : throw ExpressionText.Unreadable();
        if (!_text.TryTake("(")) throw ExpressionText.Unreadable();
        var first = Operation(0);
        var second = _text.TryTake("~") ? Operation(0) : default(ExpressionValue?);
        return Closed(Functions.Call(part, first, second));
    }

    private static ExpressionValue Apply(string sign, ExpressionValue left, ExpressionValue right)
    {
        if (sign is "&&") return ExpressionValue.Of(left.IsTrue && right.IsTrue);
        if (sign is "||") return ExpressionValue.Of(left.IsTrue || right.IsTrue);
        if (Operators[1].Contains(sign)) return ExpressionValue.Of(Compare(sign, left, right));
        var (one, other) = (Functions.Number(left), Functions.Number(right));
        return ExpressionValue.Of(sign switch
        {
            "+" => one + other,
            "-" => one - other,
            "*" => one * other,
            "/" => one / other,
            _ => Math.Pow(one, other),
        });
    }

    private static bool Compare(string sign, ExpressionValue left, ExpressionValue right)
    {
        var order = left.Number is { } one && right.Number is { } other
            ? one.CompareTo(other)
            : string.CompareOrdinal(left.Text, right.Text);
        return sign switch
        {
            ">" => order > 0,
            "<" => order < 0,
            "==" => order == 0,
            "<>" => order != 0,
            ">=" or "=>" => order >= 0,
            _ => order <= 0,
        };
    }
}
