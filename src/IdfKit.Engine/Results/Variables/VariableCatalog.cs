using System.Text.RegularExpressions;

using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Variables;

namespace IdfKit.Engine;

/// <summary>
/// What a model could report, as its run lists it in the <c>.rdd</c> (variables) and <c>.mdd</c> (meters). What is found can be handed to
/// the next run: <c>[.. catalog.Search("Zone Mean Air Temperature").Select(entry => entry.ToRequest())]</c>.
/// </summary>
public sealed class VariableCatalog
{
    internal VariableCatalog(IReadOnlyList<CatalogEntry> entries, bool isCut) => (Entries, IsCut) = (entries, isCut);

    /// <summary>All entries in the order of the file; cumulative meters, which are the same meters summed on, are left out.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>Whether the file ends within a line, which is then left out, or is empty.</summary>
    public bool IsCut { get; }

    /// <summary>Reads an <c>.rdd</c> or <c>.mdd</c>, in either of EnergyPlus's forms; the stream is not closed.</summary>
    /// <exception cref="ResultsException">The file is neither.</exception>
    public static VariableCatalog Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return CatalogParser.Parse(ResultBytes.ReadAll(stream, "eplusout.rdd").Span);
    }

    /// <summary>Both lists in one: the variables of one file and the meters of the other.</summary>
    public VariableCatalog With(VariableCatalog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new([.. Entries, .. other.Entries], IsCut || other.IsCut);
    }

    /// <summary>The entry of exactly this name; null when there is none. Case does not matter.</summary>
    public CatalogEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The entries with this text in their name and these units and key; null is any. Case does not matter: no two units of EnergyPlus
    /// differ in it alone.
    /// </summary>
    public IReadOnlyList<CatalogEntry> Search(string? name = null, string? key = null, string? units = null, bool? isMeter = null) =>
    [
        .. Entries.Where(entry => (name is null || entry.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            && (key is null || string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase) || (entry.Key == "*" && !entry.IsMeter))
            && (units is null || string.Equals(entry.Units, units, StringComparison.OrdinalIgnoreCase))
            && (isMeter is null || entry.IsMeter == isMeter)),
    ];

    /// <summary>The entries whose name the expression matches.</summary>
    public IReadOnlyList<CatalogEntry> Search(Regex name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. Entries.Where(entry => name.IsMatch(entry.Name))];
    }
}
