namespace IdfKit.Engine.Results;

/// <summary>
/// What messages of one kind begin with: text in which <c>*</c> stands for anything, and <c>{Zone}</c> for the name of such an object. What
/// follows does not matter, nor does case. Text of any kind is compared in one walk.
/// </summary>
internal sealed class MessageTemplate
{
    private const int LongestName = 200;

    private readonly string _start;
    private readonly List<(string? ClassName, string Then)> _gaps = [];

    public MessageTemplate(string template)
    {
        var at = EndOfText(template, 0);
        _start = template[..at];
        while (at < template.Length)
        {
            var end = template[at] is '*' ? at + 1 : template.IndexOf('}', at) + 1;
            var className = template[at] is '*' ? null : template[(at + 1)..(end - 1)];
            at = EndOfText(template, end);
            _gaps.Add((className, template[end..at]));
        }
    }

    /// <summary>Whether a message, its lines apart, begins so.</summary>
    /// <param name="message">The message.</param>
    /// <param name="subject">The object that stands in the first such place; null when the template has none.</param>
    public bool Matches(string message, out (string ClassName, string Name)? subject)
    {
        subject = null;
        if (!message.StartsWith(_start, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = message.AsSpan(_start.Length);
        foreach (var (className, then) in _gaps)
        {
            var length = LengthOf(rest, className, then);
            if (length < 0) return false;
            if (className is not null) subject ??= (className, rest[..length].Trim().ToString());
            rest = rest[(length + then.Length)..];
        }
        return true;
    }

    /// <summary>How much stands in a gap; -1 when what must follow does not. A name stands on one line.</summary>
    private static int LengthOf(ReadOnlySpan<char> rest, string? className, string then)
    {
        if (className is null) return rest.IndexOf(then, StringComparison.OrdinalIgnoreCase);
        var room = rest[..Math.Min(rest.Length, LongestName + then.Length)];
        var length = then.Length > 0 ? room.IndexOf(then, StringComparison.OrdinalIgnoreCase) : LengthOfLine(room);
        return length > 0 && room[..length].Contains('\n') ? -1 : length;
    }

    private static int LengthOfLine(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? end : text.Length;

    private static int EndOfText(string template, int at)
    {
        var length = template.AsSpan(at).IndexOfAny('*', '{');
        return length < 0 ? template.Length : at + length;
    }
}
