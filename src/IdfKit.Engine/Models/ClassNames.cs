using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>One string for each spelling of a class name.</summary>
internal sealed class ClassNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public ClassNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name's string; <paramref name="name"/> must be short ASCII.</summary>
    public string Intern(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[name.Length];
        Encoding.Latin1.GetChars(name, characters);
        if (_lookup.TryGetValue(characters, out var known)) return known;
        var added = new string(characters);
        _names.Add(added, added);
        return added;
    }
}
