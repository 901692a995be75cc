using IdfKit.Engine.Models;

namespace IdfKit.Engine;

/// <summary>
/// An EnergyPlus model as text: its objects, and what a run of it needs to know. It keeps the text and where each object stands in it;
/// objects and fields are made when they are asked for, each time anew.
/// </summary>
public sealed class Model
{
    private readonly ObjectTable _table;
    private readonly Chunks<int>? _macros;
    private IReadOnlyList<FileReference>? _referencedFiles;
    private IReadOnlyList<ModelRisk>? _risks;

    private Model(ModelText text, IdfScanner idf)
        : this(text, ModelFormat.Idf, new(text, new IdfFields(text, idf.HasMacros), idf.Classes, idf.Objects))
    {
        _macros = idf.Macros;
        EndsInsideObject = idf.EndsInsideObject;
        HasClosedEnd = idf.HasClosedEnd;
    }

    private Model(ModelText text, EpJsonScanner json)
        : this(text, ModelFormat.EpJson, new(text, new EpJsonFields(text), json.Classes, json.Objects)) =>
        EpJson = json;

    private Model(ModelText text, ModelFormat format, ObjectTable table)
    {
        (Text, Format, _table) = (text, format, table);
        var version = ModelVersion.Of(this);
        (Version, VersionText, VersionFault) = (version.Number, version.Text, version.Fault);
    }

    /// <summary>How the model is written.</summary>
    public ModelFormat Format { get; }

    /// <summary>
    /// The EnergyPlus version that the model says it is for. Null when it says none, and when what it says cannot be read:
    /// then <see cref="VersionText"/> is not null.
    /// </summary>
    public EnergyPlusVersion? Version { get; }

    /// <summary>The version as the model writes it; null when it has no Version object, and empty when that is blank.</summary>
    public string? VersionText { get; }

    /// <summary>All objects in the order of the file.</summary>
    public IReadOnlyList<ModelObject> Objects => _table.All;

    /// <summary>The names of the classes that occur.</summary>
    public IReadOnlyCollection<string> ClassNames => _table.Classes.Names;

    /// <summary>Whether some line ends with CR alone, on which EnergyPlus 25.2 crashes.</summary>
    public bool HasLoneCarriageReturns => Text.HasLoneCarriageReturns;

    /// <summary>Whether the last object lacks its semicolon, which EnergyPlus forgives.</summary>
    public bool EndsInsideObject { get; }

    /// <summary>Whether a plain run simulates a period of the weather file.</summary>
    public bool AsksForRunPeriod => Plan.SimulatesRunPeriods;

    /// <summary>Whether a plain run reads a weather file: for a run period, or for design days that it takes from one.</summary>
    public bool NeedsWeather => Plan.NeedsWeather;

    /// <summary>The programs that must see the model first.</summary>
    public ModelNeeds Needs =>
        (HasAny("HVACTemplate:") || HasAny("GroundHeatTransfer:") ? ModelNeeds.ExpandObjects : 0)
        | (HasAny("GroundHeatTransfer:Slab") ? ModelNeeds.Slab : 0)
        | (HasAny("GroundHeatTransfer:Basement") ? ModelNeeds.Basement : 0)
        | (_macros is { Count: > 0 } ? ModelNeeds.Macro : 0);

    /// <summary>The files that the model asks EnergyPlus to read, in the order of the file.</summary>
    public IReadOnlyList<FileReference> ReferencedFiles => _referencedFiles ??= FileReferences.Of(this);

    /// <summary>What an untrusted model must not have, in the order of the file; the first thousand.</summary>
    public IReadOnlyList<ModelRisk> Risks => _risks ??= ModelRisks.Of(this);

    /// <summary>What a plain run of the model simulates.</summary>
    internal SimulationPlan Plan => field ??= SimulationPlan.Of(this);

    /// <summary>
    /// Whether the text ended with a comma, which has become the semicolon of the last object. EnergyPlus takes that where the object
    /// needs no more values; otherwise the file may be cut off.
    /// </summary>
    internal bool HasClosedEnd { get; }

