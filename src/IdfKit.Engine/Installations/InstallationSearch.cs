namespace IdfKit.Engine.Installations;

/// <summary>Where EnergyPlus is looked for. Built from the environment once; tests build their own.</summary>
internal sealed record InstallationSearch
{
    private const string Variable = "ENERGYPLUS_DIR", GivenPath = "the given path";

    /// <summary><c>ENERGYPLUS_DIR</c>: one folder, or several with <see cref="Path.PathSeparator"/> between them.</summary>
    public string? NamedFolder { get; init; }

    /// <summary>The folders of <c>PATH</c>.</summary>
    public IReadOnlyList<string> ProgramFolders { get; init; } = [];

    /// <summary>Folders whose subfolders may be installations, with the pattern of their names.</summary>
    public IReadOnlyList<(string Parent, string Pattern)> UsualFolders { get; init; } = [];

    public static InstallationSearch FromEnvironment()
    {
#pragma warning disable RS0030 // the one discovery of this library that reads the environment
        var named = Environment.GetEnvironmentVariable(Variable);
        var path = Environment.GetEnvironmentVariable("PATH");
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME"); // as eng/energyplus.sh does
#pragma warning restore RS0030
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (!Path.IsPathRooted(caches)) caches = Path.Combine(home, ".cache");
        var cache = Path.Combine(caches, "idfkit", "energyplus");
        (string, string)[] platform = OperatingSystem.IsWindows() ? [(@"C:\", "EnergyPlusV*")]
            : OperatingSystem.IsMacOS() ? [("/Applications", "EnergyPlus-*")]
            : [("/usr/local", "EnergyPlus-*"), ("/opt", "EnergyPlus-*"), ("/opt", "energyplus*")];
        return new()
        {
            NamedFolder = string.IsNullOrWhiteSpace(named) ? null : named,
            ProgramFolders = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            UsualFolders = [.. platform, (cache, "*")],
        };
    }

    public EnergyPlusInstallation Find(string? path, EnergyPlusVersion? version)
    {
        if (path is not null)
        {
            var given = NamedIn(path, GivenPath);
            return given.FirstOrDefault(found => Matches(found, version)) ?? throw WrongVersion(path, given, version);
        }
        var named = NamedFolder is null ? [] : NamedIn(NamedFolder, Variable);
        return named.Concat(Others()).FirstOrDefault(found => Matches(found, version)) ?? throw NotFound(version);
    }

    /// <summary>Newest first, each once. A folder that cannot be used is left out here; <see cref="Find"/> says why.</summary>
    public IReadOnlyList<EnergyPlusInstallation> FindAll()
    {
        var named = NamedFolder is null ? [] : FoldersOf(NamedFolder).SelectMany(Try);
        return [.. named.Concat(Others()).DistinctBy(found => found.Directory).OrderByDescending(found => found.Version)];
    }

    /// <summary>
    /// What models are run with, the default first: what <paramref name="path"/> names, else what <c>ENERGYPLUS_DIR</c>
    /// names, each in the order in which it stands there, and nothing else; else whatever there is, the newest first
    /// but for the one on <c>PATH</c>.
    /// </summary>
    public IReadOnlyList<EnergyPlusInstallation> FindSeveral(string? path)
    {
        if (path is not null) return NamedIn(path, GivenPath);
        if (NamedFolder is not null) return NamedIn(NamedFolder, Variable);
        EnergyPlusInstallation[] found = [.. Others().DistinctBy(found => found.Directory)];
        return found.Length > 0 ? found : throw NotFound(version: null);
    }

    private IEnumerable<EnergyPlusInstallation> Others()
    {
        var onPath = ProgramFolders.Select(folder => Path.Combine(folder, InstallationFiles.Program)).Where(File.Exists).SelectMany(Try);
        var usual = UsualFolders.SelectMany(place => Folders(place.Parent, place.Pattern)).SelectMany(Try);
        return onPath.Concat(usual.OrderByDescending(found => found.Version));
    }

    /// <summary>What a list of folders holds, in its order.</summary>
    private static IReadOnlyList<EnergyPlusInstallation> NamedIn(string list, string source)
    {
        var found = new List<EnergyPlusInstallation>();
        foreach (var folder in FoldersOf(list))
        {
            var here = InstallationReader.ReadAll(folder);
            if (here.Count == 0) throw NothingAt(folder, source);
            found.AddRange(here);
        }
        return found.Count > 0 ? [.. found.DistinctBy(one => one.Directory)] : throw NothingAt(list, source);
    }

    /// <summary>A folder may have the separator in its name: what is there is one folder.</summary>
    private static string[] FoldersOf(string list) =>
        Path.Exists(list) ? [list] : list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static EnergyPlusException NothingAt(string path, string source)
    {
        var program = InstallationFiles.Program;
        return new(
            EnergyPlusErrorKind.NotFound,
            $"There is no EnergyPlus at {path} ({source}): the folder must hold the program {program}. "
                + "Correct the path or install EnergyPlus there.");
    }

    private static EnergyPlusException WrongVersion(string path, IReadOnlyList<EnergyPlusInstallation> given, EnergyPlusVersion? version)
    {
        var held = string.Join(" and ", given.Select(found => found.Version));
        return new(
            EnergyPlusErrorKind.NotFound,
            $"EnergyPlus {version} was asked for, but {path} holds {held}; give the folder of {version} or accept the other version.");
    }

    private EnergyPlusException NotFound(EnergyPlusVersion? version)
    {
        var others = FindAll();
        var found = others.Count == 0 ? "" : $" Found instead: {string.Join("; ", others)}.";
        var places = string.Join(
            ", ", UsualFolders.Select(place => Path.Combine(place.Parent, place.Pattern)).Distinct(StringComparer.Ordinal));
        return new(EnergyPlusErrorKind.NotFound,
            $"No EnergyPlus{(version is null ? "" : $" {version}")} was found: looked at ENERGYPLUS_DIR "
                + $"({NamedFolder ?? "not set"}), for {InstallationFiles.Program} on PATH, "
                + $"and in {places}.{found} Install EnergyPlus or set ENERGYPLUS_DIR to its folder.");
    }

    private static IReadOnlyList<EnergyPlusInstallation> Try(string path)
    {
        try { return InstallationReader.ReadAll(path); }
        // not usable, and not named
        catch (Exception e) when (e is EnergyPlusException or IOException or UnauthorizedAccessException) { return []; }
    }

    private static string[] Folders(string parent, string pattern) =>
        Directory.Exists(parent)
            ? Directory.GetDirectories(parent, pattern,
                new EnumerationOptions { IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive })
            : [];

    private static bool Matches(EnergyPlusInstallation found, EnergyPlusVersion? version) =>
        version is not { } wanted || found.Version.IsSameRelease(wanted);
}
