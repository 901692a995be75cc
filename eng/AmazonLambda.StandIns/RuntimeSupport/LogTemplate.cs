using System.Collections;
using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A message with holes, <c>"{count} of {all:N0}"</c> or <c>"{0} of {1}"</c>, and the arguments that fill them.</summary>
internal sealed class LogTemplate
{
    private readonly List<(string Text, string? Name, string? Format)> _parts = [];
    private readonly object?[] _arguments;
    private readonly bool _isPositional;

    public LogTemplate(string template, object?[] arguments)
    {
        _arguments = arguments;
        if (arguments.Length == 0) _parts.Add((template, null, null));
        else Parse(template);
        var holes = _parts.Where(part => part.Name is not null).ToList();
        _isPositional = ArePositions(holes.Select(hole => hole.Name!));
        Properties = [.. holes.Select((hole, order) => (hole.Name!, hole.Format, ArgumentOf(hole.Name!, order)))];
    }

    /// <summary>The holes in order; the argument is null where there is none.</summary>
    public IReadOnlyList<(string Name, string? Format, object? Argument)> Properties { get; }

    /// <summary>The message, filled; a hole without an argument, or with a list, stays as it was written.</summary>
    public override string ToString()
    {
        var filled = new StringBuilder();
        var at = 0;
        foreach (var (text, name, format) in _parts)
        {
            var argument = name is null ? null : Properties[at++].Argument;
            filled.Append(argument is null or IList or IDictionary ? text : Formatted(argument, format));
        }
        return filled.ToString();
    }

    internal static string Formatted(object argument, string? format)
    {
        if (format is null && argument is DateTime or DateTimeOffset) format = "yyyy-MM-ddTHH:mm:ss.fffZ";
        try { return argument is IFormattable known ? known.ToString(format, CultureInfo.InvariantCulture) : argument.ToString() ?? ""; }
        catch (FormatException) { return argument.ToString() ?? ""; }
    }

    private void Parse(string template)
    {
        var from = 0;
        while (from < template.Length)
        {
            var open = template.IndexOf('{', from);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0) break;
            // "{{" is no hole, and is written as it stands.
            if (close == open + 1 || template[open + 1] == '{')
            {
                _parts.Add((template[from..(open + 2)], null, null));
                from = open + 2;
                continue;
            }
            if (open > from) _parts.Add((template[from..open], null, null));
            var hole = template[(open + 1)..close].TrimStart('@').Split(':', 2);
            var format = hole.Length == 2 && hole[1].Trim() is { Length: > 0 } given ? given : null;
            _parts.Add((template[open..(close + 1)], hole[0].Trim(), format));
            from = close + 1;
        }
        _parts.Add((template[from..], null, null));
    }

    /// <summary>All of 0, 1, 2 … and nothing else; else the arguments go to the holes in their order.</summary>
    private static bool ArePositions(IEnumerable<string> names)
    {
        var positions = new HashSet<int>();
        foreach (var name in names)
        {
            if (!int.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out var position)) return false;
            positions.Add(position);
        }
        return positions.Count > 0 && positions.Min() == 0 && positions.Max() == positions.Count - 1;
    }

    private object? ArgumentOf(string name, int order)
    {
        var at = _isPositional ? int.Parse(name, CultureInfo.InvariantCulture) : order;
        return at < _arguments.Length ? _arguments[at] : null;
    }
}
