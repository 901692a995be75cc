namespace IdfKit.Studies.Expressions;

/// <summary>Takes an expression apart into its signs, names, numbers and texts.</summary>
internal ref struct ExpressionText(ReadOnlySpan<char> text)
{
    // Those of two characters first.
    private static readonly string[] Signs =
    [
        "==", "=>", "=<", ">=", "<=", "<>", "&&", "||", "+", "-", "*", "/", "^", "(", ")", "~", ">", "<",
    ];

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The next part, which is not passed; empty at the end.</summary>
    public readonly ReadOnlySpan<char> Peek()
    {
        var rest = _text[_at..].TrimStart();
        if (rest.IsEmpty) return rest;
        foreach (var sign in Signs)
            if (rest.StartsWith(sign, StringComparison.Ordinal)) return rest[..sign.Length];
        if (rest[0] == '"') return rest[1..].IndexOf('"') is >= 0 and var end ? rest[..(end + 2)] : throw Unreadable();
        if (char.IsAsciiDigit(rest[0]) || rest[0] == '.') return rest[..NumberLength(rest)];
        var length = 1;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
        return rest[0] == '$' || char.IsAsciiLetter(rest[0]) ? rest[..length] : throw Unreadable();
    }

    /// <summary>Passes the next part.</summary>
    public ReadOnlySpan<char> Take()
    {
        var part = Peek();
        _at = _text.Length - _text[_at..].TrimStart().Length + part.Length;
        return part;
    }

    /// <summary>Passes the next part when it is a sign.</summary>
    public bool TryTake(string sign)
    {
        if (!Peek().SequenceEqual(sign)) return false;
        Take();
        return true;
    }

    public static ExpressionFault Unreadable() => new(StudySentences.UnreadableExpression);

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && IsOfNumber(rest, length)) length++;
        return length;
    }

    private static bool IsOfNumber(ReadOnlySpan<char> rest, int at) =>
        char.IsAsciiDigit(rest[at]) || rest[at] is '.' or 'e' or 'E' or 'd' or 'D'
        || (rest[at] is '+' or '-' && at > 0 && rest[at - 1] is 'e' or 'E' or 'd' or 'D');
}
