using IdfKit.Engine.Installations;

namespace IdfKit.Engine;

/// <summary>One EnergyPlus on this machine.</summary>
public sealed class EnergyPlusInstallation
{
    internal EnergyPlusInstallation(string directory, EnergyPlusVersion version, string? build, bool isReplay)
    {
        (Directory, Version, Build, IsReplay) = (directory, version, build, isReplay);
        ExecutablePath = Path.Combine(directory, InstallationFiles.Program);
        ApiLibraryPath = Existing(InstallationFiles.ApiLibrary);
        ExpandObjectsPath = Existing(InstallationFiles.ExpandObjects);
        ReadVarsPath = Existing(InstallationFiles.ReadVars);
        SlabPath = Existing(InstallationFiles.Slab);
        BasementPath = Existing(InstallationFiles.Basement);
        EPMacroPath = Existing(InstallationFiles.EPMacro);
    }

    /// <summary>Its folder, absolute, symbolic links followed.</summary>
    public string Directory { get; }

    /// <summary>Its version, as Energy+.idd says in its first line; read without running anything.</summary>
    public EnergyPlusVersion Version { get; }

    /// <summary>The commit it was built from ("cf7368216c"); null when the installation does not tell.</summary>
    public string? Build { get; }

    /// <summary>
    /// Whether this is no EnergyPlus but a stand-in that plays recorded runs back (its folder has <c>idfkit-replay.json</c>).
    /// </summary>
    public bool IsReplay { get; }

    /// <summary>The program.</summary>
    public string ExecutablePath { get; }

    /// <summary>The library with EnergyPlus's programming interface, which the engine host loads; null when it is not installed.</summary>
    public string? ApiLibraryPath { get; }

    /// <summary>The program that expands HVACTemplate objects; null when it is not installed.</summary>
    public string? ExpandObjectsPath { get; }

    /// <summary>The program that turns <c>.eso</c> into <c>.csv</c>; null when it is not installed.</summary>
    public string? ReadVarsPath { get; }

    /// <summary>The ground preprocessor for slabs; null when it is not installed.</summary>
    public string? SlabPath { get; }

    /// <summary>The ground preprocessor for basements; null when it is not installed.</summary>
    public string? BasementPath { get; }

    /// <summary>The program that carries out the <c>##</c> lines of a model; null when it is not installed.</summary>
    public string? EPMacroPath { get; }

    /// <summary>
    /// The EnergyPlus to use: at <paramref name="path"/>, else at <c>ENERGYPLUS_DIR</c>, else the program on <c>PATH</c>, else the
    /// newest in the platform's usual folders and in <c>~/.cache/idfkit/energyplus</c> (with <c>XDG_CACHE_HOME</c>, there).
    /// </summary>
    /// <remarks>
    /// A path names one folder, or several with <c>:</c> between them (<c>;</c> on Windows), and a folder may also hold installations as
    /// subfolders, of which the newest comes first.
    /// </remarks>
    /// <param name="path">Its folder, or the program in it. When given, nothing else is looked at.</param>
    /// <param name="version">Only this version (the third number does not matter); null: any.</param>
    /// <exception cref="EnergyPlusException">
    /// NotFound: the message says where it was looked for. A folder that was named, here or in <c>ENERGYPLUS_DIR</c>, and holds
    /// none is always an error. Broken: a program without a version.
    /// </exception>
    public static EnergyPlusInstallation Find(string? path = null, EnergyPlusVersion? version = null) =>
        InstallationSearch.FromEnvironment().Find(path, version);

    /// <summary>Every EnergyPlus in the places of <see cref="Find"/>, newest first; empty when there is none.</summary>
    public static IReadOnlyList<EnergyPlusInstallation> FindAll() => InstallationSearch.FromEnvironment().FindAll();

    /// <summary>
    /// What to choose among for each model, the default first: what <paramref name="path"/> names, else what
    /// <c>ENERGYPLUS_DIR</c> names, and then nothing else; else every EnergyPlus of <see cref="FindAll"/>, with the
    /// program on <c>PATH</c> before the others.
    /// </summary>
    /// <param name="path">One folder or several, as for <see cref="Find"/>.</param>
    /// <exception cref="EnergyPlusException">NotFound: there is none, or a folder that is named holds none. Broken: a
    /// program without a version.</exception>
    public static IReadOnlyList<EnergyPlusInstallation> FindSeveral(string? path = null) =>
        InstallationSearch.FromEnvironment().FindSeveral(path);

    /// <summary>"EnergyPlus 25.2.0 in /usr/local/EnergyPlus-25-2-0".</summary>
    public override string ToString() => $"EnergyPlus {Version} in {Directory}";

    private string? Existing(string relative) => Path.Combine(Directory, relative) is var path && File.Exists(path) ? path : null;
}
