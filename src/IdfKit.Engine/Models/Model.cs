using IdfKit.Engine.Models;

namespace IdfKit.Engine;

/// <summary>
/// An EnergyPlus model as text: its objects, and what a run of it needs to know. It keeps the file's bytes; fields become text when asked for.
/// </summary>
public sealed class Model
{
    private readonly Dictionary<string, List<ModelObject>> _byClass = new(StringComparer.OrdinalIgnoreCase);
    private readonly ModelObject[] _objects;
    private IReadOnlyList<FileReference>? _referencedFiles;
    private IReadOnlyList<ModelRisk>? _risks;

    private Model(ModelText text, ModelFormat format, ModelObject[] objects)
    {
        (Text, Format, _objects) = (text, format, objects);
        foreach (var item in objects)
        {
            if (!_byClass.TryGetValue(item.ClassName, out var same)) _byClass.Add(item.ClassName, same = []);
            same.Add(item);
        }
        if (ObjectsOf("Version") is [var version, ..] && version.Fields is [var number, ..] && EnergyPlusVersion.TryParse(number, out var parsed))
            Version = parsed;
    }

    /// <summary>How the model is written.</summary>
    public ModelFormat Format { get; }

    /// <summary>The EnergyPlus version that the model says it is for; null when it says none.</summary>
    public EnergyPlusVersion? Version { get; }

    /// <summary>All objects in the order of the file.</summary>
    public IReadOnlyList<ModelObject> Objects => _objects;

    /// <summary>The names of the classes that occur.</summary>
    public IReadOnlyCollection<string> ClassNames => _byClass.Keys;

    /// <summary>Whether some line ends with CR alone, on which EnergyPlus 25.2 crashes.</summary>
    public bool HasLoneCarriageReturns => Text.HasLoneCarriageReturns;

    /// <summary>Whether the last object lacks its semicolon, which EnergyPlus forgives.</summary>
    public bool EndsInsideObject { get; private init; }

    /// <summary>Whether a plain run simulates a period of the weather file.</summary>
    public bool AsksForRunPeriod => Has("RunPeriod") && !ObjectsOf("SimulationControl").Any(control =>
        string.Equals(control.Field(4, "run_simulation_for_weather_file_run_periods"), "No", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a run reads a weather file: for a run period, or for sizing from weather data.</summary>
    public bool NeedsWeather => AsksForRunPeriod || Has("SizingPeriod:WeatherFileDays") || Has("SizingPeriod:WeatherFileConditionType");

    /// <summary>The programs that must see the model first.</summary>
    public ModelNeeds Needs =>
        (HasAny("HVACTemplate:") || HasAny("GroundHeatTransfer:") ? ModelNeeds.ExpandObjects : 0)
        | (HasAny("GroundHeatTransfer:Slab") ? ModelNeeds.Slab : 0)
        | (HasAny("GroundHeatTransfer:Basement") ? ModelNeeds.Basement : 0)
        | (Macros.Count > 0 ? ModelNeeds.Macro : 0);

    /// <summary>The files that the model asks EnergyPlus to read, in the order of the file.</summary>
    public IReadOnlyList<FileReference> ReferencedFiles => _referencedFiles ??= FileReferences.Of(this);

    /// <summary>What an untrusted model must not have.</summary>
    public IReadOnlyList<ModelRisk> Risks => _risks ??= ModelRisks.Of(this);

    internal ModelText Text { get; }

    internal IReadOnlyList<MacroLine> Macros { get; private init; } = [];

    internal EpJsonScanner? EpJson { get; private init; }

    /// <summary>Reads IDF text or epJSON, whichever it is. The stream is read to its end and not closed.</summary>
    /// <exception cref="ModelSyntaxException">What was read is not a model: empty, only comments, binary, or cut off.</exception>
    public static Model Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var text = ModelBytes.Read(stream);
        if (text.Span[text.Start..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            var json = new EpJsonScanner(text);
            return new Model(text, ModelFormat.EpJson, json.Scan()) { EpJson = json };
        }
        var idf = new IdfScanner(text, new ClassNames());
        return new Model(text, ModelFormat.Idf, idf.Scan())
        {
            EndsInsideObject = idf.EndsInsideObject,
            Macros = [.. idf.Macros.Select(offset => MacroLine.Read(text, offset))],
        };
    }

    /// <summary>The objects of a class, in the order of the file; case does not matter.</summary>
    public IReadOnlyList<ModelObject> ObjectsOf(string className) => _byClass.TryGetValue(className, out var found) ? found : [];

    /// <summary>Whether the model has an object of a class; case does not matter.</summary>
    public bool Has(string className) => _byClass.ContainsKey(className);

    /// <summary>Whether the model has an object of a class whose name starts so; case does not matter.</summary>
    internal bool HasAny(string startOfClassName) =>
        _byClass.Keys.Any(name => name.StartsWith(startOfClassName, StringComparison.OrdinalIgnoreCase));
}
