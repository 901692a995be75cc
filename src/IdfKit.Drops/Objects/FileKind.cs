namespace IdfKit.Drops.Objects;

/// <summary>What a file is by its name alone, wherever it stands.</summary>
internal static class FileKind
{
    private const string Bundle = ".zip", JobFile = ".job.json", AppleDouble = "._";

    /// <summary>What the names of the folders of studies end with.</summary>
    internal const string StudyFolder = ".study";

    private static readonly string[] Studies = [".study.csv", ".study.json"];

    private static readonly string[] Models = [".idf", ".epjson"];

    // What EnergyPlus or EPMacro wrote in IDF, and what mail programs and editors make of a name.
    private static readonly string[] Renamed = [".idf.txt", ".epjson.txt", ".zip.txt", ".expidf", ".epmidf"];

    private static readonly string[] Compressed =
    [
        .. from model in (string[])[".idf", ".epjson", ".osm", ".osw", ".imf"]
           from archive in (string[])[".gz", ".bz2", ".xz", ".zst", ".z"]
           select model + archive,
    ];

    private static readonly string[] Archives =
        [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".7z", ".rar"];

    // Buildings that another program describes: by extension, and what to call them.
    private static readonly (string Extension, string Program)[] Foreign =
    [
        (".gbxml", "a gbXML file"), (".ifc", "an IFC file"), (".inp", "a DOE-2 input file"), (".dsb", "a DesignBuilder file"),
        (".rvt", "a Revit file"), (".skp", "a SketchUp file"), (".hbjson", "a Honeybee model"), (".dfjson", "a Dragonfly model"),
    ];

    // JSON that has a place of its own here.
    private static readonly string[] KnownJson = ["study.json", "run.json", "summary.json", "progress.json"];

    internal static bool IsModel(ObjectKey key) => EndsWithAny(key, Models) && !IsCompanionOfMac(key);

    internal static bool IsIdf(ObjectKey key) => EndsWith(key, Models[0]) && !IsCompanionOfMac(key);

    internal static bool IsBundle(ObjectKey key) => EndsWith(key, Bundle) && !IsCompanionOfMac(key);

    internal static bool IsJobFile(ObjectKey key) => EndsWith(key, JobFile);

    internal static bool IsStudy(ObjectKey key) => EndsWithAny(key, Studies) && !IsCompanionOfMac(key);

    /// <summary>Whether results go into a folder of this name because a study does: <c>office.study</c>.</summary>
    internal static bool IsFolderOfStudy(string name) => name.EndsWith(StudyFolder, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a drop of this name ends in a record: a model, a bundle, or what was clearly meant as one.</summary>
    internal static bool IsAnswered(ObjectKey key) => IsModel(key) || IsBundle(key) || WhyNoModel(key) is not null;

    /// <summary>Why a file that was clearly meant as a model cannot be run, with what to do; null for every other file.</summary>
    internal static string? WhyNoModel(ObjectKey key)
    {
        var name = key.Name;
        if (IsCompanionOfMac(key)) return null;
        if (Models.Append(Bundle).Contains(name, StringComparer.OrdinalIgnoreCase)) return DropSentences.NameIsOnlyExtension(name);
        if (IsModel(key) || IsBundle(key) || IsJobFile(key) || EndsWithAny(key, Studies)) return null;
        if (EndsWith(key, ".osm")) return DropSentences.OpenStudioModel(name);
        if (EndsWith(key, ".osw")) return DropSentences.OpenStudioWorkflow(name);
        if (EndsWith(key, ".imf")) return DropSentences.MacroModel(name);
        if (EndsWith(key, ".json")) return IsKnownJson(name) ? null : DropSentences.OtherJson(name);
        if (EndsWithAny(key, Compressed)) return DropSentences.CompressedModel(name);
        if (EndsWithAny(key, Archives)) return DropSentences.OtherArchive(name);
        if (Foreign.FirstOrDefault(foreign => EndsWith(key, foreign.Extension)).Program is { } program)
            return DropSentences.ForeignModel(name, program);
        return IsMisnamed(key) ? DropSentences.MisnamedModel(name) : null;
    }

    /// <summary>What macOS keeps beside a file (<c>._office.idf</c>) is never meant as a model.</summary>
    internal static bool IsCompanionOfMac(ObjectKey key) => key.Name.StartsWith(AppleDouble, StringComparison.Ordinal);

    private static bool IsKnownJson(string name) => KnownJson.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A model or bundle with another extension behind its own, or with a blank or a dot at the end.</summary>
    private static bool IsMisnamed(ObjectKey key)
    {
        var trimmed = ObjectKey.FromText(key.Value.TrimEnd(' ', '\t', '.', '\u00a0'));
        return EndsWithAny(key, Renamed) || trimmed != key && (IsModel(trimmed) || IsBundle(trimmed));
    }

    private static bool EndsWithAny(ObjectKey key, string[] extensions) => extensions.Any(extension => EndsWith(key, extension));

    // A name that is nothing but an extension is a hidden file.
    private static bool EndsWith(ObjectKey key, string extension) =>
        key.Name.Length > extension.Length && key.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
