namespace IdfKit.Engine.Installations;

/// <summary>Where EnergyPlus is looked for. Built from the environment once; tests build their own.</summary>
internal sealed record InstallationSearch
{
    /// <summary><c>ENERGYPLUS_DIR</c>: what the user says.</summary>
    public string? NamedFolder { get; init; }

    /// <summary>The folders of <c>PATH</c>.</summary>
    public IReadOnlyList<string> ProgramFolders { get; init; } = [];

    /// <summary>Folders whose subfolders may be installations, with the pattern of their names.</summary>
    public IReadOnlyList<(string Parent, string Pattern)> UsualFolders { get; init; } = [];

    public static InstallationSearch FromEnvironment()
    {
#pragma warning disable RS0030 // the one discovery of this library that reads the environment
        var named = Environment.GetEnvironmentVariable("ENERGYPLUS_DIR");
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
        if (path is not null) return Named(path, "the given path", version) ?? throw WrongVersion(path, version);
        var all = NamedFolder is { } named && Named(named, "ENERGYPLUS_DIR", version: null) is { } first ? [first, .. Others()] : Others();
        return all.FirstOrDefault(found => Matches(found, version)) ?? throw NotFound(version);
    }

    /// <summary>Newest first, each once. A folder that cannot be used is left out here; <see cref="Find"/> says why.</summary>
    public IReadOnlyList<EnergyPlusInstallation> FindAll()
    {
        var named = NamedFolder is { } folder ? Try(folder) : null;
        return [.. (named is null ? Others() : [named, .. Others()]).DistinctBy(found => found.Directory).OrderByDescending(found => found.Version)];
    }

    private IEnumerable<EnergyPlusInstallation> Others()
    {
        var onPath = ProgramFolders.Select(folder => Path.Combine(folder, InstallationFiles.Program)).Where(File.Exists).Select(Try);
        var usual = UsualFolders.SelectMany(place => Folders(place.Parent, place.Pattern)).Select(Try);
        return onPath.OfType<EnergyPlusInstallation>().Concat(usual.OfType<EnergyPlusInstallation>().OrderByDescending(found => found.Version));
    }

    private static EnergyPlusInstallation? Named(string path, string source, EnergyPlusVersion? version)
    {
        var found = InstallationReader.Read(path)
            ?? throw new EnergyPlusException(EnergyPlusErrorKind.NotFound, $"There is no EnergyPlus at {path} ({source}): the folder must hold the program {InstallationFiles.Program}. Correct the path or install EnergyPlus there.");
        return Matches(found, version) ? found : null;
    }

    private static EnergyPlusException WrongVersion(string path, EnergyPlusVersion? version) =>
        new(EnergyPlusErrorKind.NotFound, $"EnergyPlus {version} was asked for, but {path} holds {InstallationReader.Read(path)?.Version}; give the folder of {version} or accept the other version.");

    private EnergyPlusException NotFound(EnergyPlusVersion? version)
    {
        var others = FindAll();
        var found = others.Count == 0 ? "" : $" Found instead: {string.Join("; ", others)}.";
        var places = string.Join(", ", UsualFolders.Select(place => Path.Combine(place.Parent, place.Pattern)).Distinct(StringComparer.Ordinal));
        return new(EnergyPlusErrorKind.NotFound, $"No EnergyPlus{(version is null ? "" : $" {version}")} was found: looked at ENERGYPLUS_DIR ({NamedFolder ?? "not set"}), for {InstallationFiles.Program} on PATH, and in {places}.{found} Install EnergyPlus or set ENERGYPLUS_DIR to its folder.");
    }

    private static EnergyPlusInstallation? Try(string path)
    {
        try { return InstallationReader.Read(path); }
        catch (Exception e) when (e is EnergyPlusException or IOException or UnauthorizedAccessException) { return null; } // not usable, and nobody named it
    }

    private static string[] Folders(string parent, string pattern) =>
        Directory.Exists(parent) ? Directory.GetDirectories(parent, pattern, new EnumerationOptions { IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive }) : [];

    private static bool Matches(EnergyPlusInstallation found, EnergyPlusVersion? version) =>
        version is not { } wanted || (found.Version.Major, found.Version.Minor) == (wanted.Major, wanted.Minor);
}