    /// <summary>
    /// Why the version rule cannot tell what the model is for, in one sentence; null when it can, or when the model says nothing.
    /// </summary>
    internal string? VersionFault { get; }

    internal ModelText Text { get; }

    /// <summary>The lines for EPMacro, each read when it is asked for.</summary>
    internal IEnumerable<MacroLine> Macros => MacroOffsets.Select(offset => MacroLine.Read(Text, offset));

    /// <summary>Those of them that read other files.</summary>
    internal IEnumerable<MacroLine> FileMacros => MacroOffsets.Where(offset => MacroLine.MayReadFiles(Text.Span[offset..]))
        .Select(offset => MacroLine.Read(Text, offset)).Where(macro => macro.ReadsFiles);

    internal EpJsonScanner? EpJson { get; }

    private IEnumerable<int> MacroOffsets
    {
        get
        {
            for (var at = 0; at < (_macros?.Count ?? 0); at++) yield return _macros![at];
        }
    }

    /// <summary>
    /// Reads IDF text or epJSON, whichever it is, written as UTF-8, UTF-16, Windows-1252 or Shift-JIS.
    /// The stream is read to its end and not closed.
    /// </summary>
    /// <exception cref="ModelSyntaxException">
    /// What was read is not a model: empty, only comments, binary, cut off, something else than a model, or epJSON with a member twice.
    /// </exception>
    public static Model Read(Stream stream) => Read(stream, name: null);

    /// <summary>The objects of a class, in the order of the file; case does not matter.</summary>
    public IReadOnlyList<ModelObject> ObjectsOf(string className) => _table.OfClass(_table.Classes.Find(className));

    /// <summary>Whether the model has an object of a class; case does not matter.</summary>
    public bool Has(string className) => ObjectsOf(className).Count > 0;

    /// <summary>The first object of a name, of one class or of any; case does not matter; null when there is none.</summary>
    public ModelObject? Find(string? className, string objectName)
    {
        ArgumentNullException.ThrowIfNull(objectName);
        foreach (var item in className is null ? Objects : ObjectsOf(className))
            if (string.Equals(item.Name, objectName, StringComparison.OrdinalIgnoreCase)) return item;
        return null;
    }

    /// <summary>The line of an object's class name (IDF) or key (epJSON), from 1; null when the model has no such object.</summary>
    public int? LineOf(string className, string objectName) => Find(className, objectName)?.Line;

    /// <summary>Reads a file on local disk, as <see cref="Read(Stream)"/> does.</summary>
    internal static Model ReadFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a model whose sentences call it by its file's name.</summary>
    /// <param name="stream">It, read to its end.</param>
    /// <param name="name">The file's name; null: it has none.</param>
    /// <param name="closesEnd">Whether a comma that ends the text is taken for a semicolon; <see cref="HasClosedEnd"/> says so.</param>
    internal static Model Read(Stream stream, string? name, bool closesEnd = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var text = ModelBytes.Read(stream, name);
        if (ModelKinds.IsJson(text.Span[text.Start..]))
        {
            text.BlankJsonComments();
            var json = new EpJsonScanner(text);
            json.Scan();
            return new Model(text, json);
        }
        var idf = new IdfScanner(text) { ClosesEnd = closesEnd };
        idf.Scan();
        if (idf.Classes.Names[0].StartsWith("OS:", StringComparison.OrdinalIgnoreCase))
            throw new ModelSyntaxException(1, 1, EngineSentences.OpenStudio(text.Who));
        return new Model(text, idf);
    }

    /// <summary>The objects of all classes whose names start so, class by class; case does not matter.</summary>
    internal IEnumerable<ModelObject> ObjectsOfAny(string startOfClassName) => _table.OfClassesThatStartWith(startOfClassName);

    /// <summary>Whether the model has an object of a class whose name starts so; case does not matter.</summary>
    internal bool HasAny(string startOfClassName) => ObjectsOfAny(startOfClassName).Any();
}
