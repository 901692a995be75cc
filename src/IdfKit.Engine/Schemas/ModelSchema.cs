using System.Collections.Concurrent;
using System.Text.Json;

using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Schemas;

/// <summary>
/// The schema of an EnergyPlus, <c>Energy+.schema.epJSON</c>: where in the file each class stands, each read when it is asked for.
/// May be used by many callers at once.
/// </summary>
internal sealed class ModelSchema
{
    private const string FileName = "Energy+.schema.epJSON";

    private readonly string _path;
    private readonly Dictionary<string, (string Name, int Start, int Length)> _places;
    private readonly ConcurrentDictionary<string, ClassSchema> _read = new(StringComparer.OrdinalIgnoreCase);

    private ModelSchema(string path, Dictionary<string, (string Name, int Start, int Length)> places) => (_path, _places) = (path, places);

    /// <summary>The names of all classes.</summary>
    public IEnumerable<string> ClassNames => _places.Values.Select(place => place.Name);

    /// <summary>The schema of an installation; null when it has none, as those before 8.9.</summary>
    /// <exception cref="EnergyPlusException">Broken: the file is no schema.</exception>
    public static ModelSchema? Of(EnergyPlusInstallation installation)
    {
        var path = Path.Combine(installation.Directory, FileName);
        return File.Exists(path) ? Read(path) : null;
    }

    /// <summary>The class of a name, whatever its case; null when there is none.</summary>
    public ClassSchema? Find(string className)
    {
        if (!_places.TryGetValue(className, out var place)) return null;
        return _read.GetOrAdd(className, _ => ReadClass(place.Name, place.Start, place.Length));
    }

    private static ModelSchema Read(string path)
    {
        try
        {
            return new(path, SchemaIndex.Of(File.ReadAllBytes(path)));
        }
        catch (JsonException e)
        {
            throw Broken(path, e);
        }
    }

    private ClassSchema ReadClass(string name, int start, int length)
    {
        var bytes = new byte[length];
        using var file = File.OpenRead(_path);
        file.Position = start;
        file.ReadExactly(bytes);
        try
        {
            return WithNumbers(SchemaReading.ClassOf(name, bytes));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Broken(_path, e);
        }
    }

    private ClassSchema WithNumbers(ClassSchema found)
    {
        var idd = Path.Combine(Path.GetDirectoryName(_path)!, InstallationFiles.Idd);
        if (found.GroupFields.Count == 0 || !File.Exists(idd)) return found;
        var labels = IddLabels.Of(File.ReadAllBytes(idd), found.Name, found.Fields.Count, found.GroupFields.Count);
        return found with { GroupFields = [.. found.GroupFields.Zip(labels, (field, label) => field with { NumberedLabel = label })] };
    }

    private static EnergyPlusException Broken(string path, Exception cause) =>
        new(EnergyPlusErrorKind.Broken, $"'{path}' is not a schema of EnergyPlus's; install it anew.", cause);
}
