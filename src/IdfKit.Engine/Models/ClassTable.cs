using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>The classes of a model, numbered in the order in which they first occur; case does not matter.</summary>
internal sealed class ClassTable
{
    // EnergyPlus 25.2 knows some 850; a file of nothing but made-up names would otherwise take many times its size in memory.
    private const int Most = 10_000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _names = [];

    public ClassTable() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _names.Count;

    /// <summary>The names as they are first written.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether no class can be added.</summary>
    public bool IsFull => _names.Count == Most;

    /// <summary>The number of a class that occurs; -1 for another.</summary>
    public int Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var number) ? number : -1;

    /// <summary>The number of a class that occurs; -1 for another. <paramref name="name"/> must be short ASCII.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[name.Length];
        Encoding.Latin1.GetChars(name, characters);
        return Find(characters);
    }

    public int Add(string name)
    {
        _numbers.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }
}
